package org.rserpool.registrar;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a registrar with 100,000 elements works evenly, and the same for each.
 */
class KeepAliveLoadTests {

	private static final int ELEMENTS = 100_000;

	private static final Duration INTERVAL = Duration.ofSeconds(10);

	/** How long the load is watched, in seconds. */
	private static final int WINDOW = 20;

	/** How many elements are asked at most in a second of a takeover. */
	private static final long ADOPTED_IN_A_SECOND = 40_000;

	private final FakeNetwork network = new FakeNetwork(5352);

	private final FakeNetwork.Process second = this.network.process();

	private final TestRegistrar home = registrar(this.network.process(), 1, List.of());

	private final TestRegistrar peer = registrar(this.second, 2, List.of(this.home.process()));

	private final Crowd crowd = new Crowd(this.network, ELEMENTS);

	private static TestRegistrar registrar(FakeNetwork.Process process, int identifier,
			List<FakeNetwork.Process> peers) {
		return new TestRegistrar(process, identifier, peers,
				(settings) -> settings.keepAliveInterval(INTERVAL)
					.keepAliveTimeout(Duration.ofSeconds(5))
					.maxAssociations(2 * ELEMENTS));
	}

	@Test
	void keepAlivesAreSpreadEvenlyAlthoughAllElementsRegisterOrAreTakenOverTogether() {
		this.home.role.start();
		this.peer.role.start();
		this.network.await(Duration.ofSeconds(10), () -> this.peer.isRunning() && this.home.isRunning());
		this.crowd.register(this.home.asap(), Duration.ofMillis(900));
		this.network.run(Duration.ofSeconds(1));
		assertThat(this.home.counter(Counters.REGISTRATIONS)).isEqualTo(ELEMENTS);
		watch(this.home);
		this.home.process().kill();
		this.network.await(Duration.ofSeconds(10), () -> this.peer.counter(Counters.TAKEOVERS_WON) == 1);
		List<Long> adoption = keepAlives(this.peer, ELEMENTS / (int) ADOPTED_IN_A_SECOND + 1);
		assertThat(adoption).allMatch((sent) -> sent <= ADOPTED_IN_A_SECOND * 1.3);
		assertThat(this.peer.counter(Counters.REGISTRATIONS) + this.peer.counter(Counters.REREGISTRATIONS))
			.isEqualTo(ELEMENTS);
		watch(this.peer);
	}

	private void watch(TestRegistrar registrar) {
		LongSummaryStatistics sent = keepAlives(registrar, WINDOW).stream()
			.mapToLong(Long::longValue)
			.summaryStatistics();
		double expected = (double) ELEMENTS / INTERVAL.toSeconds();
		assertThat(sent.getAverage()).isBetween(0.97 * expected, 1.03 * expected);
		assertThat(sent.getMax()).isLessThan((long) (1.3 * sent.getAverage()));
		assertThat(sent.getMin()).isGreaterThan((long) (0.7 * sent.getAverage()));
		assertThat(registrar.counter(Counters.KEEP_ALIVES_TIMEOUT)).isZero();
		assertThat(registrar.role.snapshot().pools()).flatMap(RegistrarSnapshot.Pool::elements).hasSize(ELEMENTS);
	}

	/**
	 * Counts keep-alives in each of some seconds, and looks at the timers meanwhile.
	 */
	private List<Long> keepAlives(TestRegistrar registrar, int seconds) {
		List<Long> counts = new ArrayList<>();
		for (int i = 0; i < seconds; i++) {
			long before = registrar.counter(Counters.KEEP_ALIVES_SENT);
			this.network.run(Duration.ofSeconds(1));
			counts.add(registrar.counter(Counters.KEEP_ALIVES_SENT) - before);
			// The lifetime, and either the next keep-alive or the answer to the last
			assertThat(registrar.process().timers()).isLessThan(2 * ELEMENTS + 50);
		}
		return counts;
	}

}
