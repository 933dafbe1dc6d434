package org.rserpool.test;

import java.time.Duration;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;

import org.rserpool.element.ElementState;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Elements that registrars know by another address each time, because a machine has
 * addresses of two families.
 */
class SeveralAddressesTests {

	private static final Duration CONVERGENCE = Duration.ofSeconds(10);

	@Test
	void anElementWhoseHomeIsKilledIsRegisteredAgainByWhicheverAddress() {
		Scenario.play((scenario) -> {
			started(scenario, 2);
			for (int round = 0; round < 3; round++) {
				scenario.runAWhile();
				SimulatedRegistrar home = scenario.homeOf(scenario.anyElement());
				home.process().crash();
				scenario.run(Duration.ofMillis(scenario.scope.random().nextInt(3_000)));
				home.process().start();
				scenario.runAWhile();
				scenario.convergesWithin(CONVERGENCE);
			}
			scenario.staysConvergedFor(Duration.ofSeconds(5));
		});
	}

	@Test
	void anElementThatLosesItsAssociationsIsRegisteredAgainByWhicheverAddress() {
		Scenario.play((scenario) -> {
			started(scenario, 2);
			for (int round = 0; round < 5; round++) {
				scenario.anyElement().process().loseAssociations();
				scenario.runAWhile();
			}
			scenario.convergesWithin(CONVERGENCE);
			scenario.staysConvergedFor(Duration.ofSeconds(5));
		});
	}

	@Test
	void anElementIsFoundAgainByItsOnlyRegistrar() {
		Scenario.play((scenario) -> {
			started(scenario, 1);
			for (int round = 0; round < 5; round++) {
				scenario.anyElement().process().loseAssociations();
				scenario.runAWhile();
			}
			scenario.convergesWithin(CONVERGENCE);
			scenario.noCallFailed(Duration.ofSeconds(2));
		});
	}

	/**
	 * Both live, so the first keeps the name.
	 */
	@Test
	void anElementWithTheIdentifierOfAnotherIsStillRefused() {
		Scenario.play((scenario) -> {
			started(scenario, 2);
			SimulatedElement first = scenario.elements.get(0);
			SimulatedElement twin = new SimulatedElement(scenario.scope, "twin", Scenario.POOL, first.identifier(),
					scenario.registrars.stream().map(SimulatedRegistrar::asapAddress).toList(),
					UnaryOperator.identity());
			twin.process().start();
			scenario.run(Duration.ofSeconds(5));
			assertThat(twin.role().state()).isEqualTo(ElementState.REJECTED);
			assertThat(twin.role().rejection()).contains("not unique");
			scenario.staysConvergedFor(Duration.ofSeconds(5));
			first.process().crash();
			twin.process().crash();
			twin.process().start();
			assertThat(scenario.scope.runUntil(() -> twin.role().state() == ElementState.REGISTERED, CONVERGENCE))
				.isTrue();
		});
	}

	private static void started(Scenario scenario, int registrars) {
		scenario.everywhere().with(registrars, 3, 2).started();
		scenario.scope.check(() -> scenario.elements.forEach((element) -> {
			if (element.role().state() == ElementState.REJECTED) {
				throw new AssertionError(element + " was taken for another one: " + element.role().rejection());
			}
		}));
	}

}
