package org.rserpool.runtime;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.stream.Collectors;

/**
 * Writes socket addresses as people do, without asking a name service.
 *
 * @since 0.1
 */
public final class SocketAddresses {

	private static final int IPV6_GROUPS = 8;

	private SocketAddresses() {
	}

	/**
	 * Return an address as text: {@code registrar1:3863}, {@code 192.0.2.1:3863} or
	 * {@code [2001:db8::1]:3863}. An address that has no port and is not resolved is the
	 * name of a service in the DNS, and stands alone.
	 * @param address the address
	 * @return the text
	 */
	public static String text(InetSocketAddress address) {
		String host = address.getHostString();
		if (address.isUnresolved()) {
			return (address.getPort() != 0) ? withPort(host, address.getPort()) : host;
		}
		return (host.indexOf(':') >= 0) ? text(address.getAddress(), address.getPort())
				: withPort(host, address.getPort());
	}

	/**
	 * Return an address as text, whatever name it has.
	 * @param address the address
	 * @param port the port
	 * @return the text, such as {@code 192.0.2.1:3863} or {@code [2001:db8::1]:3863}
	 */
	public static String text(InetAddress address, int port) {
		return withPort((address instanceof Inet6Address ipv6) ? host(ipv6) : address.getHostAddress(), port);
	}

	/**
	 * Return addresses as text.
	 * @param addresses the addresses
	 * @return the text of each, with commas between them
	 */
	public static String text(Collection<InetSocketAddress> addresses) {
		return addresses.stream().map(SocketAddresses::text).collect(Collectors.joining(", "));
	}

	private static String withPort(String host, int port) {
		return ((host.indexOf(':') >= 0) ? "[" + host + "]" : host) + ":" + port;
	}

	/**
	 * Return the shortest form of an address, without its longest row of zeros (RFC
	 * 5952).
	 */
	private static String host(Inet6Address address) {
		String full = address.getHostAddress();
		int zone = full.indexOf('%');
		ByteBuffer octets = ByteBuffer.wrap(address.getAddress());
		int[] groups = new int[IPV6_GROUPS];
		for (int i = 0; i < IPV6_GROUPS; i++) {
			groups[i] = Short.toUnsignedInt(octets.getShort());
		}
		int start = 0;
		int length = 0;
		for (int i = 0; i < IPV6_GROUPS; i++) {
			int zeros = zeros(groups, i);
			if (zeros > length) {
				start = i;
				length = zeros;
			}
		}
		String text = (length > 1) ? hex(groups, 0, start) + "::" + hex(groups, start + length, IPV6_GROUPS)
				: hex(groups, 0, IPV6_GROUPS);
		return (zone >= 0) ? text + full.substring(zone) : text;
	}

	private static int zeros(int[] groups, int from) {
		int end = from;
		while (end < IPV6_GROUPS && groups[end] == 0) {
			end++;
		}
		return end - from;
	}

	private static String hex(int[] groups, int from, int to) {
		StringBuilder text = new StringBuilder();
		for (int i = from; i < to; i++) {
			text.append((i > from) ? ":" : "").append(Integer.toHexString(groups[i]));
		}
		return text.toString();
	}

}
