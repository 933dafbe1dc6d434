package org.rserpool.element;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.rserpool.runtime.Association;
import org.rserpool.runtime.TransportProtocol;
import org.rserpool.wire.Transport;
import org.rserpool.wire.TransportUse;

/**
 * Where a pool element says that it is reached. A wildcard address says nothing to
 * others, so it is replaced by the address that the home registrar sees.
 */
final class OwnTransports {

	private final List<InetAddress> local;

	private final TransportProtocol protocol;

	OwnTransports(Association home) {
		this.protocol = home.protocol();
		this.local = home.localAddresses().stream().map(InetSocketAddress::getAddress).toList();
	}

	Transport user(Transport transport) {
		if (this.local.isEmpty()) {
			return transport;
		}
		if (transport instanceof Transport.Tcp tcp) {
			return new Transport.Tcp(tcp.port(), tcp.use(), replaced(tcp.address()));
		}
		if (transport instanceof Transport.Sctp sctp
				&& sctp.addresses().stream().anyMatch(InetAddress::isAnyLocalAddress)) {
			return new Transport.Sctp(sctp.port(), sctp.use(), this.local);
		}
		if (transport instanceof Transport.Udp udp) {
			return new Transport.Udp(udp.port(), replaced(udp.address()));
		}
		return transport;
	}

	@Nullable Transport asap(List<InetSocketAddress> listening) {
		if (listening.isEmpty()) {
			return null;
		}
		int port = listening.get(0).getPort();
		List<InetAddress> addresses = listening.stream().map(InetSocketAddress::getAddress).toList();
		if (this.protocol == TransportProtocol.SCTP) {
			return user(new Transport.Sctp(port, TransportUse.DATA_ONLY, addresses));
		}
		return user(new Transport.Tcp(port, addresses.get(0)));
	}

	private InetAddress replaced(InetAddress address) {
		return address.isAnyLocalAddress() ? this.local.get(0) : address;
	}

}
