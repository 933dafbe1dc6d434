package org.rserpool.transport;

import java.net.InetSocketAddress;

import org.rserpool.runtime.SocketAddresses;

/**
 * Why none of a peer's addresses could be connected to, in words.
 */
final class ConnectFailures {

	private final StringBuilder text = new StringBuilder("cannot connect");

	private boolean several;

	void add(InetSocketAddress address, Throwable cause) {
		this.text.append(this.several ? ", nor to " : " to ")
			.append(SocketAddresses.text(address))
			.append(" (")
			.append(Causes.text(cause))
			.append(')');
		this.several = true;
	}

	@Override
	public String toString() {
		return this.text.toString();
	}

}
