package org.rserpool.registrar.app;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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
 * The registrar's meters. A scrape reads many of them, and asks the registrar once.
 */
class RegistrarMetrics implements MeterBinder {

	private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

	private final Registrar registrar;

	private @Nullable View view;

	RegistrarMetrics(Registrar registrar) {
		this.registrar = registrar;
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
						(self) -> self.view().counters().getOrDefault(name, 0L))
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
			List<MessageCount> messages = self.view().messages();
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
			RegistrarSnapshot snapshot = self.view().snapshot();
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

	private synchronized View view() {
		View last = this.view;
		if (last == null || System.nanoTime() - last.time() > FRESH_NANOS) {
			last = new View(System.nanoTime(), this.registrar.snapshot(), this.registrar.counters(),
					this.registrar.messages());
			this.view = last;
		}
		return last;
	}

	private record View(long time, @Nullable RegistrarSnapshot snapshot, Map<String, Long> counters,
			List<MessageCount> messages) {
	}

}
