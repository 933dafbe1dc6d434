package org.rserpool.test;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import org.rserpool.hunt.HuntFailure;
import org.rserpool.hunt.HuntSettings;
import org.rserpool.hunt.RegistrarHunt;
import org.rserpool.hunt.RegistrarHuntListener;

import static org.assertj.core.api.Assertions.assertThat;

class NamedRegistrarTests {

	private static final InetSocketAddress NAME = InetSocketAddress.createUnresolved("registrars.example.org", 3863);

	private final SimulatedScope scope = new SimulatedScope(1);

	private final List<String> events = new ArrayList<>();

	private final ScriptedRegistrar first = new ScriptedRegistrar(this.scope, "r1");

	private final ScriptedRegistrar second = new ScriptedRegistrar(this.scope, "r2");

	private RegistrarHunt hunt;

	@Test
	void allAddressesOfANameAreTried() {
		this.second.process.start();
		this.scope.name(NAME, List.of(this.first.address(), this.second.address()));
		hunt(NAME);
		this.scope.run(Duration.ofSeconds(1));
		assertThat(this.hunt.knownAddresses()).containsExactly(this.first.address(), this.second.address());
		assertThat(this.hunt.home().address()).isEqualTo(this.second.address());
	}

	@Test
	void aServiceNameStandsForItsHostsAndPorts() {
		InetSocketAddress service = InetSocketAddress.createUnresolved("_asap-tcp._tcp.example.org", 0);
		this.first.process.start();
		this.scope.name(service, List.of(this.first.address()));
		hunt(service);
		this.scope.run(Duration.ofSeconds(1));
		assertThat(this.hunt.home().address()).isEqualTo(this.first.address());
	}

	@Test
	void newAddressesAreTriedAndVanishedOnesLeave() {
		this.scope.name(NAME, List.of(this.first.address()));
		hunt(NAME);
		this.scope.run(Duration.ofSeconds(1));
		assertThat(this.hunt.home()).isNull();
		this.second.process.start();
		this.scope.name(NAME, List.of(this.second.address()));
		this.scope.run(Duration.ofSeconds(35));
		assertThat(this.hunt.home().address()).isEqualTo(this.second.address());
		assertThat(this.hunt.knownAddresses()).containsExactly(this.second.address());
		assertThat(this.hunt.failures()).isEmpty();
	}

	@Test
	void aHomeWhoseAddressVanishesStaysHome() {
		this.first.process.start();
		this.second.process.start();
		this.scope.name(NAME, List.of(this.first.address()));
		hunt(NAME);
		this.scope.run(Duration.ofSeconds(1));
		this.scope.name(NAME, List.of(this.second.address()));
		this.scope.run(Duration.ofMinutes(5));
		assertThat(this.hunt.home().address()).isEqualTo(this.first.address());
		this.first.process.crash();
		this.scope.run(Duration.ofSeconds(1));
		assertThat(this.hunt.home().address()).isEqualTo(this.second.address());
	}

	@Test
	void whileTheNameServiceFailsTheLastAnswerIsKeptAndTheFailureIsToldOnce() {
		this.first.process.start();
		this.scope.name(NAME, List.of(this.first.address()));
		hunt(NAME);
		this.scope.run(Duration.ofSeconds(1));
		this.scope.nameServiceFailure("no name server answers");
		this.scope.run(Duration.ofMinutes(10));
		assertThat(this.hunt.knownAddresses()).containsExactly(this.first.address());
		assertThat(this.events).containsExactly("registrars.example.org:3863: no name server answers");
		assertThat(this.hunt.failures()).extracting(HuntFailure::toString)
			.containsExactly("registrars.example.org:3863 (no name server answers)");
		this.scope.nameServiceFailure(null);
		this.scope.run(Duration.ofMinutes(1));
		assertThat(this.hunt.failures()).isEmpty();
	}

	@Test
	void aNameThatIsNotKnownYetIsAskedForAgainSoon() {
		this.first.process.start();
		hunt(NAME);
		this.scope.run(Duration.ofMillis(500));
		this.scope.name(NAME, List.of(this.first.address()));
		assertThat(this.scope.runUntil(() -> this.hunt.home() != null, Duration.ofSeconds(2))).isTrue();
	}

	@Test
	void aNameIsAskedForAboutAsOftenAsConfigured() {
		this.scope.name(NAME, List.of(this.first.address()));
		hunt(NAME);
		this.scope.run(Duration.ofMinutes(10));
		assertThat(this.scope.nameQueries()).isBetween(17L, 24L);
	}

	@Test
	void anAnswerWithoutEndIsCut() {
		this.scope.name(NAME,
				IntStream.range(1, 1_000)
					.mapToObj((i) -> new InetSocketAddress(SimulatedScope.address(i), 1))
					.toList());
		hunt(NAME);
		this.scope.run(Duration.ofSeconds(1));
		assertThat(this.hunt.knownAddresses()).hasSize(64);
	}

	private void hunt(InetSocketAddress... registrars) {
		this.scope.process("x", (runtime) -> {
			this.hunt = new RegistrarHunt(runtime, ScriptedRegistrar.CODEC, HuntSettings.of(List.of(registrars)));
			this.hunt.addListener(new RegistrarHuntListener() {

				@Override
				public void nameUnresolved(String name, String reason) {
					NamedRegistrarTests.this.events.add(name + ": " + reason);
				}

			});
			this.hunt.start();
		}).start();
	}

}
