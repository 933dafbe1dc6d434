package org.rserpool.registrar;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.rserpool.runtime.Association;
import org.rserpool.runtime.DownReason;
import org.rserpool.runtime.Endpoint;
import org.rserpool.runtime.EndpointListener;
import org.rserpool.runtime.EndpointSpecification;
import org.rserpool.runtime.TransportProtocol;
import org.rserpool.runtime.UserMessage;
import org.rserpool.wire.Decoded;
import org.rserpool.wire.ErrorCause;
import org.rserpool.wire.Message;

/**
 * What ASAP and ENRP have in common: endpoints, their associations, and reading what
 * arrives.
 *
 * @param <M> the messages
 * @param <L> the associations
 */
abstract class Service<M extends Message, L extends Link> implements EndpointListener {

	private final Parts parts;

	private final int payloadProtocol;

	private final List<Endpoint> endpoints = new ArrayList<>();

	private final Map<Association, L> links = new LinkedHashMap<>();

	private Runnable closed = () -> {
	};

	Service(Parts parts, int payloadProtocol) {
		this.parts = parts;
		this.payloadProtocol = payloadProtocol;
	}

	final Parts parts() {
		return this.parts;
	}

	final Collection<L> links() {
		return this.links.values();
	}

	final void open(EndpointSpecification specification) {
		this.endpoints.add(this.parts.runtime().open(specification, this));
	}

	final List<InetSocketAddress> localAddresses() {
		return this.endpoints.stream().flatMap((endpoint) -> endpoint.localAddresses().stream()).toList();
	}

	/**
	 * Return where one transport protocol is listened for.
	 */
	final List<InetSocketAddress> localAddresses(TransportProtocol protocol) {
		return this.endpoints.stream()
			.filter((endpoint) -> endpoint.protocol() == protocol)
			.flatMap((endpoint) -> endpoint.localAddresses().stream())
			.toList();
	}

	/**
	 * Return the endpoints that are open.
	 */
	final List<Endpoint> endpoints() {
		return List.copyOf(this.endpoints);
	}

	/**
	 * Sets up an association.
	 * @return the association, or {@code null} if no endpoint has the protocol
	 */
	final @Nullable L connect(TransportProtocol protocol, List<InetSocketAddress> addresses) {
		for (Endpoint endpoint : this.endpoints) {
			if (endpoint.protocol() == protocol) {
				Association association = endpoint.associate(addresses);
				L link = link(association);
				this.links.put(association, link);
				return link;
			}
		}
		return null;
	}

	/**
	 * Ends all associations in order, then closes the endpoints.
	 * @param whenClosed what to do then
	 */
	final void shutdown(Runnable whenClosed) {
		this.closed = whenClosed;
		List.copyOf(this.links.keySet()).forEach(Association::shutdown);
		if (this.links.isEmpty()) {
			close();
		}
	}

	final void close() {
		this.endpoints.forEach(Endpoint::close);
		this.endpoints.clear();
		this.links.values().forEach(Link::becameDown);
		this.links.clear();
		Runnable told = this.closed;
		this.closed = () -> {
		};
		told.run();
	}

	@Override
	public final void up(Association association) {
		L link = this.links.get(association);
		String refusal = refusal(association);
		if (refusal != null) {
			this.parts.refused(association, refusal);
			association.abort();
			if (link != null) {
				down(association, DownReason.ABORTED, refusal);
			}
			return;
		}
		if (link == null) {
			if (!accepts() || this.links.size() >= this.parts.settings().maxAssociations()) {
				this.parts.count(Counters.REFUSED_ASSOCIATIONS);
				association.abort();
				return;
			}
			link = link(association);
			this.links.put(association, link);
		}
		link.becameUp();
		linkUp(link);
	}

	@Override
	public final void message(Association association, UserMessage message) {
		L link = this.links.get(association);
		if (link == null || this.parts.isStopped()) {
			return;
		}
		if (message.payloadProtocol() != this.payloadProtocol) {
			link.failed("Payload protocol " + message.payloadProtocol() + ", expected " + this.payloadProtocol);
			return;
		}
		Decoded<M> decoded = decode(message);
		if (decoded instanceof Decoded.Success<M> success) {
			this.parts.messages().received(success.message());
			report(link, success.report());
			handle(link, success.message());
		}
		else if (decoded instanceof Decoded.Failure<M> failure) {
			link.failed(failure.reason());
			report(link, failure.report());
		}
	}

	private void report(L link, List<ErrorCause> causes) {
		if (!causes.isEmpty()) {
			this.parts.count(Counters.ERRORS_SENT);
			link.send(error(link, causes));
		}
	}

	@Override
	public final void writable(Association association) {
		L link = this.links.get(association);
		if (link != null) {
			link.writable();
		}
	}

	@Override
	public final void down(Association association, DownReason reason, String detail) {
		L link = this.links.remove(association);
		if (link == null) {
			return;
		}
		link.becameDown();
		if (!this.parts.isStopped()) {
			linkDown(link);
		}
		else if (this.links.isEmpty()) {
			close();
		}
	}

	/**
	 * Return why there is to be no association with a peer, or {@code null} if there may
	 * be one.
	 */
	@Nullable String refusal(Association association) {
		return null;
	}

	/**
	 * Return whether associations from outside are welcome.
	 */
	abstract boolean accepts();

	abstract L link(Association association);

	abstract Decoded<M> decode(UserMessage message);

	abstract M error(L link, List<ErrorCause> causes);

	abstract void handle(L link, M message);

	abstract void linkUp(L link);

	abstract void linkDown(L link);

}
