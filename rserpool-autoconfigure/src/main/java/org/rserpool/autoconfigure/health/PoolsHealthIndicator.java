package org.rserpool.autoconfigure.health;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import org.rserpool.rpc.RSerPoolNode;
import org.rserpool.user.CachedPool;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Tells whether the pools that the application requires have elements: those that it
 * knows, or else those that a registrar names. DOWN when a pool has none, and UNKNOWN
 * when no pool is required.
 */
class PoolsHealthIndicator extends AbstractHealthIndicator {

	private static final Duration PATIENCE = Duration.ofSeconds(1);

	private final RSerPoolNode node;

	private final Needs needs;

	private final Supplier<Set<PoolHandle>> required;

	/**
	 * Makes an indicator.
	 * @param node resolves pools
	 * @param needs what the application needs
	 * @param required knows the pools that are required
	 */
	PoolsHealthIndicator(RSerPoolNode node, Needs needs, Supplier<Set<PoolHandle>> required) {
		super("The health of pools could not be found out");
		this.node = node;
		this.needs = needs;
		this.required = required;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) throws InterruptedException {
		if (!this.needs.isUsed(builder)) {
			return;
		}
		Set<PoolHandle> pools = this.required.get();
		if (pools.isEmpty()) {
			builder.unknown().withDetail("reason", "The application has no pool user that is eager");
			return;
		}
		Map<String, Object> known = new TreeMap<>();
		Map<String, Object> missing = new TreeMap<>();
		List<PoolHandle> asked = new ArrayList<>(pools);
		for (CachedPool pool : this.node.pools()) {
			if (!pool.elements().isEmpty() && asked.remove(pool.pool())) {
				known.put(pool.pool().toString(), pool.elements().size());
			}
		}
		resolve(asked, known, missing);
		if (missing.isEmpty()) {
			builder.up();
		}
		else if (this.node.home() == null) {
			this.needs.withoutRegistrar(builder, this.node.homeLostFor() != null);
		}
		else {
			builder.down();
		}
		builder.withDetail("elements", known);
		if (!missing.isEmpty()) {
			builder.withDetail("missing", missing);
		}
	}

	private static String reason(ExecutionException failure) {
		Throwable cause = failure.getCause();
		return String.valueOf(((cause != null) ? cause : failure).getMessage());
	}

	/**
	 * Asks for all pools at once.
	 */
	private void resolve(List<PoolHandle> pools, Map<String, Object> known, Map<String, Object> missing)
			throws InterruptedException {
		Map<PoolHandle, CompletableFuture<List<PoolElement>>> answers = new TreeMap<>(
				(one, other) -> one.toString().compareTo(other.toString()));
		pools.forEach((pool) -> answers.put(pool, this.node.selector().resolve(pool)));
		long end = System.nanoTime() + PATIENCE.toNanos();
		for (Map.Entry<PoolHandle, CompletableFuture<List<PoolElement>>> answer : answers.entrySet()) {
			String pool = answer.getKey().toString();
			try {
				known.put(pool,
						answer.getValue().get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS).size());
			}
			catch (ExecutionException ex) {
				missing.put(pool, reason(ex));
			}
			catch (TimeoutException ex) {
				missing.put(pool, "No registrar answered within " + PATIENCE.toMillis() + " ms");
			}
		}
	}

}
