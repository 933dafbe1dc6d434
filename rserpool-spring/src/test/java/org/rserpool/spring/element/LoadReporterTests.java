package org.rserpool.spring.element;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;
import org.rserpool.rpc.RegisteredElement;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PolicyField;
import org.rserpool.wire.PolicyType;
import org.rserpool.wire.PoolHandle;

import static org.assertj.core.api.Assertions.assertThat;

class LoadReporterTests {

	private static final PoolHandle POOL = PoolHandle.of("pool");

	private final Element element = new Element();

	private long now;

	private double load;

	@Test
	void reportsAChangeOfFivePercentOrMore() {
		LoadReporter reporter = reporter(PolicyType.LEAST_USED, 0);
		step(reporter, 0.049);
		assertThat(this.element.loads()).isEmpty();
		step(reporter, 0.05);
		step(reporter, 0.09);
		step(reporter, 0.25);
		step(reporter, 0.21);
		step(reporter, 0.1);
		assertThat(this.element.loads()).containsExactly(0.05, 0.25, 0.1);
		assertThat(reporter.reported()).isEqualTo(0.1);
	}

	@Test
	void reportsNoMoreThanOnceInAHundredMilliseconds() {
		LoadReporter reporter = reporter(PolicyType.LEAST_USED, 0);
		for (int millis = 0; millis < 1000; millis++) {
			this.now += 1_000_000;
			this.load = (millis % 2 == 0) ? 1 : 0;
			reporter.run();
		}
		assertThat(this.element.updates).hasSizeBetween(9, 10);
	}

	@Test
	void keepsTheOtherValuesOfThePolicy() {
		step(reporter(PolicyType.LEAST_USED_DEGRADATION, 77), 1);
		assertThat(this.element.updates).singleElement().satisfies((policy) -> {
			assertThat(policy.value(PolicyField.LOAD)).isEqualTo(0xffffffffL);
			assertThat(policy.value(PolicyField.LOAD_DEGRADATION)).isEqualTo(77);
		});
	}

	@Test
	void boundsWhatAProviderSays() {
		LoadReporter reporter = reporter(PolicyType.LEAST_USED, 0);
		step(reporter, 17);
		step(reporter, Double.NaN);
		step(reporter, -3);
		assertThat(this.element.loads()).containsExactly(1.0, 0.0);
	}

	@Test
	void goesOnWhenAProviderFails() {
		LoadReporter reporter = new LoadReporter(this.element, policy(PolicyType.LEAST_USED, 0), (activity) -> {
			if (this.load == 0) {
				throw new IllegalStateException("broken");
			}
			return this.load;
		}, () -> new ElementActivity(POOL, 0, 1), 0.05, () -> this.now);
		step(reporter, 0);
		step(reporter, 0.5);
		assertThat(this.element.loads()).containsExactly(0.5);
	}

	@Test
	void appliesToPoliciesByLoadOnly() {
		assertThat(LoadReporter.applies(policy(PolicyType.LEAST_USED, 0))).isTrue();
		assertThat(LoadReporter.applies(MemberSelectionPolicy.ROUND_ROBIN)).isFalse();
	}

	private LoadReporter reporter(PolicyType type, long degradation) {
		return new LoadReporter(this.element, policy(type, degradation), (activity) -> this.load,
				() -> new ElementActivity(POOL, 0, 1), 0.05, () -> this.now);
	}

	private static MemberSelectionPolicy policy(PolicyType type, long degradation) {
		return MemberSelectionPolicy.of(type,
				type.fields().stream().mapToLong((field) -> (field == PolicyField.LOAD) ? 0 : degradation).toArray());
	}

	private void step(LoadReporter reporter, double value) {
		this.now += 100_000_000;
		this.load = value;
		reporter.run();
	}

	private static final class Element implements RegisteredElement {

		private final List<MemberSelectionPolicy> updates = new ArrayList<>();

		List<Double> loads() {
			return this.updates.stream()
				.map((policy) -> Math.round(policy.value(PolicyField.LOAD) / (double) 0xffffffffL * 1e6) / 1e6)
				.toList();
		}

		@Override
		public PoolHandle pool() {
			return POOL;
		}

		@Override
		public int identifier() {
			return 1;
		}

		@Override
		public State state() {
			return State.REGISTERED;
		}

		@Override
		public String rejection() {
			return null;
		}

		@Override
		public CompletableFuture<Void> registered() {
			return new CompletableFuture<>();
		}

		@Override
		public void update(MemberSelectionPolicy policy) {
			this.updates.add(policy);
		}

		@Override
		public CompletableFuture<Void> deregister() {
			return new CompletableFuture<>();
		}

	}

}
