package org.rserpool.rpc;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A pool element that is served: who carries its calls out, where, and how many at a
 * time.
 */
final class ServedElement {

	private final RpcHandler handler;

	private final Executor executor;

	private final int limit;

	private final AtomicInteger inProgress = new AtomicInteger();

	ServedElement(RpcHandler handler, Executor executor, int limit) {
		this.handler = handler;
		this.executor = executor;
		this.limit = limit;
	}

	RpcHandler handler() {
		return this.handler;
	}

	Executor executor() {
		return this.executor;
	}

	int limit() {
		return this.limit;
	}

	/**
	 * Return how many calls are in progress, or wait for a thread.
	 */
	int inProgress() {
		return this.inProgress.get();
	}

	boolean full() {
		return inProgress() >= this.limit;
	}

	void begun() {
		this.inProgress.incrementAndGet();
	}

	void ended() {
		this.inProgress.decrementAndGet();
	}

}
