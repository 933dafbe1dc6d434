package org.rserpool.registrar;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.rserpool.runtime.Association;
import org.rserpool.runtime.TransportProtocol;
import org.rserpool.wire.ErrorCause;
import org.rserpool.wire.Identifiers;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.Transport;

/**
 * Decides what of a registration is recorded: only addresses that the association with
 * the element has proven (RFC 5352, sections 2.2.1 and 3.1).
 */
final class Admission {

	private final Causes causes;

	Admission(Causes causes) {
		this.causes = causes;
	}

	/**
	 * Returns the element as it is recorded, but for its home.
	 * @throws RejectedException if the element names values that it must not
	 */
	PoolElement admit(PoolElement element, Association association) throws RejectedException {
		if (element.identifier() == Identifiers.NONE || element.lifetimeMillis() == 0) {
			throw new RejectedException(ErrorCause.INVALID_VALUES);
		}
		List<InetAddress> proven = Addresses.hosts(association.peerAddresses());
		Transport user = user(element.userTransport(), proven);
		return new PoolElement(element.identifier(), element.homeRegistrar(), element.lifetimeMillis(), user,
				element.policy(), asap(element.asapTransport(), association, proven), element.metadata());
	}

	private Transport user(Transport transport, List<InetAddress> proven) throws RejectedException {
		if (transport instanceof Transport.Sctp sctp) {
			List<InetAddress> kept = sctp.addresses().stream().filter(proven::contains).toList();
			if (!kept.isEmpty()) {
				return new Transport.Sctp(sctp.port(), sctp.use(), kept);
			}
		}
		else if (address(transport) == null || proven.contains(address(transport))) {
			return transport;
		}
		throw new RejectedException(this.causes.invalid(transport));
	}

	private static @Nullable InetAddress address(Transport transport) {
		if (transport instanceof Transport.Tcp tcp) {
			return tcp.address();
		}
		if (transport instanceof Transport.Udp udp) {
			return udp.address();
		}
		if (transport instanceof Transport.UdpLite udpLite) {
			return udpLite.address();
		}
		return (transport instanceof Transport.Dccp dccp) ? dccp.address() : null;
	}

	/**
	 * Over SCTP the association itself is where the element is reached. Over TCP its port
	 * is of no use to anybody else, so the element names the port that it listens at.
	 */
	private static @Nullable Transport asap(@Nullable Transport named, Association association,
			List<InetAddress> proven) {
		if (association.protocol() == TransportProtocol.SCTP) {
			InetSocketAddress first = association.peerAddresses().get(0);
			return Addresses.transport(TransportProtocol.SCTP, proven, first.getPort());
		}
		if (named instanceof Transport.Tcp tcp && tcp.port() != 0) {
			return new Transport.Tcp(tcp.port(), proven.contains(tcp.address()) ? tcp.address() : proven.get(0));
		}
		return null;
	}

}
