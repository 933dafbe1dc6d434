package org.rserpool.spring.http;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.rserpool.rpc.ElementSpecification;
import org.rserpool.wire.PoolHandle;

/**
 * Counts the requests of pool users that the web server carries out, and knows for which
 * pools it still does. A pool is idle when there was no request for a moment: an answer
 * may still be on its way, and a pool user may have chosen the element just before it
 * heard that it left.
 *
 * @since 0.1
 */
public final class HttpElementRequests {

	private static final Duration QUIET = Duration.ofMillis(250);

	private final Map<PoolHandle, Requests> pools = new HashMap<>();

	void join(PoolHandle pool) {
		join(pool, ElementSpecification.UNLIMITED);
	}

	/**
	 * Begins to serve a pool.
	 * @param pool the pool
	 * @param limit how many requests may be in progress at a time
	 */
	synchronized void join(PoolHandle pool, int limit) {
		Requests requests = this.pools.computeIfAbsent(pool, (added) -> new Requests());
		requests.member = true;
		requests.limit = limit;
	}

	synchronized void leave(PoolHandle pool) {
		Requests requests = this.pools.get(pool);
		if (requests != null) {
			requests.member = false;
			requests.lastNanos = System.nanoTime();
		}
	}

	/**
	 * Begins a request, which is to be ended if it is not refused.
	 * @param pool its pool, or {@code null} if it names none that can be
	 * @return why it is refused, or {@code null} if it is not
	 */
	synchronized @Nullable String begin(@Nullable PoolHandle pool) {
		Requests requests = (pool != null) ? this.pools.get(pool) : null;
		if (requests == null) {
			return PoolHeaders.UNKNOWN_POOL;
		}
		requests.used = true;
		if (!requests.member) {
			requests.lastNanos = System.nanoTime();
			return PoolHeaders.DRAINING;
		}
		if (requests.count >= requests.limit) {
			return PoolHeaders.OVERLOADED;
		}
		if (requests.count++ == 0) {
			requests.idle = new CompletableFuture<>();
		}
		return null;
	}

	void end(PoolHandle pool) {
		CompletableFuture<Void> done = null;
		synchronized (this) {
			Requests requests = this.pools.get(pool);
			if (requests != null) {
				requests.lastNanos = System.nanoTime();
				done = (--requests.count == 0) ? requests.idle : null;
			}
		}
		if (done != null) {
			done.complete(null);
		}
	}

	synchronized int count(PoolHandle pool) {
		Requests requests = this.pools.get(pool);
		return (requests != null) ? requests.count : 0;
	}

	CompletableFuture<Void> idle(PoolHandle pool) {
		CompletableFuture<Void> ended;
		synchronized (this) {
			Requests requests = this.pools.get(pool);
			if (requests == null || !requests.used) {
				return CompletableFuture.completedFuture(null);
			}
			ended = requests.idle.copy();
		}
		return ended.thenCompose((done) -> quiet(pool));
	}

	private CompletableFuture<Void> quiet(PoolHandle pool) {
		long wait;
		synchronized (this) {
			Requests requests = this.pools.get(pool);
			wait = (requests != null) ? QUIET.toNanos() - (System.nanoTime() - requests.lastNanos) : 0;
		}
		if (wait <= 0) {
			return CompletableFuture.completedFuture(null);
		}
		Executor later = CompletableFuture.delayedExecutor(wait, TimeUnit.NANOSECONDS);
		return CompletableFuture.runAsync(() -> {
		}, later).thenCompose((done) -> quiet(pool));
	}

	private static final class Requests {

		private boolean member;

		private int limit = ElementSpecification.UNLIMITED;

		private boolean used;

		private int count;

		private long lastNanos = System.nanoTime();

		private CompletableFuture<Void> idle = CompletableFuture.completedFuture(null);

	}

}
