package org.rserpool.runtime;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * One end of associations: a port, on one or more local addresses.
 *
 * @since 0.1
 */
public interface Endpoint {

	/**
	 * Return the transport protocol.
	 * @return the transport protocol
	 */
	TransportProtocol protocol();

	/**
	 * Return the addresses that the endpoint listens at.
	 * @return the addresses with the real port; none if it does not listen
	 */
	List<InetSocketAddress> localAddresses();

	/**
	 * Sets up an association. The association can be used at once: what is sent waits
	 * until it is up. The listener is told {@link EndpointListener#up} or
	 * {@link EndpointListener#down} later.
	 * @param peer the addresses of the peer, at least one, tried in this order
	 * @return the association, being set up
	 */
	Association associate(List<InetSocketAddress> peer);

	/**
	 * Stops listening: no association arrives any more, and the addresses are free for
	 * others. Those that are up go on, and new ones can still be set up from here. A peer
	 * whose association was not up yet, neither here nor there, is refused, and learns
	 * that nothing it sent arrived. Does nothing on an endpoint that does not listen.
	 * Over SCTP the addresses are free when the last association ended, and a peer may
	 * not learn what became of what it sent in that very moment.
	 */
	void stopListening();

	/**
	 * Stops listening, and aborts all associations. The listener hears nothing any more.
	 */
	void close();

}
