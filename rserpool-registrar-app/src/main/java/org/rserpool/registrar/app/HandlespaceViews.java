package org.rserpool.registrar.app;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import org.rserpool.registrar.ElementStatus;
import org.rserpool.registrar.RegistrarSnapshot;
import org.rserpool.runtime.SocketAddresses;
import org.rserpool.wire.Identifiers;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PolicyType;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.Transport;

/**
 * Shows what a registrar knows: the same in the actuator and on the dashboard.
 */
final class HandlespaceViews {

	private HandlespaceViews() {
	}

	static HandlespaceView handlespace(RegistrarSnapshot snapshot) {
		return new HandlespaceView(Identifiers.toString(snapshot.identifier()), snapshot.state().name(),
				checksum(snapshot.checksum()), addresses(snapshot.asapAddresses()), addresses(snapshot.enrpAddresses()),
				snapshot.peers().stream().map(HandlespaceViews::peer).toList(),
				snapshot.pools().stream().map(HandlespaceViews::pool).toList());
	}

	static PeerView peer(RegistrarSnapshot.Peer peer) {
		Integer reported = peer.reportedChecksum();
		return new PeerView(Identifiers.toString(peer.identifier()), peer.state().name(), addresses(peer.addresses()),
				peer.silentMillis(), checksum(peer.expectedChecksum()), (reported != null) ? checksum(reported) : null,
				peer.elements());
	}

	static PoolView pool(RegistrarSnapshot.Pool pool) {
		return new PoolView(pool.handle().toString(), pool.handle().octets().toHex(), policyName(pool.policy()),
				pool.elements().stream().map(HandlespaceViews::element).toList());
	}

	static ElementView element(PoolElement element) {
		Transport asap = element.asapTransport();
		return new ElementView(Identifiers.toString(element.identifier()),
				Identifiers.toString(element.homeRegistrar()), element.policy().toString(), values(element.policy()),
				(element.lifetimeMillis() != PoolElement.INFINITE) ? element.lifetimeMillis() : null,
				transport(element.userTransport()), (asap != null) ? transport(asap) : null,
				element.metadata().entries(), null);
	}

	/**
	 * Shows how an element is watched too.
	 */
	static ElementView element(ElementStatus status) {
		ElementView view = element(status.element());
		return new ElementView(view.identifier(), view.home(), view.policy(), view.policyValues(),
				view.lifetimeMillis(), view.userTransport(), view.asapTransport(), view.metadata(),
				new StatusView(millis(status.knownFor()), millis(status.remaining()), status.unreachableReports(),
						status.suspected()));
	}

	private static @Nullable Long millis(@Nullable Duration duration) {
		return (duration != null) ? duration.toMillis() : null;
	}

	private static Map<String, Long> values(MemberSelectionPolicy policy) {
		PolicyType type = PolicyType.of(policy.number());
		Map<String, Long> values = new LinkedHashMap<>();
		if (type != null) {
			type.fields().forEach((field) -> values.put(field.toString(), policy.value(field)));
		}
		return values;
	}

	static String policyName(MemberSelectionPolicy policy) {
		PolicyType type = PolicyType.of(policy.number());
		return (type != null) ? type.name() : Identifiers.toString(policy.number());
	}

	static String checksum(int checksum) {
		return String.format("0x%04x", checksum);
	}

	static List<String> addresses(List<InetSocketAddress> addresses) {
		return addresses.stream().map(HandlespaceViews::address).toList();
	}

	static String address(InetSocketAddress address) {
		return SocketAddresses.text(address.getAddress(), address.getPort());
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
	 * @param elements how many elements it owns in this registrar's copy
	 */
	record PeerView(String identifier, String state, List<String> addresses, long silentMillis, String expectedChecksum,
			@Nullable String reportedChecksum, int elements) {
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
	 * @param policyValues the values of the policy by their names, as numbers of 32 bits
	 * @param lifetimeMillis lifetime of its registration, or {@code null} if it is
	 * infinite
	 * @param userTransport where pool users reach it
	 * @param asapTransport where registrars reach it
	 * @param metadata what it says of itself, by key
	 * @param status how it is watched; left out where the whole handlespace is shown
	 */
	record ElementView(String identifier, String home, String policy, Map<String, Long> policyValues,
			@Nullable Long lifetimeMillis, String userTransport, @Nullable String asapTransport,
			Map<String, String> metadata, @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable StatusView status) {
	}

	/**
	 * How a registrar watches an element.
	 *
	 * @param knownMillis milliseconds since the registrar has known it without a break,
	 * or {@code null} if that is not known
	 * @param remainingMillis milliseconds until its registration ends unless it is
	 * renewed, or {@code null} if it has no end
	 * @param unreachableReports how many reports of users that could not reach it are not
	 * forgotten yet
	 * @param suspected whether it is selected only when its pool has no other
	 */
	record StatusView(@Nullable Long knownMillis, @Nullable Long remainingMillis, int unreachableReports,
			boolean suspected) {
	}

}
