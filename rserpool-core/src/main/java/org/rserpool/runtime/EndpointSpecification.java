package org.rserpool.runtime;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * What endpoint to open.
 *
 * @param protocol the transport protocol
 * @param channel what travels over its associations
 * @param local the addresses to bind to, all with the same port; port 0 takes one that is
 * free. None for an endpoint that only sets up associations.
 * @since 0.1
 */
public record EndpointSpecification(TransportProtocol protocol, Channel channel, List<InetSocketAddress> local) {

	public EndpointSpecification {
		local = List.copyOf(local);
	}

	/**
	 * Specifies an endpoint that listens.
	 * @param protocol the transport protocol
	 * @param channel what travels over its associations
	 * @param local the addresses to bind to
	 * @return the specification
	 */
	public static EndpointSpecification listening(TransportProtocol protocol, Channel channel,
			InetSocketAddress... local) {
		return new EndpointSpecification(protocol, channel, List.of(local));
	}

	/**
	 * Specifies an endpoint that only sets up associations.
	 * @param protocol the transport protocol
	 * @param channel what travels over its associations
	 * @return the specification
	 */
	public static EndpointSpecification connecting(TransportProtocol protocol, Channel channel) {
		return new EndpointSpecification(protocol, channel, List.of());
	}

	/**
	 * What travels over associations. A transport without payload protocol identifiers
	 * takes them, and the framing, from here.
	 */
	public enum Channel {

		/** ASAP messages, between a registrar and pool elements or pool users. */
		ASAP,

		/** ENRP messages, between registrars. */
		ENRP,

		/**
		 * The control channel and the data channel, between a pool user and a pool
		 * element.
		 */
		SESSION,

		/**
		 * Nothing: an association only shows by which of its addresses a peer is reached,
		 * whatever it speaks. It is up when a connection stands, and what arrives over it
		 * is dropped. TCP without encryption alone carries it.
		 */
		PROBE

	}

}
