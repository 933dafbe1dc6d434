package org.rserpool.test.fault;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import org.rserpool.runtime.Endpoint;
import org.rserpool.runtime.EndpointListener;
import org.rserpool.runtime.EndpointSpecification;
import org.rserpool.transport.EndpointInterceptor;
import org.rserpool.transport.RoleLoop;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.Transport;

/**
 * A network that is sound until a test breaks it. It stands between the roles of this
 * process and the real network, whatever the transport: in an application that is tested
 * with {@code @AutoConfigureRSerPool} it does so already. Elsewhere it is given to
 * {@code NodeSettings.Builder#interceptor}, or to a registrar in this process.
 * <p>
 * Faults act where associations are set up, in both directions. So those to an element
 * act in the pool users that call it, and those to a registrar in all that look for it.
 * HTTP and gRPC have connections of their own, which it does not see. Any thread may use
 * it.
 *
 * @since 0.1
 */
public final class FaultyNetwork implements EndpointInterceptor {

	private final Set<FaultyEndpoint> endpoints = ConcurrentHashMap.newKeySet();

	private final List<Link> links = new CopyOnWriteArrayList<>();

	/**
	 * Return the way to every destination.
	 * @return a link, sound at first
	 */
	public Link everywhere() {
		return add(new Link("everywhere", (address) -> true, this::changed, this::reset));
	}

	/**
	 * Return the way to one destination.
	 * @param destination its address, such as that of a registrar
	 * @return a link, sound at first
	 */
	public Link to(InetSocketAddress destination) {
		return add(new Link(destination.toString(), (address) -> matches(destination, address), this::changed,
				this::reset));
	}

	/**
	 * Return the way to a pool element, as pool users take it.
	 * @param element the element, as a registrar shows it
	 * @return a link, sound at first
	 */
	public Link to(PoolElement element) {
		List<InetSocketAddress> addresses = addresses(element.userTransport());
		return add(new Link(element.toString(),
				(address) -> addresses.stream().anyMatch((destination) -> matches(destination, address)), this::changed,
				this::reset));
	}

	/**
	 * Ends whatever is wrong. Links that were asked for before do nothing any more.
	 */
	public void heal() {
		this.links.clear();
		changed();
	}

	private Link add(Link link) {
		this.links.add(link);
		return link;
	}

	private void changed() {
		this.endpoints.forEach((endpoint) -> endpoint.later(endpoint::linksChanged));
	}

	private void reset(Link link) {
		this.endpoints.forEach((endpoint) -> endpoint.later(() -> endpoint.reset(link)));
	}

	LinkState state(List<InetSocketAddress> destination) {
		LinkState state = LinkState.SOUND;
		for (Link link : this.links) {
			if (link.leadsTo(destination)) {
				state = state.and(link.state());
			}
		}
		return state;
	}

	@Override
	public Endpoint open(RoleLoop loop, EndpointSpecification specification, EndpointListener listener,
			Network network) {
		FaultyEndpoint endpoint = new FaultyEndpoint(this, loop, listener, this.endpoints::remove);
		endpoint.open((listening) -> network.open(specification, listening));
		this.endpoints.add(endpoint);
		return endpoint;
	}

	private static boolean matches(InetSocketAddress destination, InetSocketAddress address) {
		InetAddress wanted = destination.getAddress();
		return destination.getPort() == address.getPort()
				&& (wanted == null || wanted.isAnyLocalAddress() || wanted.equals(address.getAddress()));
	}

	private static List<InetSocketAddress> addresses(Transport transport) {
		if (transport instanceof Transport.Sctp sctp) {
			return sctp.addresses().stream().map((address) -> new InetSocketAddress(address, sctp.port())).toList();
		}
		if (transport instanceof Transport.Tcp tcp) {
			return List.of(new InetSocketAddress(tcp.address(), tcp.port()));
		}
		throw new IllegalArgumentException("Pool users do not call elements by " + transport);
	}

}
