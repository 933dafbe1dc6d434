package org.rserpool.test;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.rserpool.Conformance;
import org.rserpool.hunt.Home;
import org.rserpool.hunt.HuntFailure;
import org.rserpool.hunt.HuntSettings;
import org.rserpool.hunt.RegistrarHunt;
import org.rserpool.hunt.RegistrarHuntListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Server hunt with and without standbys, over five registrars (RFC 5352, section 3.6).
 */
class ServerHuntTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	private final SimulatedScope scope = new SimulatedScope(1);

	private final List<String> events = new ArrayList<>();

	private final List<ScriptedRegistrar> registrars = new ArrayList<>();

	private SimulatedProcess process;

	private RegistrarHunt hunt;

	private int mostAssociations;

	@BeforeEach
	void addRegistrars() {
		for (int i = 1; i <= 5; i++) {
			this.registrars.add(new ScriptedRegistrar(this.scope, "r" + i));
		}
	}

	@Test
	@Conformance({ "PU32", "PU33" })
	void triesThreeRegistrarsAndKeepsOne() {
		startRegistrars();
		hunt(0);
		this.scope.run(SECOND);
		assertThat(this.mostAssociations).isEqualTo(3);
		assertThat(this.process.associationCount()).isEqualTo(1);
		assertThat(connected()).containsExactly(this.hunt.home().address());
	}

	@Test
	@Conformance("PU33")
	void hasNoMoreThanThreeAssociationsEvenWhileItsHomeIsInDoubt() {
		startRegistrars();
		for (int standbys = 0; standbys <= 2; standbys++) {
			hunt(standbys);
			this.scope.run(SECOND);
			for (int i = 0; i < 20; i++) {
				this.registrars.forEach((registrar) -> registrar.process.hang());
				this.hunt.doubt(this.hunt.home().association(), "no answer");
				this.scope.run(SECOND);
				this.registrars.forEach((registrar) -> registrar.process.resume());
				this.scope.run(SECOND);
			}
			assertThat(this.mostAssociations).isEqualTo(3);
			this.hunt.stop();
		}
	}

	@Test
	@Conformance({ "PU34", "PU36" })
	void doublesItsTimerUpToItsMaximumAndResetsItWhenAnAssociationComesUp() {
		HuntSettings settings = HuntSettings.of(addresses());
		hunt(settings.withAttemptTimeout(SECOND, Duration.ofSeconds(4)));
		this.scope.run(Duration.ofSeconds(1 + 2 + 4 + 4 + 4 + 4 + 1));
		assertThat(this.events).containsExactly("3 nothing", "11 nothing", "19 nothing");
		startRegistrars();
		assertThat(this.scope.runUntil(() -> this.hunt.home() != null, Duration.ofSeconds(5))).isTrue();
		this.scope.run(SECOND);
		this.events.clear();
		Duration lost = this.scope.time();
		this.registrars.forEach((registrar) -> registrar.process.powerOff());
		this.hunt.doubt(this.hunt.home().association(), "no answer");
		// The home counts as one of three, so there are three turns, of 1, 2 and 4 s.
		this.scope.run(Duration.ofSeconds(1 + 2 + 4 + 1));
		assertThat(this.events).containsExactly(lost.plusSeconds(7).toSeconds() + " nothing");
		assertThat(HuntSettings.rfc(List.of()).attemptTimeout()).isEqualTo(Duration.ofSeconds(10));
		assertThat(HuntSettings.rfc(List.of()).maximumAttemptTimeout()).isEqualTo(Duration.ofSeconds(60));
	}

	@Test
	@Conformance("PU35")
	void triesAnotherAddressWhenOneFails() {
		this.registrars.subList(0, 4).forEach((registrar) -> {
			registrar.process.start();
			registrar.process.crash();
		});
		this.registrars.get(4).process.start();
		hunt(0);
		this.scope.run(Duration.ofMillis(500));
		assertThat(this.hunt.home().address()).isEqualTo(this.registrars.get(4).address());
	}

	@Test
	@Conformance("PU37")
	void givesPendingAttemptsUpWhenTheTimerExpiresAndTriesOthers() {
		hunt(HuntSettings.rfc(addresses()));
		this.scope.run(Duration.ofSeconds(9));
		assertThat(this.process.associationCount()).isEqualTo(3);
		assertThat(this.hunt.failures()).isEmpty();
		this.scope.run(Duration.ofSeconds(2));
		assertThat(this.hunt.failures()).hasSize(3);
		assertThat(this.process.associationCount()).isEqualTo(2);
		this.scope.run(Duration.ofSeconds(20));
		assertThat(this.hunt.failures()).hasSize(5);
	}

	@Test
	void surplusAssociationsAreKeptAsStandbys() {
		startRegistrars();
		hunt(2);
		this.scope.run(SECOND);
		assertThat(this.process.associationCount()).isEqualTo(3);
		assertThat(this.hunt.standbys()).hasSize(2).doesNotContain(this.hunt.home().address());
		Set<InetSocketAddress> both = new LinkedHashSet<>(this.hunt.standbys());
		both.add(this.hunt.home().address());
		assertThat(connected()).containsExactlyInAnyOrderElementsOf(both);
	}

	@Test
	void aStandbyIsHomeAtOnceWhenTheHomeIsLost() {
		startRegistrars();
		hunt(1);
		this.scope.run(SECOND);
		InetSocketAddress standby = this.hunt.standbys().get(0);
		this.events.clear();
		at(this.hunt.home().address()).process.crash();
		this.scope.runUntil(() -> !this.events.isEmpty(), SECOND);
		assertThat(this.events).satisfiesExactly((lost) -> assertThat(lost).contains("lost"),
				(found) -> assertThat(found).endsWith("found " + standby.getHostString()));
		this.scope.run(SECOND);
		assertThat(this.hunt.standbys()).hasSize(1).doesNotContain(standby);
	}

	@Test
	void aStandbyIsHomeAtOnceWhenTheHomeIsInDoubt() {
		startRegistrars();
		hunt(1);
		this.scope.run(SECOND);
		InetSocketAddress home = this.hunt.home().address();
		InetSocketAddress standby = this.hunt.standbys().get(0);
		at(home).process.hang();
		this.hunt.doubt(this.hunt.home().association(), "no answer");
		assertThat(this.hunt.home().address()).isEqualTo(standby);
		assertThat(this.hunt.failures()).extracting(HuntFailure::toString)
			.containsExactly(home.getHostString() + ":3863 (no answer)");
	}

	@Test
	void aLostStandbyIsReplaced() {
		startRegistrars();
		hunt(2);
		this.scope.run(SECOND);
		InetSocketAddress standby = this.hunt.standbys().get(0);
		at(standby).process.crash();
		this.scope.run(SECOND);
		assertThat(this.hunt.standbys()).hasSize(2).doesNotContain(standby);
		assertThat(this.hunt.home()).isNotNull();
	}

	@Test
	void aStandbyThatIsNotThereYetIsLookedForEverLessOften() {
		this.registrars.get(0).process.start();
		this.registrars.subList(1, 5).forEach((registrar) -> {
			registrar.process.start();
			registrar.process.crash();
		});
		hunt(1);
		this.scope.run(Duration.ofMinutes(5));
		assertThat(this.hunt.home().address()).isEqualTo(this.registrars.get(0).address());
		assertThat(this.hunt.standbys()).isEmpty();
		this.registrars.get(1).process.start();
		this.scope.run(Duration.ofSeconds(31));
		assertThat(this.hunt.standbys()).containsExactly(this.registrars.get(1).address());
	}

	@Test
	void whileTheHomeIsLostAStandbyIsNeverOneOfFour() {
		startRegistrars();
		hunt(2);
		for (int i = 0; i < 200; i++) {
			ScriptedRegistrar victim = this.registrars.get(this.scope.random().nextInt(5));
			if (victim.process.alive()) {
				victim.process.crash();
			}
			else {
				victim.process.start();
			}
			this.scope.run(Duration.ofMillis(this.scope.random().nextInt(300)));
		}
		assertThat(this.mostAssociations).isEqualTo(3);
		this.registrars.stream().filter((each) -> !each.process.alive()).forEach((each) -> each.process.start());
		this.scope.run(Duration.ofSeconds(40));
		assertThat(this.hunt.home()).isNotNull();
		assertThat(this.hunt.standbys()).hasSize(2);
	}

	@Test
	void thereAreTwoStandbysAtMost() {
		assertThatIllegalArgumentException().isThrownBy(() -> HuntSettings.of(List.of()).withStandbys(3))
			.withMessageContaining("standbys 3");
	}

	private void startRegistrars() {
		this.registrars.forEach((registrar) -> registrar.process.start());
	}

	private List<InetSocketAddress> addresses() {
		return this.registrars.stream().map(ScriptedRegistrar::address).toList();
	}

	private ScriptedRegistrar at(InetSocketAddress address) {
		return this.registrars.stream()
			.filter((registrar) -> registrar.address().equals(address))
			.findFirst()
			.orElseThrow();
	}

	private List<InetSocketAddress> connected() {
		return this.registrars.stream()
			.filter((registrar) -> !registrar.associations.isEmpty())
			.map(ScriptedRegistrar::address)
			.toList();
	}

	private void hunt(int standbys) {
		hunt(HuntSettings.of(addresses()).withStandbys(standbys));
	}

	private void hunt(HuntSettings settings) {
		this.process = this.scope.process("x", (runtime) -> {
			this.hunt = new RegistrarHunt(runtime, ScriptedRegistrar.CODEC, settings);
			this.hunt.addListener(new Recorder());
			this.hunt.start();
		});
		SimulatedProcess hunter = this.process;
		this.scope.check(() -> this.mostAssociations = Math.max(this.mostAssociations, hunter.associationCount()));
		hunter.start();
	}

	private final class Recorder implements RegistrarHuntListener {

		@Override
		public void homeFound(Home home) {
			add("found " + home.address().getHostString());
		}

		@Override
		public void homeLost(Home home, String reason) {
			add("lost " + home.address().getHostString() + ": " + reason);
		}

		@Override
		public void nothingFound(List<HuntFailure> failures) {
			add("nothing");
		}

		private void add(String event) {
			ServerHuntTests.this.events.add(ServerHuntTests.this.scope.time().toSeconds() + " " + event);
		}

	}

}
