package org.rserpool.rpc;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.rserpool.transport.RoleLoop;

/**
 * Hands calls of any thread to the caller on its loop, and bounds their number.
 */
final class LoopClient implements RpcClient {

	private static final Logger logger = LoggerFactory.getLogger(LoopClient.class);

	private final RoleLoop loop;

	private final int maxPendingCalls;

	private final AtomicInteger pending = new AtomicInteger();

	private final RpcCaller caller;

	LoopClient(RoleLoop loop, int maxPendingCalls, ElementSource elements, ChannelSource channels,
			CallListener listener) {
		this.loop = loop;
		this.maxPendingCalls = maxPendingCalls;
		this.caller = new RpcCaller(loop, elements, channels, this.pending::decrementAndGet, listener);
	}

	RpcCaller caller() {
		return this.caller;
	}

	@Override
	public CompletableFuture<byte[]> call(RpcRequest request) {
		CallFuture<byte[]> result = new CallFuture<>(this.loop);
		if (this.pending.incrementAndGet() > this.maxPendingCalls) {
			this.pending.decrementAndGet();
			result
				.completeExceptionally(
						new NoPoolElementException(
								"The call of " + request.method() + " in pool " + request.pool() + " was not begun: "
										+ this.maxPendingCalls + " calls are pending already",
								request.pool(), List.of()));
			return result;
		}
		try {
			Call call = new Call(request, result, this.loop.nanoTime());
			result.onCancel(() -> cancel(call));
			this.loop.execute(() -> this.caller.start(call));
		}
		catch (RejectedExecutionException ex) {
			this.pending.decrementAndGet();
			result
				.completeExceptionally(new RSerPoolException(
						"The call of " + request.method() + " in pool " + request.pool()
								+ " was not begun: this process left the operation scope",
						request.pool(), List.of(), ex));
		}
		catch (IllegalArgumentException ex) {
			this.pending.decrementAndGet();
			result.completeExceptionally(
					new RSerPoolException("The call in pool " + request.pool() + " cannot be sent: " + ex.getMessage(),
							request.pool(), List.of(), ex));
		}
		return result;
	}

	private void cancel(Call call) {
		try {
			this.loop.execute(() -> this.caller.cancelled(call));
		}
		catch (RejectedExecutionException ex) {
			logger.debug("A call was cancelled when {} was closed already", this.loop, ex);
		}
	}

}
