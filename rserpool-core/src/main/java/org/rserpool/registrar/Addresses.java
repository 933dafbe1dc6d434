package org.rserpool.registrar;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

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

	static List<InetAddress> hosts(List<InetSocketAddress> addresses) {
		return addresses.stream().map(InetSocketAddress::getAddress).distinct().toList();
	}

}
