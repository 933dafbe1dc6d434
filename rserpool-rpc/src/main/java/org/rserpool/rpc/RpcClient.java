package org.rserpool.rpc;

import java.util.concurrent.CompletableFuture;

/**
 * Calls elements of pools, and fails over between them. Any thread may use it.
 *
 * @since 0.1
 */
public interface RpcClient {

	/**
	 * Makes a call. Which element serves it is up to the pool's policy. When an attempt
	 * fails, another element is tried as long as that is safe: always if the call surely
	 * was not carried out ({@link CallOutcome#NOT_SENT}); if nobody knows
	 * ({@link CallOutcome#UNKNOWN}) only if the call is idempotent.
	 * @param request the call
	 * @return the encoded result, or an {@link RSerPoolException}. Cancelling it ends the
	 * call.
	 */
	CompletableFuture<byte[]> call(RpcRequest request);

}
