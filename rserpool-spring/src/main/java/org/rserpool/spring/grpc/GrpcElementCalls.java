package org.rserpool.spring.grpc;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.rserpool.rpc.ElementSpecification;
import org.rserpool.wire.PoolHandle;

/**
 * Counts the calls of pool users that the gRPC server carries out, and knows for which
 * pools it still does. A pool is idle when there was no call for a moment: a pool user
 * may have chosen the element just before it heard that it left.
 *
 * @since 0.1
 */
public final class GrpcElementCalls {

	private static final Duration QUIET = Duration.ofMillis(250);

	private final Map<PoolHandle, Calls> pools = new HashMap<>();

	void join(PoolHandle pool) {
		join(pool, ElementSpecification.UNLIMITED);
	}

	/**
	 * Begins to serve a pool.
	 * @param pool the pool
	 * @param limit how many calls may be in progress at a time
	 */
	synchronized void join(PoolHandle pool, int limit) {
		Calls calls = this.pools.computeIfAbsent(pool, (added) -> new Calls());
		calls.member = true;
		calls.limit = limit;
	}

	synchronized void leave(PoolHandle pool) {
		Calls calls = this.pools.get(pool);
		if (calls != null) {
			calls.member = false;
			calls.lastNanos = System.nanoTime();
		}
	}

	/**
	 * Begins a call, which is to be ended if it is not refused.
	 * @param pool its pool, or {@code null} if it names none that can be
	 * @return why it is refused, or {@code null} if it is not
	 */
	synchronized @Nullable String begin(@Nullable PoolHandle pool) {
		Calls calls = (pool != null) ? this.pools.get(pool) : null;
		if (calls == null) {
			return PoolMetadata.UNKNOWN_POOL;
		}
		calls.used = true;
		calls.lastNanos = System.nanoTime();
		if (!calls.member) {
			return PoolMetadata.DRAINING;
		}
		if (calls.count >= calls.limit) {
			return PoolMetadata.OVERLOADED;
		}
		if (calls.count++ == 0) {
			calls.ended = new CompletableFuture<>();
		}
		return null;
	}

	void end(PoolHandle pool) {
		CompletableFuture<Void> done = null;
		synchronized (this) {
			Calls calls = this.pools.get(pool);
			if (calls != null) {
				calls.lastNanos = System.nanoTime();
				done = (--calls.count == 0) ? calls.ended : null;
			}
		}
		if (done != null) {
			done.complete(null);
		}
	}

	synchronized int count(PoolHandle pool) {
		Calls calls = this.pools.get(pool);
		return (calls != null) ? calls.count : 0;
	}

	CompletableFuture<Void> idle(PoolHandle pool) {
		CompletableFuture<Void> ended;
		synchronized (this) {
			Calls calls = this.pools.get(pool);
			if (calls == null || !calls.used) {
				return CompletableFuture.completedFuture(null);
			}
			ended = calls.ended.copy();
		}
		return ended.thenCompose((done) -> quiet(pool));
	}

	private CompletableFuture<Void> quiet(PoolHandle pool) {
		long wait;
		synchronized (this) {
			Calls calls = this.pools.get(pool);
			wait = (calls != null) ? QUIET.toNanos() - (System.nanoTime() - calls.lastNanos) : 0;
		}
		if (wait <= 0) {
			return CompletableFuture.completedFuture(null);
		}
		return CompletableFuture.runAsync(() -> {
		}, CompletableFuture.delayedExecutor(wait, TimeUnit.NANOSECONDS)).thenCompose((done) -> quiet(pool));
	}

	private static final class Calls {

		private boolean member;

		private int limit = ElementSpecification.UNLIMITED;

		private boolean used;

		private int count;

		private long lastNanos = System.nanoTime();

		private CompletableFuture<Void> ended = CompletableFuture.completedFuture(null);

	}

}
