package org.rserpool.hunt;

import java.net.InetSocketAddress;

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
		return Addresses.toString(this.address) + " (" + this.detail + ")";
	}

}
