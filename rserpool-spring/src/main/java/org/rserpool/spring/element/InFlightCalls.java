package org.rserpool.spring.element;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;

import org.rserpool.rpc.RpcHandler;
import org.rserpool.rpc.RpcInvocation;

/**
 * Counts the calls of one pool element from the moment they are handed to an executor
 * until their result is there.
 */
class InFlightCalls implements RpcHandler {

	private final RpcHandler handler;

	private int count;

	private CompletableFuture<Void> idle = CompletableFuture.completedFuture(null);

	InFlightCalls(RpcHandler handler) {
		this.handler = handler;
	}

	/**
	 * Return an executor that counts what it is given.
	 * @param executor where it runs
	 * @return the executor
	 */
	Executor on(Executor executor) {
		return (task) -> execute(executor, task);
	}

	private void execute(Executor executor, Runnable task) {
		begin();
		try {
			executor.execute(() -> {
				try {
					task.run();
				}
				finally {
					end();
				}
			});
		}
		catch (RuntimeException ex) {
			end();
			throw ex;
		}
	}

	@Override
	public CompletionStage<byte[]> handle(RpcInvocation invocation) {
		begin();
		try {
			CompletionStage<byte[]> result = this.handler.handle(invocation);
			result.whenComplete((value, failure) -> end());
			return result;
		}
		catch (RuntimeException ex) {
			end();
			throw ex;
		}
	}

	@Override
	public Flow.Publisher<byte[]> stream(RpcInvocation invocation) {
		Flow.Publisher<byte[]> items = this.handler.stream(invocation);
		return (subscriber) -> {
			begin();
			items.subscribe(new CountedSubscriber(subscriber, this::end));
		};
	}

	/**
	 * Return how many calls are in progress.
	 * @return the number; a call counts more than once while it runs
	 */
	synchronized int count() {
		return this.count;
	}

	/**
	 * Return when there is no call in progress.
	 * @return done when the last call ends; a copy, which may be completed by anyone
	 */
	synchronized CompletableFuture<Void> idle() {
		return this.idle.copy();
	}

	private synchronized void begin() {
		if (this.count++ == 0) {
			this.idle = new CompletableFuture<>();
		}
	}

	private void end() {
		CompletableFuture<Void> done = null;
		synchronized (this) {
			if (--this.count == 0) {
				done = this.idle;
			}
		}
		if (done != null) {
			done.complete(null);
		}
	}

}
