package org.rserpool.rpc;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

import org.rserpool.wire.PoolHandle;

/**
 * Calls elements of pools, and fails over between them. Any thread may use it.
 *
 * <p>
 * The retry budget of a pool is a bucket of tokens. It begins with 100; each call puts
 * {@link RpcRequest#retryBudget()} in, up to 10,000; below 100, one a second comes by
 * itself. An attempt after the first one takes a token out, and is not made if there is
 * none; but an attempt is free that follows one whose request surely reached no element,
 * or an element that leaves its pool, and that goes to an element which is not suspected
 * and was not tried. So the death of one element takes nothing from those calls that
 * never left this process, and when all elements are down or overloaded, retries add no
 * more than the budget to the load.
 *
 * @since 0.1
 */
public interface RpcClient {

	/**
	 * Makes a call. Which element serves it is up to the pool's policy. When an attempt
	 * fails, another element is tried as long as that is safe: always if the call surely
	 * was not carried out ({@link CallOutcome#NOT_SENT}); if nobody knows
	 * ({@link CallOutcome#UNKNOWN}) only if the call is idempotent, or at the same
	 * element if it has {@link RpcRequest#replay()}.
	 * @param request the call
	 * @return the encoded result, or an {@link RSerPoolException}. Cancelling it ends the
	 * call.
	 */
	CompletableFuture<byte[]> call(RpcRequest request);

	/**
	 * Makes a call that is answered by a stream of items. The call begins when the
	 * subscriber first asks for items, and the element never sends more than it asked
	 * for. Another element is tried only before the first item. The deadline holds until
	 * the first item; after that, the stream lasts as long as its element lives and the
	 * subscriber does not cancel it.
	 * @param request the call
	 * @return the encoded items; each subscriber makes a call of its own. It is told on
	 * the loop that makes all calls, so it must neither block nor take long.
	 * @throws UnsupportedOperationException if this client makes no such calls
	 */
	default Flow.Publisher<byte[]> stream(RpcRequest request) {
		throw new UnsupportedOperationException(getClass().getName() + " makes no calls that are answered by a stream");
	}

	/**
	 * Opens a session. Nothing is sent before its first call.
	 * @param pool the pool, whose elements keep sessions
	 * @return the session
	 * @throws UnsupportedOperationException if this client has no sessions
	 */
	default RpcSession session(PoolHandle pool) {
		throw new UnsupportedOperationException(getClass().getName() + " has no sessions");
	}

	/**
	 * Resolves a pool and opens channels to its elements ahead of the first call, as far
	 * as that can be done. Does not wait for it.
	 * @param pool the pool
	 */
	default void prepare(PoolHandle pool) {
	}

}
