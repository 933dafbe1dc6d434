package org.rserpool.rpc;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * A pool element that is served: who carries its calls out, where, and how many at a
 * time.
 */
final class ServedElement {

	private final RpcHandler handler;

	private final Executor executor;

	private final int limit;

	private final AtomicInteger inProgress = new AtomicInteger();

	private final @Nullable ServedSessions sessions;

	ServedElement(RpcHandler handler, Executor executor, int limit, @Nullable ServedSessions sessions) {
		this.sessions = sessions;
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

	/**
	 * Return the sessions.
	 * @return the sessions, or {@code null} if calls can be part of none
	 */
	@Nullable ServedSessions sessions() {
		return this.sessions;
	}

	/**
	 * Return how many sessions are in memory. Any thread may ask.
	 */
	int sessionCount() {
		return (this.sessions != null) ? this.sessions.size() : 0;
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
