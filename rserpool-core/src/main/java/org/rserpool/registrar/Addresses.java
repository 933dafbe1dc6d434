package org.rserpool.registrar;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.rserpool.runtime.TransportProtocol;
import org.rserpool.wire.Transport;
import org.rserpool.wire.TransportUse;

/**
 * Transports as socket addresses, and back.
 */
final class Addresses {

	private Addresses() {
	}

	static List<InetSocketAddress> of(Transport transport) {
		if (transport instanceof Transport.Sctp sctp) {
			return sctp.addresses().stream().map((address) -> new InetSocketAddress(address, sctp.port())).toList();
		}
		return (transport instanceof Transport.Tcp tcp) ? List.of(new InetSocketAddress(tcp.address(), tcp.port()))
				: List.of();
	}

	static @Nullable TransportProtocol protocol(Transport transport) {
		if (transport instanceof Transport.Sctp) {
			return TransportProtocol.SCTP;
		}
		return (transport instanceof Transport.Tcp) ? TransportProtocol.TCP : null;
	}

	/**
	 * Makes a transport from addresses that have one port.
	 */
	static Transport transport(TransportProtocol protocol, List<InetAddress> addresses, int port) {
		return (protocol == TransportProtocol.SCTP) ? new Transport.Sctp(port, TransportUse.DATA_ONLY, addresses)
				: new Transport.Tcp(port, addresses.get(0));
	}

	/**
	 * Return the addresses at which this process is reached through an interface. It
	 * listens at all addresses of the interface, if it listens at a wildcard address.
	 * @param listening where it listens
	 * @param interfaceAddresses the addresses of the interface
	 */
	static List<InetAddress> reachable(List<InetSocketAddress> listening, List<InetAddress> interfaceAddresses) {
		Set<InetAddress> reachable = new LinkedHashSet<>();
		boolean loopback = interfaceAddresses.stream().anyMatch(InetAddress::isLoopbackAddress);
		for (InetSocketAddress address : listening) {
			InetAddress host = address.getAddress();
			if (host.isAnyLocalAddress()) {
				interfaceAddresses.stream()
					.filter((each) -> !each.isLinkLocalAddress()
							&& (host instanceof Inet6Address || each instanceof Inet4Address))
					.forEach(reachable::add);
			}
			else if (loopback || !host.isLoopbackAddress()) {
				reachable.add(host);
			}
		}
		return List.copyOf(reachable);
	}

	/**
	 * Return whether somebody may be reached at an address that came by multicast.
	 * @param source where it came from
	 * @param address the address
	 */
	static boolean isPlausible(InetAddress source, InetSocketAddress address) {
		InetAddress host = address.getAddress();
		return address.getPort() != 0 && !host.isAnyLocalAddress() && !host.isMulticastAddress()
				&& (!host.isLoopbackAddress() || source.isLoopbackAddress());
	}

	/**
	 * Return whether two transports lead to one endpoint: the ports are the same, and the
	 * addresses of one machine. Two loopback addresses are, whatever their family.
	 */
	static boolean meet(Transport one, Transport other) {
		if (one.equals(other)) {
			return true;
		}
		List<InetSocketAddress> known = of(one);
		return protocol(one) == protocol(other) && of(other).stream()
			.anyMatch((address) -> known.stream().anyMatch((candidate) -> isOneEndpoint(candidate, address)));
	}

	private static boolean isOneEndpoint(InetSocketAddress one, InetSocketAddress other) {
		return one.equals(other) || (one.getPort() == other.getPort() && one.getAddress().isLoopbackAddress()
				&& other.getAddress().isLoopbackAddress());
	}

	static List<InetAddress> hosts(List<InetSocketAddress> addresses) {
		return addresses.stream().map(InetSocketAddress::getAddress).distinct().toList();
	}

}
