package org.rserpool.transport;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes addresses as people do.
 */
final class Addresses {

	private Addresses() {
	}

	static String text(InetSocketAddress address) {
		if (address.getAddress() instanceof Inet6Address) {
			return "[" + address.getAddress().getHostAddress() + "]:" + address.getPort();
		}
		return address.getHostString() + ":" + address.getPort();
	}

	static String text(List<InetSocketAddress> addresses) {
		return addresses.stream().map(Addresses::text).collect(Collectors.joining(", "));
	}

}
