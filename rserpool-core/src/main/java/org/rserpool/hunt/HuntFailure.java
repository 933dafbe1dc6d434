package org.rserpool.hunt;

import java.net.InetSocketAddress;

import org.rserpool.runtime.SocketAddresses;

/**
 * Why a registrar could not be made home.
 *
 * @param address the address that was tried
 * @param detail what went wrong, in words
 * @since 0.1
 */
public record HuntFailure(InetSocketAddress address, String detail) {

	@Override
	public String toString() {
		return SocketAddresses.text(this.address) + " (" + this.detail + ")";
	}

}
