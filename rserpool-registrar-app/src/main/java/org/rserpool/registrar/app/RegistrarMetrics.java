package org.rserpool.registrar.app;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;
import org.rserpool.registrar.MessageCount;
import org.rserpool.registrar.RegistrarRole;
import org.rserpool.registrar.RegistrarSnapshot;
import org.rserpool.registrar.RegistrarSnapshot.PeerState;

/**
 * The registrar's meters. A scrape reads many of them, and asks the registrar once. When
 * that does not answer in time, its gauges are unknown, and its counts as they were.
 */
class RegistrarMetrics implements MeterBinder {

	private static final Duration FRESH = Duration.ofMillis(200);

	private static final Duration PATIENCE = Duration.ofSeconds(1);

	private final SharedAnswer<View> views;

	RegistrarMetrics(Registrar registrar) {
		this.views = new SharedAnswer<>(() -> ask(registrar), FRESH, PATIENCE);
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		gauge(registry, "rserpool.registrar.pools", "Pools in the handlespace", (now) -> now.pools().size());
		gauge(registry, "rserpool.registrar.pool.elements", "Pool elements in the handlespace",
				RegistrarMetrics::elements);
		gauge(registry, "rserpool.registrar.pool.elements.owned", "Pool elements that this registrar owns",
				RegistrarMetrics::owned);
		gauge(registry, "rserpool.registrar.peers", "Peers that live",
				(now) -> now.peers().stream().filter((peer) -> peer.state() == PeerState.ACTIVE).count());
		gauge(registry, "rserpool.registrar.running", "1 when the registrar gives service, else 0",
				(now) -> (now.state() == RegistrarSnapshot.State.RUNNING) ? 1 : 0);
		RegistrarRole.counterNames()
			.forEach((name) -> FunctionCounter
				.builder("rserpool.registrar." + name.replace('_', '.'), this,
						(self) -> self.counted().counters().getOrDefault(name, 0L))
				.register(registry));
		List<MessageCount> types = RegistrarRole.messageTypes();
		for (int index = 0; index < types.size(); index++) {
			messages(registry, types.get(index), index, "received", MessageCount::received);
			messages(registry, types.get(index), index, "sent", MessageCount::sent);
		}
	}

	private void messages(MeterRegistry registry, MessageCount type, int index, String direction,
			ToDoubleFunction<MessageCount> value) {
		FunctionCounter.builder("rserpool.registrar.messages", this, (self) -> {
			List<MessageCount> messages = self.counted().messages();
			return messages.isEmpty() ? 0 : value.applyAsDouble(messages.get(index));
		})
			.tag("protocol", type.protocol())
			.tag("type", type.type())
			.tag("direction", direction)
			.description("Messages over associations")
			.register(registry);
	}

	private void gauge(MeterRegistry registry, String name, String description,
			ToDoubleFunction<RegistrarSnapshot> value) {
		Gauge.builder(name, this, (self) -> {
			View now = self.views.get();
			if (now == null) {
				return Double.NaN;
			}
			RegistrarSnapshot snapshot = now.snapshot();
			return (snapshot != null) ? value.applyAsDouble(snapshot) : 0;
		}).description(description).register(registry);
	}

	private static double elements(RegistrarSnapshot snapshot) {
		return snapshot.pools().stream().mapToInt((pool) -> pool.elements().size()).sum();
	}

	private static double owned(RegistrarSnapshot snapshot) {
		return snapshot.pools()
			.stream()
			.flatMap((pool) -> pool.elements().stream())
			.filter((element) -> element.homeRegistrar() == snapshot.identifier())
			.count();
	}

	/**
	 * What was counted, as far as is known: counters do not go back.
	 */
	private View counted() {
		View now = this.views.get();
		View latest = (now != null) ? now : this.views.latest();
		return (latest != null) ? latest : View.NONE;
	}

	private static CompletableFuture<View> ask(Registrar registrar) {
		if (!registrar.isRunning()) {
			return CompletableFuture.completedFuture(View.NONE);
		}
		try {
			return registrar.askLater((role) -> new View(role.snapshot(), role.counters(), role.messages()));
		}
		catch (RejectedExecutionException ex) {
			// It stops at this moment.
			return CompletableFuture.failedFuture(ex);
		}
	}

	private record View(@Nullable RegistrarSnapshot snapshot, Map<String, Long> counters, List<MessageCount> messages) {

		static final View NONE = new View(null, Map.of(), List.of());

	}

}
