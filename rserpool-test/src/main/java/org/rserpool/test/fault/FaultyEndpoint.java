package org.rserpool.test.fault;

import java.net.InetSocketAddress;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.rserpool.runtime.Association;
import org.rserpool.runtime.DownReason;
import org.rserpool.runtime.Endpoint;
import org.rserpool.runtime.EndpointListener;
import org.rserpool.runtime.TransportProtocol;
import org.rserpool.runtime.UserMessage;
import org.rserpool.transport.RoleLoop;

/**
 * An endpoint on a network that breaks. Associations that it sets up suffer; those that
 * arrive do so at the other end, or not at all.
 */
final class FaultyEndpoint implements Endpoint, EndpointListener {

	private static final Logger logger = LoggerFactory.getLogger(FaultyEndpoint.class);

	private final FaultyNetwork network;

	private final RoleLoop loop;

	private final EndpointListener role;

	private final Consumer<FaultyEndpoint> onClose;

	private final Map<Association, FaultyAssociation> outbound = new IdentityHashMap<>();

	private final Map<FaultyAssociation, Boolean> waiting = new IdentityHashMap<>();

	/** What was aborted here while the other end could not learn of it. */
	private final Map<Association, List<InetSocketAddress>> abandoned = new IdentityHashMap<>();

	private @Nullable Endpoint real;

	private boolean closed;

	FaultyEndpoint(FaultyNetwork network, RoleLoop loop, EndpointListener role, Consumer<FaultyEndpoint> onClose) {
		this.network = network;
		this.loop = loop;
		this.role = role;
		this.onClose = onClose;
	}

	void open(Function<EndpointListener, Endpoint> opener) {
		this.real = opener.apply(this);
	}

	private Endpoint real() {
		return Objects.requireNonNull(this.real);
	}

	/**
	 * Runs a task on the loop, from any thread. A loop that is closed has nothing to
	 * break any more.
	 */
	void later(Runnable task) {
		try {
			this.loop.execute(task);
		}
		catch (RejectedExecutionException ex) {
			logger.debug("{} is closed already", this.loop, ex);
			this.onClose.accept(this);
		}
	}

	void linksChanged() {
		List.copyOf(this.waiting.keySet()).forEach(FaultyAssociation::linksChanged);
		List.copyOf(this.outbound.values()).forEach(FaultyAssociation::linksChanged);
		for (Association association : List.copyOf(this.abandoned.keySet())) {
			List<InetSocketAddress> peer = this.abandoned.get(association);
			if (peer != null && !state(peer).blackHole()) {
				this.abandoned.remove(association);
				association.abort();
			}
		}
	}

	void reset(Link link) {
		List.copyOf(this.outbound.values())
			.stream()
			.filter((association) -> link.leadsTo(association.peerAddresses()))
			.forEach(FaultyAssociation::reset);
	}

	LinkState state(List<InetSocketAddress> peer) {
		return this.network.state(peer);
	}

	/** Sets an association up on the real network. */
	Association connect(FaultyAssociation association, List<InetSocketAddress> peer) {
		this.waiting.remove(association);
		Association connecting = real().associate(peer);
		this.outbound.put(connecting, association);
		return connecting;
	}

	/** Aborts an association, as soon as the other end can learn of it. */
	void abandon(Association association, List<InetSocketAddress> peer) {
		this.outbound.remove(association);
		if (state(peer).blackHole()) {
			this.abandoned.put(association, peer);
		}
		else {
			association.abort();
		}
	}

	/** Forgets an association of which nothing more is heard. */
	void forget(FaultyAssociation association) {
		this.waiting.remove(association);
		this.outbound.values().remove(association);
	}

	/** Tells the role something, unless it closed the endpoint. */
	void tell(Consumer<EndpointListener> event) {
		if (!this.closed) {
			event.accept(this.role);
		}
	}

	RoleLoop loop() {
		return this.loop;
	}

	@Override
	public TransportProtocol protocol() {
		return real().protocol();
	}

	@Override
	public List<InetSocketAddress> localAddresses() {
		return real().localAddresses();
	}

	@Override
	public Association associate(List<InetSocketAddress> peer) {
		FaultyAssociation association = new FaultyAssociation(this, peer);
		this.waiting.put(association, true);
		association.start();
		return association;
	}

	@Override
	public void stopListening() {
		real().stopListening();
	}

	@Override
	public void close() {
		this.closed = true;
		this.outbound.clear();
		this.waiting.clear();
		this.abandoned.clear();
		this.onClose.accept(this);
		real().close();
	}

	@Override
	public void up(Association association) {
		FaultyAssociation faulty = this.outbound.get(association);
		if (faulty != null) {
			faulty.up();
		}
		else if (!association.outbound()) {
			tell((listener) -> listener.up(association));
		}
	}

	@Override
	public void message(Association association, UserMessage message) {
		FaultyAssociation faulty = this.outbound.get(association);
		if (faulty != null) {
			faulty.received(message);
		}
		else if (!association.outbound()) {
			tell((listener) -> listener.message(association, message));
		}
	}

	@Override
	public void writable(Association association) {
		FaultyAssociation faulty = this.outbound.get(association);
		if (faulty != null) {
			faulty.writable();
		}
		else if (!association.outbound()) {
			tell((listener) -> listener.writable(association));
		}
	}

	@Override
	public void sendFailed(Association association, UserMessage message) {
		FaultyAssociation faulty = this.outbound.get(association);
		if (faulty != null) {
			tell((listener) -> listener.sendFailed(faulty, message));
		}
		else if (!association.outbound()) {
			tell((listener) -> listener.sendFailed(association, message));
		}
	}

	@Override
	public void path(Association association, InetSocketAddress peer, boolean reachable) {
		FaultyAssociation faulty = this.outbound.get(association);
		if (faulty != null) {
			tell((listener) -> listener.path(faulty, peer, reachable));
		}
		else if (!association.outbound()) {
			tell((listener) -> listener.path(association, peer, reachable));
		}
	}

	@Override
	public void down(Association association, DownReason reason, String detail) {
		this.abandoned.remove(association);
		FaultyAssociation faulty = this.outbound.get(association);
		if (faulty != null) {
			faulty.ended(reason, detail);
		}
		else if (!association.outbound()) {
			tell((listener) -> listener.down(association, reason, detail));
		}
	}

}
