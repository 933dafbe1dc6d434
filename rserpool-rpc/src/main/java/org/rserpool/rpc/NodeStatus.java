package org.rserpool.rpc;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.rserpool.csp.ComponentAssociation;
import org.rserpool.csp.ComponentIdentifier;
import org.rserpool.csp.ComponentStatus;
import org.rserpool.element.ElementSettings;
import org.rserpool.hunt.Home;
import org.rserpool.hunt.RegistrarHuntListener;
import org.rserpool.runtime.RoleRuntime;
import org.rserpool.runtime.TransportProtocol;
import org.rserpool.runtime.UserMessage;
import org.rserpool.session.ElementChannel;
import org.rserpool.session.ElementChannels;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PolicyField;
import org.rserpool.wire.PolicyType;
import org.rserpool.wire.Transport;

/**
 * Says in a line how each component of a node is, for the Component Status Protocol: its
 * pool elements, and the node itself as a pool user, from its first call on, or while it
 * has no elements.
 */
final class NodeStatus implements RegistrarHuntListener {

	private static final double FULL = 0xffffffffL;

	private static final String HUNTING = "Looking for Registrar ...";

	private final RoleRuntime runtime;

	private final ElementChannels channels;

	private final List<LocalElement> elements;

	private final ComponentIdentifier user;

	private @Nullable Home home;

	private long homeSince;

	private boolean calls;

	/**
	 * Makes the status of a node, to be told of its home registrar.
	 * @param runtime the node's surroundings
	 * @param channels its channels to the elements of others
	 * @param elements its own elements, a list that changes
	 */
	NodeStatus(RoleRuntime runtime, ElementChannels channels, List<LocalElement> elements) {
		this.runtime = runtime;
		this.channels = channels;
		this.elements = elements;
		this.user = ComponentIdentifier.poolUser(runtime.random());
	}

	@Override
	public void homeFound(Home found) {
		if (this.home == null || this.home.association() != found.association()) {
			this.homeSince = this.runtime.nanoTime();
		}
		this.home = found;
	}

	@Override
	public void homeLost(Home lost, String reason) {
		this.home = null;
	}

	List<ComponentStatus> components() {
		List<ComponentStatus> components = new ArrayList<>();
		for (LocalElement element : this.elements) {
			ElementSettings settings = element.settings();
			if (settings != null) {
				components.add(status(element, settings));
			}
		}
		List<ElementChannel> open = this.channels.channels();
		this.calls |= !open.isEmpty();
		if (this.calls || components.isEmpty()) {
			components.add(status(open));
		}
		return components;
	}

	private ComponentStatus status(LocalElement element, ElementSettings settings) {
		return new ComponentStatus(ComponentIdentifier.poolElement(element.identifier()),
				addresses(settings.userTransport()), text(element.callsInProgress(), "Call"),
				workload(settings.policy()), homeAssociation());
	}

	private ComponentStatus status(List<ElementChannel> open) {
		List<ComponentAssociation> associations = new ArrayList<>(homeAssociation());
		for (ElementChannel channel : open) {
			TransportProtocol protocol = (channel.element().userTransport() instanceof Transport.Sctp)
					? TransportProtocol.SCTP : TransportProtocol.TCP;
			associations.add(new ComponentAssociation(ComponentIdentifier.poolElement(channel.element().identifier()),
					null, protocol, RpcFrameCodec.PAYLOAD_PROTOCOL));
		}
		return new ComponentStatus(this.user,
				(this.home != null) ? this.home.association().localAddresses() : List.of(),
				text(open.size(), "Session"), null, associations);
	}

	private String text(int number, String what) {
		return (this.home == null) ? HUNTING : number + " " + what + ((number == 1) ? "" : "s");
	}

	private List<ComponentAssociation> homeAssociation() {
		Home at = this.home;
		if (at == null || at.identifier() == null) {
			return List.of();
		}
		return List.of(new ComponentAssociation(ComponentIdentifier.registrar(at.identifier()),
				Duration.ofNanos(this.runtime.nanoTime() - this.homeSince), at.association().protocol(),
				UserMessage.ASAP));
	}

	/**
	 * Returns where pool users reach an element. Instead of a wildcard address stand
	 * those by which the home registrar is reached.
	 */
	private List<InetSocketAddress> addresses(Transport transport) {
		List<InetAddress> hosts;
		int port;
		if (transport instanceof Transport.Sctp sctp) {
			hosts = sctp.addresses();
			port = sctp.port();
		}
		else if (transport instanceof Transport.Tcp tcp) {
			hosts = List.of(tcp.address());
			port = tcp.port();
		}
		else {
			return List.of();
		}
		if (this.home != null && hosts.stream().anyMatch(InetAddress::isAnyLocalAddress)) {
			hosts = this.home.association().localAddresses().stream().map(InetSocketAddress::getAddress).toList();
		}
		return hosts.stream().map((host) -> new InetSocketAddress(host, port)).toList();
	}

	private static @Nullable Double workload(MemberSelectionPolicy policy) {
		PolicyType type = PolicyType.of(policy.number());
		return (type != null && type.fields().contains(PolicyField.LOAD)) ? policy.value(PolicyField.LOAD) / FULL
				: null;
	}

}
