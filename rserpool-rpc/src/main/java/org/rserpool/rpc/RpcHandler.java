package org.rserpool.rpc;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/**
 * Carries calls out, at a pool element.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface RpcHandler {

	/**
	 * Carries a call out. Runs on the executor that the element was registered with.
	 * @param invocation the call
	 * @return the encoded result, now or later. An exception, thrown or in the stage,
	 * becomes a {@link RemoteInvocationException} at the caller; an
	 * {@link UnknownMethodException} says that nothing was carried out.
	 */
	CompletionStage<byte[]> handle(RpcInvocation invocation);

	/**
	 * Carries a call out whose caller takes a stream of items. Runs on the executor that
	 * the element was registered with, where items are asked for as well.
	 * @param invocation the call
	 * @return the encoded items. No more are asked for than the caller takes; when it
	 * takes none any more, the subscription is cancelled.
	 */
	default Flow.Publisher<byte[]> stream(RpcInvocation invocation) {
		throw new UnknownMethodException(
				"The element of pool " + invocation.pool() + " answers " + invocation.method() + " with no stream");
	}

}
