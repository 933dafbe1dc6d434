package org.rserpool.test;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import org.rserpool.registrar.RegistrarSnapshot.State;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Registrars that restart with what they knew before.
 */
class SavedHandlespaceScenarioTests {

	private static final Duration AT_ONCE = Duration.ofMillis(100);

	private static final Duration CONVERGENCE = Duration.ofSeconds(10);

	/** The time by which a dead element is gone: a keep-alive that is not answered. */
	private static final Duration DETECTION = Duration.ofMillis(700);

	@Test
	void aRegistrarWithoutPeersServesAtOnceAndForgetsTheDead() {
		Scenario.play((scenario) -> {
			scenario.with(1, 6, 0).started();
			scenario.runAWhile();
			SimulatedRegistrar registrar = scenario.registrars.get(0);
			registrar.save();
			registrar.process().powerOff();
			SimulatedElement dead = scenario.anyElement();
			dead.process().powerOff();
			registrar.process().start();
			assertThat(registrar.snapshot().pools()).singleElement()
				.satisfies((pool) -> assertThat(pool.elements()).hasSize(6));
			scenario.run(DETECTION);
			assertThat(registrar.removals()).singleElement()
				.satisfies((removal) -> assertThat(removal.identifier()).isEqualTo(dead.identifier()));
			scenario.convergesWithin(CONVERGENCE);
		});
	}

	@Test
	void aRegistrarServesWhileItLooksForAMentor() {
		Scenario.play((scenario) -> {
			scenario.with(2, 4, 0).neverForgetting().started();
			SimulatedRegistrar first = scenario.registrars.get(0);
			first.save();
			first.process().crash();
			scenario.convergesWithin(CONVERGENCE);
			scenario.scope.partition(List.of(first.process()), List.of(scenario.registrars.get(1).process()));
			first.process().start();
			SimulatedUser user = userOf(scenario, first);
			scenario.run(AT_ONCE);
			assertThat(first.snapshot().state()).isEqualTo(State.STARTING);
			assertThat(user.succeeded()).isPositive();
			assertThat(user.failures()).isEmpty();
			scenario.scope.heal();
			scenario.convergesWithin(CONVERGENCE);
			scenario.staysConvergedFor(Duration.ofSeconds(2));
		});
	}

	@Test
	void whatTheMentorDoesNotKnowVanishes() {
		Scenario.play((scenario) -> {
			scenario.with(3, 6, 0).started();
			SimulatedElement gone = scenario.anyElement();
			SimulatedRegistrar home = scenario.homeOf(gone);
			boolean renamed = scenario.scope.random().nextBoolean();
			home.save();
			home.process().crash();
			gone.process().crash();
			scenario.convergesWithin(CONVERGENCE);
			if (renamed) {
				home.identifier(0x77777777);
			}
			home.process().start();
			scenario.run(AT_ONCE);
			scenario.convergesWithin(Duration.ofSeconds(4));
			scenario.staysConvergedFor(Duration.ofSeconds(2));
			assertThat(home.snapshot().pools()).singleElement()
				.satisfies((pool) -> assertThat(pool.elements()).hasSize(5));
		});
	}

	@Test
	void noElementIsOrphanedWhenAllRegistrarsRestart() {
		Scenario.play((scenario) -> {
			scenario.with(3, 9, 1).neverForgetting().started();
			scenario.runAWhile();
			scenario.registrars.forEach(SimulatedRegistrar::save);
			scenario.registrars.forEach((registrar) -> registrar.process().powerOff());
			if (scenario.scope.random().nextBoolean()) {
				for (int i = 0; i < 3; i++) {
					scenario.registrars.get(i).identifier(100 + i);
				}
			}
			scenario.registrars.forEach((registrar) -> registrar.process().start());
			scenario.run(AT_ONCE);
			scenario.convergesWithin(CONVERGENCE);
			scenario.staysConvergedFor(Duration.ofSeconds(2));
			scenario.noCallFailed(AT_ONCE.multipliedBy(3));
		});
	}

	/**
	 * The elements of the other registrars are taken over, and asked then.
	 */
	@Test
	void theDeadElementsOfDeadPeersVanishToo() {
		Scenario.play((scenario) -> {
			scenario.with(3, 9, 0).started();
			scenario.runAWhile();
			SimulatedRegistrar survivor = scenario.registrars.get(0);
			survivor.save();
			scenario.registrars.forEach((registrar) -> registrar.process().powerOff());
			scenario.elements.subList(0, 5).forEach((element) -> element.process().powerOff());
			survivor.process().start();
			scenario.run(AT_ONCE);
			scenario.convergesWithin(CONVERGENCE);
			scenario.staysConvergedFor(Duration.ofSeconds(2));
		});
	}

	private static SimulatedUser userOf(Scenario scenario, SimulatedRegistrar registrar) {
		InetSocketAddress address = registrar.asapAddress();
		SimulatedUser user = new SimulatedUser(scenario.scope, "u", Scenario.POOL, List.of(address),
				Duration.ofMillis(20), Duration.ofSeconds(5));
		user.process().start();
		return user;
	}

}
