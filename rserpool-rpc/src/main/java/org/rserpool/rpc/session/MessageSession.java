package org.rserpool.rpc.session;

import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import org.rserpool.runtime.UserMessage;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;

/**
 * A session of a pool user with a pool. It stays with one element while that answers, and
 * goes on with another when the association is lost, or when it is told to. The newest
 * cookie goes along, and is not shown. Any thread may use it.
 *
 * @since 0.1
 */
public interface MessageSession extends AutoCloseable {

	/**
	 * Return the pool.
	 * @return the pool
	 */
	PoolHandle pool();

	/**
	 * Return the element that the session is with.
	 * @return the element, or {@code null} while there is none
	 */
	@Nullable PoolElement element();

	/**
	 * Return whether an element gave a cookie.
	 * @return whether there is one to echo at a failover
	 */
	boolean hasCookie();

	/**
	 * Sends a message to the element that the session is with, in the order of the calls.
	 * It is never sent to another element: what was not answered before a failover is
	 * sent again, if at all, by whom the {@link MessageSessionListener} tells of it.
	 * Messages that the element is to see after the cookie have the stream 0.
	 * @param message the message; its octets belong to the session from now on
	 * @return done when the message is on its way, which does not say that it arrives;
	 * fails with an {@link org.rserpool.rpc.RSerPoolException} if it surely does not,
	 * such as while the session looks for an element, and with an
	 * {@link IllegalArgumentException} if it can never be sent. What follows it directly
	 * runs on the loop of the node, and must not block.
	 * @throws IllegalArgumentException if the payload protocol identifier is that of
	 * ASAP, 11, or of this project's heartbeats
	 */
	CompletableFuture<Void> send(UserMessage message);

	/**
	 * Leaves the element, such as one that does not answer in time, and goes on with
	 * another. Does nothing while there is no element.
	 * @param report whether the home registrar is told that the element is unreachable
	 * @param reason why, in words
	 */
	void failOver(boolean report, String reason);

	/**
	 * Ends the session when all that is on its way is delivered. The listener hears
	 * nothing any more.
	 */
	@Override
	void close();

}
