package org.rserpool.session;

import java.net.InetSocketAddress;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.rserpool.runtime.Association;
import org.rserpool.runtime.DownReason;
import org.rserpool.runtime.Endpoint;
import org.rserpool.runtime.EndpointListener;
import org.rserpool.runtime.EndpointSpecification;
import org.rserpool.runtime.RoleRuntime;
import org.rserpool.runtime.TransportProtocol;
import org.rserpool.runtime.UserMessage;
import org.rserpool.wire.Identifiers;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;
import org.rserpool.wire.Transport;

/**
 * The channels from a pool user to pool elements: one for each element, opened when it is
 * needed. A silent element is given up.
 *
 * @since 0.1
 */
public final class ElementChannels {

	private final RoleRuntime runtime;

	private final SessionSettings settings;

	private final ElementChannelListener listener;

	private final List<TransportProtocol> protocols;

	private final Map<Key, Channel> current = new LinkedHashMap<>();

	private final Map<Association, Channel> open = new LinkedHashMap<>();

	private final Map<TransportProtocol, Endpoint> endpoints = new EnumMap<>(TransportProtocol.class);

	private @Nullable BusinessCards cards;

	private Predicate<PoolElement> watched = (element) -> true;

	/**
	 * Makes a holder of channels, without any.
	 * @param runtime its surroundings
	 * @param settings how channels are watched
	 * @param listener who is told what happens on them
	 */
	public ElementChannels(RoleRuntime runtime, SessionSettings settings, ElementChannelListener listener) {
		this(runtime, settings, List.of(settings.protocol()), listener);
	}

	/**
	 * Makes a holder of channels to elements that are reached by several transport
	 * protocols, without any channel.
	 * @param runtime its surroundings
	 * @param settings how channels are watched; its transport protocol is not looked at
	 * @param protocols the transport protocols that may be used
	 * @param listener who is told what happens on them
	 */
	public ElementChannels(RoleRuntime runtime, SessionSettings settings, List<TransportProtocol> protocols,
			ElementChannelListener listener) {
		this.runtime = runtime;
		this.protocols = List.copyOf(protocols);
		this.settings = settings;
		this.listener = listener;
	}

	/**
	 * Exchanges business cards with pool elements: those of this process, which is then a
	 * pool element itself, are sent when a channel is established, and when they change.
	 * Those that arrive are not told to the listener.
	 * @param exchange has the cards
	 */
	public void exchange(BusinessCards exchange) {
		this.cards = exchange;
		exchange.addHolder((send) -> this.open.forEach((association, channel) -> {
			if (channel.up()) {
				send.accept(association);
			}
		}));
	}

	/**
	 * Says which elements know heartbeats; all do where nothing is said. To the others
	 * none is sent, and their silence means nothing: it is left to the transport protocol
	 * to notice that they are gone.
	 * @param knows whether an element knows heartbeats
	 */
	public void watchOnly(Predicate<PoolElement> knows) {
		this.watched = knows;
	}

	/**
	 * Return the channel to an element, and open it if there is none, or if the element
	 * moved. It may be used at once; the listener is told when it is up or down.
	 * @param pool the pool
	 * @param element the element
	 * @return the channel
	 * @throws IllegalArgumentException if the element cannot be reached by the transport
	 * protocols that may be used; the message names the element and its transport
	 */
	public ElementChannel channel(PoolHandle pool, PoolElement element) {
		Key key = new Key(pool, element.identifier());
		Channel known = this.current.get(key);
		if (known != null && known.usable() && known.element().userTransport().equals(element.userTransport())) {
			return known;
		}
		List<InetSocketAddress> addresses = addresses(element);
		TransportProtocol protocol = protocol(element);
		if (addresses.isEmpty() || protocol == null) {
			throw new IllegalArgumentException("Element " + Identifiers.toString(element.identifier()) + " of pool "
					+ pool + " cannot be reached by " + words() + ": its transport is " + element.userTransport());
		}
		Association association = endpoint(protocol).associate(addresses);
		Channel opened = new Channel(this.runtime, this.settings, pool, element, association, this.listener,
				this.watched.test(element));
		this.current.put(key, opened);
		this.open.put(association, opened);
		return opened;
	}

	/**
	 * Return the channels that did not end.
	 * @return the channels, in the order in which they were opened; a copy
	 */
	public List<ElementChannel> channels() {
		return List.copyOf(this.open.values());
	}

	/**
	 * Ends all channels at once. The listener hears nothing any more.
	 */
	public void stop() {
		this.open.values().forEach((channel) -> channel.ended(DownReason.SHUTDOWN));
		this.open.clear();
		this.current.clear();
		this.endpoints.values().forEach(Endpoint::close);
		this.endpoints.clear();
	}

	private Endpoint endpoint(TransportProtocol protocol) {
		return this.endpoints.computeIfAbsent(protocol, (key) -> this.runtime
			.open(EndpointSpecification.connecting(key, EndpointSpecification.Channel.SESSION), new SessionListener()));
	}

	private String words() {
		return this.protocols.stream().map(TransportProtocol::name).collect(Collectors.joining(" or "));
	}

	private @Nullable TransportProtocol protocol(PoolElement element) {
		TransportProtocol protocol = (element.userTransport() instanceof Transport.Sctp) ? TransportProtocol.SCTP
				: TransportProtocol.TCP;
		return this.protocols.contains(protocol) ? protocol : null;
	}

	private static List<InetSocketAddress> addresses(PoolElement element) {
		if (element.userTransport() instanceof Transport.Sctp sctp && sctp.port() != 0) {
			return sctp.addresses().stream().map((host) -> new InetSocketAddress(host, sctp.port())).toList();
		}
		return (element.userTransport() instanceof Transport.Tcp tcp && tcp.port() != 0)
				? List.of(new InetSocketAddress(tcp.address(), tcp.port())) : List.of();
	}

	/**
	 * An element in its pool.
	 */
	private record Key(PoolHandle pool, int identifier) {

	}

	/**
	 * Hears of associations with elements.
	 */
	private final class SessionListener implements EndpointListener {

		@Override
		public void up(Association association) {
			Channel channel = ElementChannels.this.open.get(association);
			if (channel != null) {
				channel.established();
				if (channel.up()) {
					ElementChannels.this.listener.up(channel);
					BusinessCards exchange = ElementChannels.this.cards;
					if (exchange != null && channel.up()) {
						exchange.greet(association);
					}
				}
			}
		}

		@Override
		public void message(Association association, UserMessage message) {
			Channel channel = ElementChannels.this.open.get(association);
			if (channel != null && channel.received(message)) {
				BusinessCards exchange = ElementChannels.this.cards;
				if (exchange == null || !exchange.received(channel, message)) {
					ElementChannels.this.listener.message(channel, message);
				}
			}
		}

		@Override
		public void writable(Association association) {
			Channel channel = ElementChannels.this.open.get(association);
			if (channel != null) {
				ElementChannels.this.listener.writable(channel);
			}
		}

		@Override
		public void sendFailed(Association association, UserMessage message) {
			Channel channel = ElementChannels.this.open.get(association);
			if (channel != null && !SessionProtocol.isHeartbeat(message)) {
				ElementChannels.this.listener.sendFailed(channel, message);
			}
		}

		@Override
		public void down(Association association, DownReason reason, String detail) {
			Channel channel = ElementChannels.this.open.remove(association);
			if (channel != null) {
				ElementChannels.this.current.remove(new Key(channel.pool(), channel.element().identifier()), channel);
				ElementChannels.this.listener.down(channel, channel.ended(reason), channel.detail(detail));
			}
		}

	}

}
