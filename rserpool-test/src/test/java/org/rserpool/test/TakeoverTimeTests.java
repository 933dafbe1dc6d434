package org.rserpool.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.rserpool.runtime.UserMessage;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Measures how long the elements of a registrar that hangs have no home, over many
 * phases, and what that costs in messages.
 */
class TakeoverTimeTests {

	private static final Duration GOAL = Duration.ofMillis(1500);

	@ParameterizedTest
	@ValueSource(ints = { 2, 3, 5 })
	void elementsOfAHungRegistrarHaveASuccessorInTime(int registrars) {
		List<Duration> times = new ArrayList<>();
		Scenario.play((scenario) -> {
			scenario.with(registrars, 6, 0).neverForgetting().started();
			scenario.runAWhile();
			SimulatedRegistrar home = scenario.homeOf(scenario.anyElement());
			home.process().hang();
			Duration begin = scenario.scope.time();
			assertThat(scenario.scope.runUntil(() -> isTakenOver(scenario, home), GOAL)).isTrue();
			times.add(scenario.scope.time().minus(begin));
		});
		assertThat(Collections.max(times)).isLessThan(GOAL);
	}

	@ParameterizedTest
	@ValueSource(ints = { 2, 4 })
	void twoRegistrarsThatHangTogetherAreTakenOverInTime(int others) {
		Scenario.play((scenario) -> {
			scenario.with(others + 2, 12, 0).neverForgetting().started();
			scenario.runAWhile();
			List<SimulatedRegistrar> hung = scenario.registrars.subList(0, 2);
			hung.forEach((registrar) -> registrar.process().hang());
			assertThat(scenario.scope
				.runUntil(() -> hung.stream().allMatch((registrar) -> isTakenOver(scenario, registrar)), GOAL))
				.isTrue();
		});
	}

	/**
	 * A registrar that stops for a second, as it may in a collection of its garbage, is
	 * not given up.
	 */
	@ParameterizedTest
	@ValueSource(ints = { 700, 900 })
	void aShortHangIsNoTakeover(int millis) {
		Scenario.play((scenario) -> {
			scenario.with(3, 6, 0).neverForgetting().started();
			scenario.runAWhile();
			SimulatedRegistrar home = scenario.homeOf(scenario.anyElement());
			home.process().hang();
			scenario.run(Duration.ofMillis(millis));
			home.process().resume();
			scenario.run(Duration.ofSeconds(2));
			scenario.registrars.forEach((registrar) -> assertThat(registrar.takeoversStarted()).isZero());
		});
	}

	@ParameterizedTest
	@ValueSource(ints = { 2, 7 })
	void presencesAreFew(int registrars) {
		Scenario.play(1, (scenario) -> {
			scenario.with(registrars, 0, 0).started();
			scenario.run(Duration.ofSeconds(5));
			long before = scenario.scope.messages(UserMessage.ENRP);
			scenario.run(Duration.ofSeconds(40));
			double perPair = (scenario.scope.messages(UserMessage.ENRP) - before) / 40.0 / registrars
					/ (registrars - 1);
			assertThat(perPair).isBetween(3.5, 4.6);
		});
	}

	private static boolean isTakenOver(Scenario scenario, SimulatedRegistrar hung) {
		return scenario.registrars.stream()
			.filter((registrar) -> registrar.process().running())
			.allMatch((registrar) -> registrar.snapshot()
				.pools()
				.stream()
				.flatMap((pool) -> pool.elements().stream())
				.noneMatch((element) -> element.homeRegistrar() == hung.identifier()));
	}

}
