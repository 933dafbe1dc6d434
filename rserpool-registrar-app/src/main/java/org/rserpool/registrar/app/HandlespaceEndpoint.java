package org.rserpool.registrar.app;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.rserpool.registrar.RegistrarSnapshot;
import org.rserpool.wire.Identifiers;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PolicyType;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.Transport;

import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/**
 * Shows the handlespace: pools, elements, owners, policies, and the peers with their
 * checksums.
 */
@Endpoint(id = "handlespace")
class HandlespaceEndpoint {

	private final Registrar registrar;

	HandlespaceEndpoint(Registrar registrar) {
		this.registrar = registrar;
	}

	@ReadOperation
	@Nullable HandlespaceView handlespace() {
		RegistrarSnapshot snapshot = this.registrar.snapshot();
		if (snapshot == null) {
			return null;
		}
		return new HandlespaceView(Identifiers.toString(snapshot.identifier()), snapshot.state().name(),
				checksum(snapshot.checksum()), addresses(snapshot.asapAddresses()), addresses(snapshot.enrpAddresses()),
				snapshot.peers().stream().map(this::peer).toList(), snapshot.pools().stream().map(this::pool).toList());
	}

	private PeerView peer(RegistrarSnapshot.Peer peer) {
		Integer reported = peer.reportedChecksum();
		return new PeerView(Identifiers.toString(peer.identifier()), peer.state().name(), addresses(peer.addresses()),
				peer.silentMillis(), checksum(peer.expectedChecksum()), (reported != null) ? checksum(reported) : null);
	}

	private PoolView pool(RegistrarSnapshot.Pool pool) {
		return new PoolView(pool.handle().toString(), pool.handle().octets().toHex(), policyName(pool.policy()),
				pool.elements().stream().map(this::element).toList());
	}

	private ElementView element(PoolElement element) {
		Transport asap = element.asapTransport();
		return new ElementView(Identifiers.toString(element.identifier()),
				Identifiers.toString(element.homeRegistrar()), element.policy().toString(),
				(element.lifetimeMillis() != PoolElement.INFINITE) ? element.lifetimeMillis() : null,
				transport(element.userTransport()), (asap != null) ? transport(asap) : null,
				element.metadata().entries());
	}

	private static String policyName(MemberSelectionPolicy policy) {
		PolicyType type = PolicyType.of(policy.number());
		return (type != null) ? type.name() : Identifiers.toString(policy.number());
	}

	private static String checksum(int checksum) {
		return String.format("0x%04x", checksum);
	}

	private static List<String> addresses(List<InetSocketAddress> addresses) {
		return addresses.stream().map(SocketAddresses::text).toList();
	}

	private static String transport(Transport transport) {
		if (transport instanceof Transport.Sctp sctp) {
			return "sctp " + sctp.addresses()
				.stream()
				.map((address) -> SocketAddresses.text(address, sctp.port()))
				.collect(Collectors.joining(", "));
		}
		if (transport instanceof Transport.Tcp tcp) {
			return "tcp " + SocketAddresses.text(tcp.address(), tcp.port());
		}
		if (transport instanceof Transport.Udp udp) {
			return "udp " + SocketAddresses.text(udp.address(), udp.port());
		}
		if (transport instanceof Transport.UdpLite udpLite) {
			return "udp-lite " + SocketAddresses.text(udpLite.address(), udpLite.port());
		}
		if (transport instanceof Transport.Dccp dccp) {
			return "dccp " + SocketAddresses.text(dccp.address(), dccp.port());
		}
		return "opaque " + ((Transport.Opaque) transport).value().toHex();
	}

	/**
	 * The handlespace, as a registrar knows it.
	 *
	 * @param registrar identifier of the registrar that answers
	 * @param state STARTING, RUNNING or STOPPED
	 * @param checksum checksum of the elements that it owns
	 * @param asap addresses for pool elements and pool users
	 * @param enrp addresses for registrars
	 * @param peers the other registrars
	 * @param pools the pools
	 */
	record HandlespaceView(String registrar, String state, String checksum, List<String> asap, List<String> enrp,
			List<PeerView> peers, List<PoolView> pools) {
	}

	/**
	 * A peer.
	 *
	 * @param identifier identifier of the peer
	 * @param state NEW, ACTIVE, PROBING or NOT_ACTIVE
	 * @param addresses where the peer is reached
	 * @param silentMillis milliseconds since it was heard
	 * @param expectedChecksum checksum of what it owns in this registrar's copy
	 * @param reportedChecksum checksum that it reported
	 */
	record PeerView(String identifier, String state, List<String> addresses, long silentMillis, String expectedChecksum,
			@Nullable String reportedChecksum) {
	}

	/**
	 * A pool.
	 *
	 * @param handle the pool handle, as text
	 * @param handleHex the pool handle, in hexadecimal digits
	 * @param policy name of the pool's policy
	 * @param elements the elements
	 */
	record PoolView(String handle, String handleHex, String policy, List<ElementView> elements) {
	}

	/**
	 * A pool element.
	 *
	 * @param identifier identifier of the element
	 * @param home identifier of the registrar that owns it
	 * @param policy policy with the element's values
	 * @param lifetimeMillis lifetime of its registration, or {@code null} if it is
	 * infinite
	 * @param userTransport where pool users reach it
	 * @param asapTransport where registrars reach it
	 * @param metadata what it says of itself, by key
	 */
	record ElementView(String identifier, String home, String policy, @Nullable Long lifetimeMillis,
			String userTransport, @Nullable String asapTransport, Map<String, String> metadata) {
	}

}
