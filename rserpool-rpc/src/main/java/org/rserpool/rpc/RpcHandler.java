package org.rserpool.rpc;

import java.util.concurrent.CompletionStage;

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

}
