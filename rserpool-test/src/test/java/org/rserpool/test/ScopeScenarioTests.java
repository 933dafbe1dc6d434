package org.rserpool.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import org.rserpool.Conformance;
import org.rserpool.wire.PoolElement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Plays what happens in the life of an operation scope, each scenario with many seeds. A
 * failing seed is in the message; {@code -Dscope.seed=N} plays it alone.
 */
class ScopeScenarioTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	private static final Duration CONVERGENCE = Duration.ofSeconds(10);

	@Test
	void aRegistrarStartsFromAMentor() {
		Scenario.play((scenario) -> {
			scenario.with(2, 4, 1).neverForgetting();
			scenario.registrars.get(0).process().start();
			scenario.elements.forEach((element) -> element.process().start());
			scenario.runAWhile();
			scenario.run(Duration.ofSeconds(3));
			scenario.registrars.get(1).process().start();
			scenario.convergesWithin(CONVERGENCE);
			scenario.startUsers();
			scenario.staysConvergedFor(SECOND);
			scenario.noCallFailed(Duration.ofMillis(300));
		});
	}

	@Test
	void aLateJoinerCopiesTheHandlespace() {
		Scenario.play((scenario) -> {
			scenario.with(3, 6, 1).neverForgetting();
			SimulatedRegistrar late = scenario.registrars.get(2);
			scenario.registrars.subList(0, 2).forEach((registrar) -> registrar.process().start());
			scenario.elements.forEach((element) -> element.process().start());
			scenario.convergesWithin(CONVERGENCE);
			scenario.startUsers();
			scenario.runAWhile();
			late.process().start();
			scenario.run(Duration.ofMillis(10));
			scenario.convergesWithin(CONVERGENCE);
			assertThat(late.snapshot().pools()).singleElement()
				.satisfies((pool) -> assertThat(pool.elements()).hasSize(6));
			scenario.noCallFailed(Duration.ofMillis(300));
		});
	}

	@Test
	void registrarsThatStartTogetherAgree() {
		Scenario.play((scenario) -> {
			scenario.with(3, 6, 1).neverForgetting().started();
			scenario.staysConvergedFor(Duration.ofSeconds(3));
			scenario.noCallFailed(Duration.ofMillis(300));
		});
	}

	@Test
	@Conformance("PR28")
	void aCrashedElementLeavesTheHandlespace() {
		Scenario.play((scenario) -> {
			scenario.with(2, 4, 2).started();
			scenario.runAWhile();
			scenario.anyElement().process().crash();
			scenario.convergesWithin(SECOND);
			scenario.run(SECOND);
			scenario.noCallFailed(Duration.ofMillis(300));
		});
	}

	@Test
	void aCrashedElementComesBack() {
		Scenario.play((scenario) -> {
			scenario.with(2, 4, 1).started();
			scenario.runAWhile();
			SimulatedElement element = scenario.anyElement();
			element.process().crash();
			scenario.runAWhile();
			element.process().start();
			scenario.convergesWithin(CONVERGENCE);
			scenario.noCallFailed(Duration.ofMillis(300));
		});
	}

	@Test
	@Conformance("PR28")
	void aHungElementLeavesAndComesBack() {
		Scenario.play((scenario) -> {
			scenario.with(2, 4, 2).started();
			scenario.runAWhile();
			SimulatedElement element = scenario.anyElement();
			element.process().hang();
			scenario.convergesWithin(Duration.ofSeconds(3));
			scenario.runAWhile();
			element.process().resume();
			scenario.convergesWithin(CONVERGENCE);
			scenario.staysConvergedFor(SECOND);
			scenario.noCallFailed(SECOND);
		});
	}

	@Test
	void aCrashedRegistrarOfTwoIsTakenOver() {
		Scenario.play((scenario) -> registrarCrashes(scenario, 2));
	}

	@Test
	@Conformance({ "EN36", "EN46" })
	void aCrashedRegistrarOfThreeIsTakenOver() {
		Scenario.play((scenario) -> registrarCrashes(scenario, 3));
	}

	private static void registrarCrashes(Scenario scenario, int registrars) {
		scenario.with(registrars, 4, 2).neverForgetting().started();
		scenario.runAWhile();
		scenario.homeOf(scenario.anyElement()).process().crash();
		scenario.convergesWithin(Duration.ofSeconds(5));
		scenario.staysConvergedFor(SECOND);
		scenario.noCallFailed(Duration.ofMillis(300));
	}

	@Test
	@Conformance({ "EN35", "EN36" })
	void aRegistrarWithoutPowerIsTakenOver() {
		Scenario.play((scenario) -> {
			scenario.with(3, 4, 2).neverForgetting().started();
			scenario.runAWhile();
			scenario.homeOf(scenario.anyElement()).process().powerOff();
			scenario.convergesWithin(Duration.ofSeconds(5));
			scenario.staysConvergedFor(SECOND);
			scenario.noCallFailed(Duration.ofMillis(300));
		});
	}

	@Test
	void aRegistrarThatWasTakenOverComesBackWithoutHarm() {
		Scenario.play((scenario) -> {
			scenario.with(3, 4, 2).neverForgetting().started();
			scenario.runAWhile();
			SimulatedRegistrar registrar = scenario.homeOf(scenario.anyElement());
			registrar.process().hang();
			scenario.convergesWithin(Duration.ofSeconds(5));
			scenario.runAWhile();
			registrar.process().resume();
			scenario.run(Duration.ofMillis(100));
			scenario.convergesWithin(CONVERGENCE);
			scenario.staysConvergedFor(Duration.ofSeconds(3));
			scenario.noCallFailed(SECOND);
		});
	}

	@Test
	void aCrashedRegistrarComesBack() {
		Scenario.play((scenario) -> {
			scenario.with(3, 4, 1).neverForgetting().started();
			scenario.runAWhile();
			SimulatedRegistrar registrar = scenario.homeOf(scenario.anyElement());
			registrar.process().crash();
			scenario.runAWhile();
			scenario.runAWhile();
			registrar.process().start();
			scenario.convergesWithin(CONVERGENCE);
			scenario.staysConvergedFor(SECOND);
			scenario.noCallFailed(Duration.ofMillis(300));
		});
	}

	@Test
	void usersGoOnWithoutAnyRegistrar() {
		Scenario.play((scenario) -> {
			scenario.with(2, 4, 2).started();
			scenario.runAWhile();
			scenario.registrars.forEach((registrar) -> registrar.process().crash());
			scenario.run(Duration.ofSeconds(8));
			scenario.noCallFailed(Duration.ofMillis(300));
			scenario.registrars.forEach((registrar) -> registrar.process().start());
			scenario.convergesWithin(CONVERGENCE);
			scenario.run(SECOND);
			scenario.noCallFailed(Duration.ofMillis(300));
		});
	}

	@Test
	void aRegistrarThatIsNotHeardByAnotherDoesNoHarm() {
		Scenario.play((scenario) -> {
			scenario.with(3, 4, 1).started();
			scenario.runAWhile();
			scenario.scope.block(scenario.registrars.get(0).process(), scenario.registrars.get(1).process());
			scenario.run(Duration.ofSeconds(4));
			scenario.runAWhile();
			scenario.scope.heal();
			scenario.convergesWithin(Duration.ofSeconds(20));
			scenario.staysConvergedFor(SECOND);
			scenario.noCallFailed(Duration.ofMillis(300));
		});
	}

	@Test
	@Conformance("PR11")
	void anElementThatLeavesIsForgottenByAll() {
		Scenario.play((scenario) -> {
			scenario.with(3, 4, 1).started();
			scenario.runAWhile();
			scenario.anyElement().role().deregister();
			scenario.run(Duration.ofMillis(100));
			scenario.convergesWithin(SECOND);
			scenario.noCallFailed(Duration.ofMillis(300));
		});
	}

	@Test
	void aRegistrarThatLeavesHandsItsElementsOver() {
		Scenario.play((scenario) -> {
			scenario.with(3, 8, 3).neverForgetting().started();
			scenario.runAWhile();
			SimulatedRegistrar leaving = scenario.homeOf(scenario.anyElement());
			leaving.leave();
			leavesWithin(scenario, leaving, Duration.ofMillis(700));
			scenario.convergesWithin(Duration.ofMillis(100));
			assertThat(scenario.elements).noneSatisfy((element) -> assertThat(element.home().address().getAddress())
				.isEqualTo(leaving.process().address()));
			scenario.staysConvergedFor(Duration.ofSeconds(3));
			noTakeoverWasStarted(scenario);
			scenario.noCallFailed(Duration.ofMillis(300));
		});
	}

	@Test
	void elementsSpreadOverRegistrarsByTakeoverSuggestions() {
		Scenario.play((scenario) -> {
			scenario.registrarsWith((settings) -> settings.takeoverSuggestion(true))
				.with(3, 8, 1)
				.neverForgetting()
				.started();
			// Suggestions are made when an element registers, every 15 s, and one may
			// fall into the start.
			scenario.run(Duration.ofSeconds(25));
			scenario.convergesWithin(CONVERGENCE);
			List<SimulatedRegistrar> settled = scenario.elements.stream().map(scenario::homeOf).toList();
			assertThat(settled).isEqualTo(scenario.elements.stream().map((each) -> suits(scenario, each)).toList());
			scenario.run(Duration.ofSeconds(25));
			assertThat(scenario.elements.stream().map(scenario::homeOf).toList()).isEqualTo(settled);
			noTakeoverWasStarted(scenario);
			scenario.noCallFailed(Duration.ofMillis(300));
		});
	}

	private static SimulatedRegistrar suits(Scenario scenario, SimulatedElement element) {
		return scenario.registrars.stream()
			.max(Comparator.comparing((registrar) -> registrar.identifier() ^ element.identifier(),
					Integer::compareUnsigned))
			.orElseThrow();
	}

	@Test
	void registrarsThatLeaveTogetherHandTheirElementsOverToTheLast() {
		Scenario.play((scenario) -> {
			scenario.with(3, 8, 2).neverForgetting().started();
			scenario.runAWhile();
			List<SimulatedRegistrar> leaving = scenario.registrars.subList(0, 2);
			leaving.forEach(SimulatedRegistrar::leave);
			for (SimulatedRegistrar registrar : leaving) {
				leavesWithin(scenario, registrar, Duration.ofMillis(2200));
			}
			scenario.convergesWithin(Duration.ofSeconds(3));
			scenario.staysConvergedFor(Duration.ofSeconds(3));
			scenario.noCallFailed(Duration.ofMillis(300));
		});
	}

	@Test
	void theLastRegistrarLeavesAtOnce() {
		Scenario.play((scenario) -> {
			scenario.with(1, 2, 1).started();
			scenario.registrars.get(0).leave();
			leavesWithin(scenario, scenario.registrars.get(0), Duration.ofMillis(100));
			scenario.run(SECOND);
			scenario.noCallFailed(Duration.ofMillis(300));
		});
	}

	private static void leavesWithin(Scenario scenario, SimulatedRegistrar registrar, Duration limit) {
		assertThat(scenario.scope.runUntil(() -> !registrar.process().alive(), limit))
			.as("%s leaves within %s, and %s", registrar, limit, registrar.snapshot())
			.isTrue();
	}

	private static void noTakeoverWasStarted(Scenario scenario) {
		assertThat(scenario.registrars)
			.allSatisfy((registrar) -> assertThat(registrar.takeoversStarted()).as("%s", registrar).isZero());
	}

	@Test
	@Conformance("PR21")
	void usersKnowAtOnceWhichElementsComeAndGo() {
		Scenario.play((scenario) -> {
			scenario.with(3, 4, 3).started();
			scenario.runAWhile();
			SimulatedElement element = scenario.anyElement();
			element.role().deregister();
			scenario.run(Duration.ofMillis(120));
			assertThat(scenario.users)
				.allSatisfy((user) -> assertThat(known(user)).hasSize(3).doesNotContain(element.identifier()));
			scenario.runAWhile();
			element.role().start();
			scenario.run(Duration.ofMillis(120));
			assertThat(scenario.users).allSatisfy((user) -> assertThat(known(user)).hasSize(4));
			scenario.noCallFailed(Duration.ofMillis(300));
		});
	}

	private static List<Integer> known(SimulatedUser user) {
		return user.role()
			.cachedPools()
			.stream()
			.flatMap((pool) -> pool.elements().stream())
			.map(PoolElement::identifier)
			.toList();
	}

	@Test
	void aPartitionHeals() {
		Scenario.play((scenario) -> {
			scenario.with(3, 6, 1).started();
			scenario.runAWhile();
			List<SimulatedProcess> island = new ArrayList<>(List.of(scenario.registrars.get(0).process(),
					scenario.elements.get(0).process(), scenario.elements.get(1).process()));
			List<SimulatedProcess> rest = new ArrayList<>(scenario.processes());
			rest.removeAll(island);
			scenario.scope.partition(island, rest);
			scenario.run(Duration.ofSeconds(4));
			scenario.runAWhile();
			scenario.scope.heal();
			scenario.convergesWithin(Duration.ofSeconds(20));
			scenario.staysConvergedFor(SECOND);
			scenario.noCallFailed(Duration.ofSeconds(2));
		});
	}

	@Test
	void lossOfAssociationsIsSurvived() {
		Scenario.play((scenario) -> {
			scenario.scope.associationLoss(0.1);
			scenario.with(3, 6, 1).started();
			scenario.run(Duration.ofSeconds(5));
			scenario.scope.associationLoss(0);
			scenario.run(Duration.ofSeconds(2));
			scenario.convergesWithin(CONVERGENCE);
			scenario.staysConvergedFor(SECOND);
			scenario.noCallFailed(SECOND);
		});
	}

	@Test
	void theSameSeedReplaysTheSameHistory() {
		Consumer<Scenario> story = (scenario) -> {
			scenario.scope.associationLoss(0.1);
			scenario.with(3, 6, 2).started();
			scenario.homeOf(scenario.anyElement()).process().crash();
			scenario.run(Duration.ofSeconds(5));
		};
		Scenario first = Scenario.play(7, story);
		Scenario second = Scenario.play(7, story);
		Scenario other = Scenario.play(8, story);
		assertThat(second.scope.trace()).isEqualTo(first.scope.trace());
		assertThat(second.scope.fingerprint()).isEqualTo(first.scope.fingerprint());
		assertThat(other.scope.fingerprint()).isNotEqualTo(first.scope.fingerprint());
	}

	@Test
	void aFailureNamesItsSeedAndShowsWhatHappened() {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> Scenario.play(42, (scenario) -> {
			scenario.with(1, 1, 0).started();
			throw new AssertionError("the end of the world");
		}))
			.withMessageContaining("-Dscope.seed=42")
			.withMessageContaining("the end of the world")
			.withMessageContaining("r1     is RUNNING")
			.withMessageContaining("e1     REGISTERED");
	}

}
