package org.rserpool.rpc;

import java.util.concurrent.CompletableFuture;

import org.rserpool.rpc.state.SessionId;
import org.rserpool.wire.PoolHandle;

/**
 * A session with a pool: its calls are made one after another, in the order in which they
 * were given, all to one element while that lives. After each call that changed the
 * state, that element gives a cookie, and when it is lost, the next element goes on from
 * the newest cookie. So a call that nobody knows to be carried out is made again: what it
 * did to the state was lost with the element, or is known to it. Any thread may use it.
 *
 * @since 0.1
 * @see RpcClient#session(PoolHandle)
 */
public interface RpcSession extends AutoCloseable {

	/**
	 * Return the session's identifier.
	 * @return the identifier, which the elements know too
	 */
	SessionId id();

	/**
	 * Return the version of the newest cookie.
	 * @return the version, counted up from 1; 0 before there is one
	 */
	long version();

	/**
	 * Makes a call. Its deadline includes the time for which it waits for the calls that
	 * were given before.
	 * @param request the call; its pool is that of the session
	 * @return the encoded result, or an {@link RSerPoolException}. Cancelling it ends the
	 * call.
	 * @throws IllegalArgumentException if the request is for another pool
	 * @throws IllegalStateException if the session is closed
	 */
	CompletableFuture<byte[]> call(RpcRequest request);

	/**
	 * Ends the session. Calls that were given before still end; then the element forgets
	 * the session, if it can be told.
	 */
	@Override
	void close();

}
