package org.rserpool.runtime;

import java.net.InetSocketAddress;

/**
 * Is told what happens at an endpoint, always on the role's loop, and never from inside a
 * call to the endpoint or to an association. For one association the order is: up,
 * anything else, down; or down alone.
 *
 * @since 0.1
 */
public interface EndpointListener {

	/**
	 * An association is established, from here or from the peer.
	 * @param association the association
	 */
	default void up(Association association) {
	}

	/**
	 * A message arrived.
	 * @param association the association that it came by
	 * @param message the message
	 */
	void message(Association association, UserMessage message);

	/**
	 * An association takes messages again after
	 * {@link Association.SendResult#WOULD_BLOCK}.
	 * @param association the association
	 */
	default void writable(Association association) {
	}

	/**
	 * A message surely did not reach the peer: it was never given to the network as a
	 * whole. Comes before {@link #down}. A message that was given to the network, and may
	 * or may not have arrived, is not reported.
	 * @param association the association
	 * @param message the message
	 */
	default void sendFailed(Association association, UserMessage message) {
	}

	/**
	 * The state of one path to the peer changed, on a transport that has several.
	 * @param association the association
	 * @param peer the peer's address on that path
	 * @param reachable whether the path works
	 */
	default void path(Association association, InetSocketAddress peer, boolean reachable) {
	}

	/**
	 * An association ended, or could not be set up. Nothing more is heard of it.
	 * @param association the association
	 * @param reason why
	 * @param detail the cause in words, for logs and error messages
	 */
	void down(Association association, DownReason reason, String detail);

}
