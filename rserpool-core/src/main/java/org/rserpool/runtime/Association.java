package org.rserpool.runtime;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A relation with a peer, over which messages travel in both directions: an SCTP
 * association, or what stands for one on another transport.
 *
 * @since 0.1
 */
public interface Association {

	/**
	 * What became of a message that was given to {@link #send}.
	 */
	enum SendResult {

		/** It will be sent, or {@link EndpointListener#sendFailed} will tell. */
		QUEUED,

		/**
		 * It was not taken, because too much waits already; try again after
		 * {@link EndpointListener#writable}.
		 */
		WOULD_BLOCK,

		/** It was not taken, because the association is gone. */
		CLOSED

	}

	/**
	 * Return the transport protocol.
	 * @return the transport protocol
	 */
	TransportProtocol protocol();

	/**
	 * Return whether this side set the association up.
	 * @return {@code false} if it arrived at a listening endpoint
	 */
	boolean outbound();

	/**
	 * Return the peer's addresses. On an association that is not up, those that are
	 * tried.
	 * @return the addresses with the port that the peer uses for this association; never
	 * empty
	 */
	List<InetSocketAddress> peerAddresses();

	/**
	 * Return this side's addresses.
	 * @return the addresses with the port; empty on an association that is not up
	 */
	List<InetSocketAddress> localAddresses();

	/**
	 * Return those of the peer's addresses to which the path has failed. The association
	 * goes on by the others.
	 * @return the addresses; empty where the transport knows one path only
	 */
	default Set<InetSocketAddress> unreachableAddresses() {
		return Set.of();
	}

	/**
	 * Return who is at the other end.
	 * @return what a verified certificate says, or {@code null} if the peer showed none,
	 * the transport knows none, or the association is not up
	 */
	default @Nullable PeerIdentity peerIdentity() {
		return null;
	}

	/**
	 * Sends a message.
	 * @param message the message
	 * @return whether it was taken
	 * @throws IllegalArgumentException if the transport can never carry the message, such
	 * as for its size or its stream
	 */
	SendResult send(UserMessage message);

	/**
	 * Ends the association when all that was sent is delivered. The listener is told
	 * {@link EndpointListener#down}.
	 */
	void shutdown();

	/**
	 * Ends the association at once; what still waits is lost. The listener is told
	 * {@link EndpointListener#down}.
	 */
	void abort();

}
