package org.rserpool.registrar;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import org.rserpool.runtime.TransportProtocol;

/**
 * Checks the values of settings.
 */
final class Check {

	private Check() {
	}

	static void protocols(List<TransportProtocol> protocols) {
		if (protocols.isEmpty() || protocols.size() != Set.copyOf(protocols).size()) {
			throw new IllegalArgumentException("protocols is " + protocols + ": expected one or more, each once");
		}
	}

	static void positive(String name, Duration value) {
		if (value.isZero() || value.isNegative() || value.compareTo(Duration.ofDays(1)) > 0) {
			throw new IllegalArgumentException(name + " is " + value + ": expected more than 0, and at most a day");
		}
	}

	static void notNegative(String name, Duration value) {
		if (value.isNegative() || value.compareTo(Duration.ofDays(1)) > 0) {
			throw new IllegalArgumentException(name + " is " + value + ": expected 0 or more, and at most a day");
		}
	}

	static void range(String name, int value, int from, int to) {
		if (value < from || value > to) {
			throw new IllegalArgumentException(
					name + " is " + value + ": expected a number from " + from + " to " + to);
		}
	}

	static void listen(String name, List<InetSocketAddress> addresses) {
		if (addresses.isEmpty()) {
			throw new IllegalArgumentException(name + " is empty: expected at least one address");
		}
		for (InetSocketAddress address : addresses) {
			resolved(name, address);
			if (address.getPort() != addresses.get(0).getPort()) {
				throw new IllegalArgumentException(
						name + " has different ports: " + addresses + "; expected one port for all addresses");
			}
		}
	}

	static void peers(List<InetSocketAddress> addresses) {
		for (InetSocketAddress address : addresses) {
			boolean service = address.isUnresolved() && address.getHostString().startsWith("_");
			if (address.getPort() == 0 && !service) {
				throw new IllegalArgumentException("peers has " + address + ": expected a port from 1 to 65535");
			}
		}
	}

	private static void resolved(String name, InetSocketAddress address) {
		if (address.isUnresolved()) {
			throw new IllegalArgumentException(name + " has " + address + ": the host is not known");
		}
	}

}
