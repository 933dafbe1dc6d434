package org.rserpool.registrar.app;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Reads {@code HOST:PORT} as it stands in the configuration, and writes it.
 */
final class AddressProperties {

	private AddressProperties() {
	}

	static List<InetSocketAddress> parse(String property, List<String> values) {
		return values.stream().map((value) -> parse(property, value)).toList();
	}

	/**
	 * Reads addresses to listen at: at least one, and one port for all of them.
	 */
	static List<InetSocketAddress> parseListening(String property, List<String> values) {
		List<InetSocketAddress> addresses = parse(property, values);
		if (addresses.stream().mapToInt(InetSocketAddress::getPort).distinct().count() != 1) {
			throw invalid(property, String.join(",", values), "there is not one port for all addresses");
		}
		return addresses;
	}

	/**
	 * Reads addresses of peers. Names are not resolved here, but again and again later.
	 */
	static List<InetSocketAddress> parsePeers(String property, List<String> values) {
		return values.stream().map((value) -> parsePeer(property, value)).toList();
	}

	private static InetSocketAddress parsePeer(String property, String value) {
		InetSocketAddress peer = parseName(property, value);
		if (peer.getPort() == 0 && !value.startsWith("_")) {
			throw invalid(property, value, "0 is not a port from 1 to 65535");
		}
		return peer;
	}

	private static InetSocketAddress parseName(String property, String value) {
		if (value.matches("_[^:\\s]+\\._[^:\\s]+")) {
			return InetSocketAddress.createUnresolved(value, 0);
		}
		int colon = value.lastIndexOf(':');
		if (colon > 0 && value.substring(0, colon).matches("[^:\\s\\[\\]]*[^:\\s\\[\\]0-9.][^:\\s\\[\\]]*")) {
			return InetSocketAddress.createUnresolved(value.substring(0, colon), port(property, value, colon));
		}
		return parse(property, value);
	}

	static InetSocketAddress parse(String property, String value) {
		int colon = value.lastIndexOf(':');
		String host = (colon > 0) ? value.substring(0, colon) : "";
		if (host.isEmpty() || (host.contains(":") && !(host.startsWith("[") && host.endsWith("]")))) {
			throw invalid(property, value, "it has no HOST:PORT form");
		}
		try {
			return new InetSocketAddress(InetAddress.getByName(host), port(property, value, colon));
		}
		catch (UnknownHostException ex) {
			throw invalid(property, value, "the host \"" + host + "\" is unknown");
		}
	}

	private static int port(String property, String value, int colon) {
		String digits = value.substring(colon + 1);
		if (digits.matches("\\d{1,5}") && Integer.parseInt(digits) <= 0xffff) {
			return Integer.parseInt(digits);
		}
		throw invalid(property, value, "\"" + digits + "\" is not a port from 0 to 65535");
	}

	private static InvalidPropertyException invalid(String property, String value, String reason) {
		return new InvalidPropertyException(property, value, reason,
				"Give HOST:PORT, such as 192.0.2.1:3863 or [2001:db8::1]:3863; several are separated by commas.");
	}

}
