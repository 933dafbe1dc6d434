package org.rserpool.rpc.session;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.rserpool.runtime.UserMessage;
import org.rserpool.wire.Octets;
import org.rserpool.wire.PoolHandle;

/**
 * A session of a pool element with a pool user. Any thread may use it.
 *
 * @since 0.1
 */
public interface ElementSession {

	/**
	 * Return the pool.
	 * @return the pool
	 */
	PoolHandle pool();

	/**
	 * Return the element that serves the session.
	 * @return its identifier
	 */
	int element();

	/**
	 * Return where the pool user is.
	 * @return its addresses, with the port
	 */
	List<InetSocketAddress> userAddresses();

	/**
	 * Return what the handler keeps with the session.
	 * @return a map that any thread may change; empty at first
	 */
	Map<String, Object> attributes();

	/**
	 * Return whether the session is open.
	 * @return {@code false} from the moment in which it is known to be over
	 */
	boolean isOpen();

	/**
	 * Sends a message to the pool user, in the order of the calls.
	 * @param message the message; its octets belong to the session from now on
	 * @return done when the message is on its way, which does not say that it arrives; a
	 * session that produces much waits for it. Fails with an
	 * {@link org.rserpool.rpc.RSerPoolException} if the session is over, and with an
	 * {@link IllegalArgumentException} if the message can never be sent. What follows it
	 * directly runs on the loop of the node, and must not block.
	 * @throws IllegalArgumentException if the payload protocol identifier is that of
	 * ASAP, 11, or of this project's heartbeats
	 */
	CompletableFuture<Void> send(UserMessage message);

	/**
	 * Gives the pool user a cookie, which replaces the one that it has, and which it
	 * brings to the element that goes on with the session. It keeps its place among the
	 * messages of stream 0.
	 * @param cookie what that element needs to know. The reference implementation takes
	 * only cookies whose length is a multiple of 4.
	 * @return as for {@link #send}
	 * @throws IllegalArgumentException if it is too long for a message
	 */
	CompletableFuture<Void> sendCookie(Octets cookie);

	/**
	 * Ends the association when all that is on its way is delivered. A pool user that
	 * still needs the session goes on with it elsewhere.
	 */
	void close();

	/**
	 * Ends the association at once.
	 */
	void abort();

}
