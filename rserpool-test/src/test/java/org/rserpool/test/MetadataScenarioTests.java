package org.rserpool.test;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.Test;

import org.rserpool.wire.ElementMetadata;
import org.rserpool.wire.PoolElement;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Metadata of pool elements on its way through the operation scope.
 */
class MetadataScenarioTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	private ElementMetadata said = ElementMetadata.of(Map.of("zone", "eu", "team", "blue"));

	@Test
	void isKeptThroughATakeoverAndKnownToWhoJoinsLater() {
		Scenario.play((scenario) -> {
			start(scenario);
			SimulatedElement element = scenario.anyElement();
			scenario.homeOf(element).process().crash();
			scenario.convergesWithin(Duration.ofSeconds(5));
			knownToAll(scenario, this.said);
			scenario.registrars.stream()
				.filter((registrar) -> !registrar.process().alive())
				.forEach((registrar) -> registrar.process().start());
			scenario.run(Duration.ofMillis(10));
			scenario.convergesWithin(Duration.ofSeconds(5));
			knownToAll(scenario, this.said);
			assertThat(scenario.users.get(0).role().cachedPools()).singleElement()
				.satisfies((pool) -> assertThat(pool.elements()).isNotEmpty()
					.allMatch((known) -> known.metadata().equals(this.said)));
		});
	}

	@Test
	void isReplacedByARegistrationAgain() {
		Scenario.play((scenario) -> {
			start(scenario);
			this.said = ElementMetadata.of(Map.of("zone", "us"));
			scenario.elements.forEach((element) -> element.process().crash());
			scenario.elements.forEach((element) -> element.process().start());
			scenario.run(SECOND);
			scenario.convergesWithin(Duration.ofSeconds(5));
			knownToAll(scenario, this.said);
			this.said = ElementMetadata.of(Map.of("zone", "eu", "team", "blue"));
		});
	}

	private void start(Scenario scenario) {
		scenario.with(3, 0, 0);
		List<InetSocketAddress> asap = scenario.registrars.stream().map(SimulatedRegistrar::asapAddress).toList();
		for (int i = 1; i <= 3; i++) {
			scenario.elements.add(new SimulatedElement(scenario.scope, "e" + i, Scenario.POOL, i, asap,
					(settings) -> settings.withMetadata(this.said)));
		}
		scenario.users.add(new SimulatedUser(scenario.scope, "u1", Scenario.POOL, asap, Duration.ofMillis(50), SECOND));
		scenario.started();
		knownToAll(scenario, this.said);
	}

	private static void knownToAll(Scenario scenario, ElementMetadata expected) {
		for (SimulatedRegistrar registrar : scenario.registrars) {
			if (registrar.process().running()) {
				assertThat(registrar.snapshot().pools()).singleElement()
					.satisfies((pool) -> assertThat(pool.elements()).hasSize(3)
						.extracting(PoolElement::metadata)
						.allMatch((metadata) -> Objects.equals(metadata, expected)));
			}
		}
	}

}
