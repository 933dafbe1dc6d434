package org.rserpool.hunt;

import java.net.InetSocketAddress;

/**
 * Formats addresses without asking a name service.
 */
final class Addresses {

	private Addresses() {
	}

	static String toString(InetSocketAddress address) {
		String host = address.getHostString();
		if (address.getPort() == 0) {
			return host;
		}
		return ((host.indexOf(':') >= 0) ? "[" + host + "]" : host) + ":" + address.getPort();
	}

}
