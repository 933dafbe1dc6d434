package org.rserpool.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.rserpool.Goal;
import org.rserpool.element.ElementSettings;
import org.rserpool.element.ElementState;
import org.rserpool.user.CachedPool;
import org.rserpool.wire.PoolElement;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How soon an operation scope recovers from what happens to it, in virtual time.
 */
class RecoveryGoalTests {

	private static final int RUNS = 100;

	private static final Duration FIVE_SECONDS = Duration.ofSeconds(5);

	static Stream<Named<Consumer<SimulatedProcess>>> ends() {
		return Stream.of(Named.of("crash", SimulatedProcess::crash), Named.of("hang", SimulatedProcess::hang),
				Named.of("power off", SimulatedProcess::powerOff));
	}

	@Goal("G2")
	@ParameterizedTest(name = "G2: 2 of 3 elements end at once by {0}; resolution names only the third, in 100 runs")
	@MethodSource("ends")
	void onlyTheLiveElementIsNamed(Consumer<SimulatedProcess> end) {
		LongStream.rangeClosed(1, RUNS).forEach((seed) -> Scenario.play(seed, (scenario) -> {
			scenario.with(3, 3, 1);
			scenario.registrars.forEach((registrar) -> registrar.process().start());
			scenario.elements.forEach((element) -> element.process().start());
			scenario.convergesWithin(Duration.ofSeconds(10));
			scenario.runAWhile();
			Collections.shuffle(scenario.elements, new java.util.Random(seed));
			end.accept(scenario.elements.get(0).process());
			end.accept(scenario.elements.get(1).process());
			scenario.run(FIVE_SECONDS);
			scenario.users.get(0).process().start();
			scenario.run(Duration.ofSeconds(1));
			CachedPool resolved = scenario.users.get(0).role().cachedPool(Scenario.POOL);
			assertThat(resolved).isNotNull();
			assertThat(resolved.elements()).extracting(PoolElement::identifier)
				.containsExactly(scenario.elements.get(2).identifier());
			assertThat(scenario.registrars)
				.allSatisfy((registrar) -> assertThat(elements(registrar)).extracting(PoolElement::identifier)
					.containsExactly(scenario.elements.get(2).identifier()));
		}));
	}

	@Goal("G8")
	@ParameterizedTest(name = "G8: the home registrar ends by {0}; elements have a new one, and resolution goes on")
	@MethodSource("ends")
	void elementsFindANewHomeAndResolutionGoesOn(Consumer<SimulatedProcess> end) {
		LongStream.rangeClosed(1, RUNS).forEach((seed) -> Scenario.play(seed, (scenario) -> {
			scenario.with(2, 5, 3).neverForgetting().started();
			scenario.runAWhile();
			SimulatedRegistrar home = scenario.homeOf(scenario.anyElement());
			end.accept(home.process());
			// A user that begins anew knows no element: its first call needs a
			// resolution.
			for (int i = 0; i < 10; i++) {
				SimulatedUser user = scenario.users.get(i % scenario.users.size());
				user.process().crash();
				user.process().start();
				scenario.run(Duration.ofMillis(500));
			}
			assertThat(scenario.elements).allSatisfy((element) -> {
				assertThat(element.role().state()).isEqualTo(ElementState.REGISTERED);
				assertThat(scenario.homeOf(element)).isNotSameAs(home);
			});
			scenario.run(FIVE_SECONDS);
			assertThat(scenario.users).allSatisfy((user) -> assertThat(user.failures()).isEmpty());
		}));
	}

	@Test
	@Goal("G9")
	@DisplayName("G9: of 1000 elements that end, none stands in a handlespace longer than its lifetime")
	void noEntryIsOlderThanItsLifetime() {
		Scenario.play(9, (scenario) -> {
			scenario.with(3, 20, 0).started();
			Map<Integer, Duration> ended = new LinkedHashMap<>();
			int next = 1_000;
			for (int end = 0; end < 1_000; end++) {
				SimulatedElement element = scenario.anyElement();
				if (scenario.scope.random().nextBoolean()) {
					element.process().crash();
				}
				else {
					element.process().powerOff();
				}
				ended.put(element.identifier(), scenario.scope.time());
				if (end == 500) {
					scenario.registrars.get(0).process().crash();
				}
				if (end == 520) {
					scenario.registrars.get(0).process().start();
				}
				scenario.run(Duration.ofNanos(scenario.scope.random().nextLong(Duration.ofMillis(500).toNanos())));
				noneIsOlderThanItsLifetime(scenario, ended);
				element.identifier(next++);
				element.process().start();
			}
			assertThat(ended).hasSize(1_000);
			scenario.run(ElementSettings.FAST_LIFETIME);
			noneIsOlderThanItsLifetime(scenario, ended);
			scenario.convergesWithin(Duration.ofSeconds(1));
		});
	}

	@Test
	@Goal("G10")
	@DisplayName("G10: an element whose packets are dropped delays the calls in progress, and no later one")
	void droppedPacketsDelayOnlyCallsInProgress() {
		LongStream.rangeClosed(1, RUNS).forEach((seed) -> Scenario.play(seed, (scenario) -> {
			scenario.with(2, 3, 3).started();
			scenario.runAWhile();
			SimulatedElement lost = scenario.anyElement();
			List<SimulatedProcess> others = new ArrayList<>(scenario.processes());
			others.remove(lost.process());
			scenario.scope.partition(List.of(lost.process()), others);
			scenario.run(Duration.ofSeconds(3));
			scenario.noCallFailed(Duration.ofSeconds(3));
			long served = lost.served();
			scenario.users.forEach(SimulatedUser::forgetGaps);
			scenario.run(Duration.ofSeconds(30));
			scenario.noCallFailed(Duration.ofMillis(250));
			assertThat(lost.served()).isEqualTo(served);
		}));
	}

	private static void noneIsOlderThanItsLifetime(Scenario scenario, Map<Integer, Duration> ended) {
		for (SimulatedRegistrar registrar : scenario.registrars) {
			if (registrar.process().running()) {
				assertThat(elements(registrar)).allSatisfy((element) -> {
					Duration end = ended.get(element.identifier());
					if (end != null) {
						assertThat(scenario.scope.time().minus(end)).as("%s at %s", element, registrar)
							.isLessThanOrEqualTo(Duration.ofMillis(element.lifetimeMillis()));
					}
				});
			}
		}
	}

	private static List<PoolElement> elements(SimulatedRegistrar registrar) {
		return registrar.snapshot().pools().stream().flatMap((pool) -> pool.elements().stream()).toList();
	}

}
