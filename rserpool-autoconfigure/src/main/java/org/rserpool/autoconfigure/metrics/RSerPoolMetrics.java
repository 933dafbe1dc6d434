package org.rserpool.autoconfigure.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;
import org.rserpool.rpc.CallListener;
import org.rserpool.rpc.CallOutcome;
import org.rserpool.rpc.EndedCall;
import org.rserpool.rpc.RSerPoolNode;
import org.rserpool.spring.element.PoolElementRegistry;
import org.rserpool.spring.element.PoolElementStatus;
import org.rserpool.user.CachedPool;
import org.rserpool.wire.PoolHandle;

/**
 * Meters of an application's part in its pools. Those of a pool appear when it is called
 * for the first time.
 */
class RSerPoolMetrics implements MeterBinder, CallListener {

	private static final int MAXIMUM_POOLS = 1_000;

	private final Supplier<RSerPoolNode> node;

	private final Supplier<PoolElementRegistry> elements;

	private final Map<PoolHandle, PoolMeters> pools = new ConcurrentHashMap<>();

	private volatile @Nullable MeterRegistry registry;

	RSerPoolMetrics(Supplier<RSerPoolNode> node, Supplier<PoolElementRegistry> elements) {
		this.node = node;
		this.elements = elements;
	}

	@Override
	public void bindTo(MeterRegistry bound) {
		this.registry = bound;
		Gauge.builder("rserpool.registrar.connected", this, (self) -> (self.node.get().home() != null) ? 1 : 0)
			.description("Whether there is a home registrar: 1 or 0")
			.register(bound);
		Gauge.builder("rserpool.elements", this, (self) -> self.count((status) -> status.element() != null))
			.description("Pool elements of this application that are in their pools, or about to be")
			.register(bound);
		Gauge.builder("rserpool.elements.drained", this, (self) -> self.count(PoolElementStatus::drained))
			.description("Pool elements of this application that stay out of their pools")
			.register(bound);
		Gauge
			.builder("rserpool.elements.calls", this,
					(self) -> self.elements.get().status().stream().mapToInt(PoolElementStatus::callsInProgress).sum())
			.description("Calls that the pool elements of this application carry out")
			.register(bound);
		Gauge
			.builder("rserpool.elements.load", this,
					(self) -> self.elements.get()
						.status()
						.stream()
						.map(PoolElementStatus::load)
						.mapToDouble((load) -> (load != null) ? load : 0)
						.max()
						.orElse(0))
			.description("The highest load that a pool element of this application reported, from 0 to 1")
			.register(bound);
	}

	@Override
	public void callEnded(EndedCall call) {
		MeterRegistry bound = this.registry;
		if (bound == null) {
			return;
		}
		PoolMeters meters = this.pools.get(call.pool());
		if (meters == null) {
			if (this.pools.size() >= MAXIMUM_POOLS) {
				return;
			}
			meters = new PoolMeters(bound, call.pool());
			this.pools.put(call.pool(), meters);
		}
		meters.ended(call);
	}

	private double count(Predicate<PoolElementStatus> which) {
		return this.elements.get().status().stream().filter(which).count();
	}

	private double known(PoolHandle pool, ToDoubleFunction<CachedPool> value) {
		return this.node.get()
			.pools()
			.stream()
			.filter((known) -> known.pool().equals(pool))
			.mapToDouble(value)
			.findFirst()
			.orElse(0);
	}

	/**
	 * The meters of one pool.
	 */
	private final class PoolMeters {

		private final Counter failovers;

		private final Map<CallOutcome, Counter> calls = new ConcurrentHashMap<>();

		private final MeterRegistry bound;

		private final String tag;

		PoolMeters(MeterRegistry bound, PoolHandle pool) {
			this.bound = bound;
			this.tag = pool.toString();
			Gauge
				.builder("rserpool.pool.elements", RSerPoolMetrics.this,
						(self) -> self.known(pool, (known) -> known.elements().size()))
				.tag("pool", this.tag)
				.description("Elements of a pool as far as this pool user knows them")
				.register(bound);
			Gauge
				.builder("rserpool.pool.suspects", RSerPoolMetrics.this,
						(self) -> self.known(pool, CachedPool::suspects))
				.tag("pool", this.tag)
				.description("Elements of a pool that are under suspicion, or on probation after it")
				.register(bound);
			this.failovers = Counter.builder("rserpool.pool.failovers")
				.tag("pool", this.tag)
				.description("Attempts of calls that failed")
				.register(bound);
		}

		void ended(EndedCall call) {
			this.calls
				.computeIfAbsent(call.outcome(),
						(outcome) -> Counter.builder("rserpool.pool.calls")
							.tag("pool", this.tag)
							.tag("outcome", outcome.name())
							.description("Calls through a pool that ended")
							.register(this.bound))
				.increment();
			if (!call.failedAttempts().isEmpty()) {
				this.failovers.increment(call.failedAttempts().size());
			}
		}

	}

}
