package org.rserpool.test;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import org.rserpool.wire.Identifiers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Registrars that have the same identifier.
 */
class IdentifierCollisionTests {

	private static final Duration CONVERGENCE = Duration.ofSeconds(10);

	@Test
	void registrarsThatStartTogetherDrawOthers() {
		Scenario.play((scenario) -> {
			scenario.with(3, 4, 0).neverForgetting();
			scenario.registrars.forEach((registrar) -> registrar.identifier(7));
			scenario.started();
			assertThat(scenario.registrars.stream().map(SimulatedRegistrar::identifier).distinct()).hasSize(3);
		});
	}

	@Test
	void aRegistrarThatStartsLaterDrawsAnother() {
		Scenario.play((scenario) -> {
			scenario.with(3, 6, 1).neverForgetting();
			SimulatedRegistrar first = scenario.registrars.get(0);
			SimulatedRegistrar late = scenario.registrars.get(2);
			late.identifier(first.identifier());
			scenario.registrars.subList(0, 2).forEach((registrar) -> registrar.process().start());
			scenario.elements.forEach((element) -> element.process().start());
			scenario.convergesWithin(CONVERGENCE);
			scenario.startUsers();
			int identifier = first.identifier();
			scenario.runAWhile();
			late.process().start();
			scenario.run(Duration.ofMillis(10));
			scenario.convergesWithin(CONVERGENCE);
			assertThat(first.identifier()).isEqualTo(identifier);
			assertThat(late.identifier()).isNotEqualTo(identifier);
			assertThat(late.collisions()).isNotEmpty().first().satisfies((collision) -> {
				assertThat(collision.identifier()).isEqualTo(identifier);
				assertThat(collision.replacement()).isNotZero();
				assertThat(collision.own()).containsExactly(late.enrpAddress());
				assertThat(collision.other()).containsExactly(first.enrpAddress());
			});
			scenario.registrars.subList(0, 2).forEach((registrar) -> assertThat(registrar.takeoversStarted()).isZero());
			scenario.noCallFailed(Duration.ofMillis(300));
		});
	}

	@Test
	void registrarsThatGiveServiceKeepTheirsAndSaySo() {
		Scenario.play((scenario) -> {
			scenario.with(2, 0, 0).neverForgetting();
			SimulatedRegistrar one = scenario.registrars.get(0);
			SimulatedRegistrar other = scenario.registrars.get(1);
			other.identifier(one.identifier());
			scenario.scope.partition(List.of(one.process()), List.of(other.process()));
			scenario.registrars.forEach((registrar) -> registrar.process().start());
			scenario.run(CONVERGENCE);
			assertThat(one.identifier()).isEqualTo(other.identifier());
			scenario.scope.heal();
			scenario.run(Duration.ofSeconds(60));
			for (SimulatedRegistrar registrar : scenario.registrars) {
				assertThat(registrar.collisions()).isNotEmpty()
					.hasSizeLessThan(10)
					.allMatch((collision) -> collision.replacement() == Identifiers.NONE);
				assertThat(registrar.snapshot().peers()).isEmpty();
			}
			assertThat(one.collisions().get(0).own()).containsExactly(one.enrpAddress());
			assertThat(one.collisions().get(0).other()).containsExactly(other.enrpAddress());
		});
	}

	@Test
	void aRegistrarThatNamesItselfAsAPeerDoesNotCollide() {
		Scenario.play((scenario) -> {
			SimulatedRegistrar registrar = new SimulatedRegistrar(scenario.scope, "r1", 7,
					List.of(new InetSocketAddress(SimulatedScope.address(1), SimulatedRegistrar.ENRP_PORT),
							new InetSocketAddress(SimulatedScope.address(2), SimulatedRegistrar.ENRP_PORT)),
					(settings) -> settings
						.enrpListen(List.of(new InetSocketAddress("0.0.0.0", SimulatedRegistrar.ENRP_PORT))));
			registrar.process().start();
			scenario.run(CONVERGENCE);
			assertThat(registrar.identifier()).isEqualTo(7);
			assertThat(registrar.collisions()).isEmpty();
			assertThat(registrar.snapshot().peers()).isEmpty();
		});
	}

}
