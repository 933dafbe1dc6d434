package org.rserpool.registrar;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.rserpool.Conformance;
import org.rserpool.handlespace.ElementKey;
import org.rserpool.handlespace.HandlespaceChecksum;
import org.rserpool.registrar.RegistrarSnapshot.PeerState;
import org.rserpool.wire.AsapMessage.EndpointKeepAlive;
import org.rserpool.wire.Dialect;
import org.rserpool.wire.EnrpMessage.HandleUpdate;
import org.rserpool.wire.EnrpMessage.InitTakeover;
import org.rserpool.wire.EnrpMessage.InitTakeoverAck;
import org.rserpool.wire.EnrpMessage.Presence;
import org.rserpool.wire.EnrpMessage.TakeoverServer;
import org.rserpool.wire.EnrpMessage.UpdateAction;
import org.rserpool.wire.WireCodec;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Takeovers}, message by message. The target owns two elements. It keeps
 * its association, and is silent; two other peers say what the test says.
 */
class TakeoverTests {

	private static final int OWN = 0x80;

	private static final int TARGET = 0x70;

	private static final int LOWER = 0x60;

	private static final int HIGHER = 0x90;

	private static final Duration SOON = Duration.ofMillis(20);

	/** Longer than it takes to find out that the target is silent. */
	private static final Duration DETECTION = Duration.ofSeconds(4);

	private final FakeNetwork network = new FakeNetwork(1);

	private final TestPeer target = new TestPeer(this.network, TARGET);

	private final TestPeer lower = new TestPeer(this.network, LOWER);

	private final TestPeer higher = new TestPeer(this.network, HIGHER);

	private final TestElement first = new TestElement(this.network, 1);

	private final TestElement second = new TestElement(this.network, 2);

	private TestRegistrar registrar = registrar(Dialect.RFC);

	@Test
	@Conformance({ "EN2", "EN37", "EN38" })
	void tellsAllPeersAndTheTarget() {
		begin();
		InitTakeover init = new InitTakeover(OWN, 0, TARGET);
		assertThat(this.lower.received(InitTakeover.class)).containsExactly(init);
		assertThat(this.higher.received(InitTakeover.class)).containsExactly(init);
		assertThat(this.target.received(InitTakeover.class)).containsExactly(init);
	}

	@Test
	@Conformance({ "EN2", "EN44", "EN45", "EN46", "EN47", "EN53" })
	void takesOverWhenAllPeersHaveAcknowledged() {
		begin();
		acknowledge(this.lower);
		this.network.run(SOON);
		assertThat(this.registrar.owners()).as("one peer has not answered").isEqualTo(Map.of(1, TARGET, 2, TARGET));
		assertThat(this.lower.received(TakeoverServer.class)).isEmpty();
		acknowledge(this.higher);
		this.network.run(Duration.ofMillis(2));
		TakeoverServer enforced = new TakeoverServer(OWN, 0, TARGET);
		assertThat(this.lower.received(TakeoverServer.class)).containsExactly(enforced);
		assertThat(this.higher.received(TakeoverServer.class)).containsExactly(enforced);
		assertThat(this.registrar.peers()).containsExactly(LOWER, HIGHER);
		assertThat(this.registrar.owners()).isEqualTo(Map.of(1, OWN, 2, OWN));
		assertThat(this.registrar.role.snapshot().checksum()).isEqualTo(checksum(1, 2));
		this.network.run(SOON);
		EndpointKeepAlive invitation = new EndpointKeepAlive(true, OWN, TestElement.POOL, null);
		for (TestElement element : List.of(this.first, this.second)) {
			EndpointKeepAlive asked = element.last(EndpointKeepAlive.class);
			assertThat(new EndpointKeepAlive(asked.home(), asked.registrar(), asked.poolHandle(), null))
				.isEqualTo(invitation);
		}
		assertThat(this.registrar.events).contains("takeover finished 112 2");
	}

	@Test
	@Conformance("EN44")
	void anAcknowledgementForAnotherTargetOrByTheTargetDoesNotCount() {
		begin();
		acknowledge(this.lower);
		this.higher.send(new InitTakeoverAck(HIGHER, OWN, LOWER));
		this.lower.send(new InitTakeoverAck(LOWER, OWN, TARGET));
		this.network.run(SOON);
		assertThat(this.registrar.owners()).containsValue(TARGET);
		assertThat(this.higher.received(TakeoverServer.class)).isEmpty();
	}

	@Test
	@Conformance("EN39")
	void presentsItselfToAllPeersWhenItIsTheTarget() {
		meet();
		List.of(this.target, this.lower, this.higher).forEach(TestPeer::forget);
		this.lower.send(new InitTakeover(LOWER, 0, OWN));
		this.network.run(Duration.ofMillis(2));
		for (TestPeer peer : List.of(this.target, this.lower, this.higher)) {
			assertThat(peer.received).singleElement().isInstanceOfSatisfying(Presence.class, (presence) -> {
				assertThat(presence.sender()).isEqualTo(OWN);
				assertThat(presence.receiver()).isZero();
			});
		}
	}

	@Test
	@Conformance("EN39")
	void presentsItselfAlsoToAPeerThatIsThoughtDead() {
		begin();
		this.target.forget();
		this.lower.send(new InitTakeover(LOWER, 0, OWN));
		this.network.run(Duration.ofMillis(2));
		assertThat(this.target.received).hasAtLeastOneElementOfType(Presence.class);
	}

	@Test
	@Conformance("EN40")
	void stopsWhenTheTargetIsHeard() {
		begin();
		acknowledge(this.lower);
		this.target.present();
		this.network.run(SOON);
		assertThat(state(TARGET)).isEqualTo(PeerState.ACTIVE);
		acknowledge(this.higher);
		this.network.run(Duration.ofMillis(1200));
		assertThat(this.registrar.owners()).isEqualTo(Map.of(1, TARGET, 2, TARGET));
		assertThat(this.higher.received(TakeoverServer.class)).isEmpty();
		assertThat(this.first.received(EndpointKeepAlive.class)).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "RFC, true", "RSPLIB, false" })
	@Conformance("EN41")
	void yieldsToAHigherIdentifier(Dialect dialect, boolean yields) {
		this.registrar = registrar(dialect);
		begin();
		this.higher.send(new InitTakeover(HIGHER, 0, TARGET));
		acknowledge(this.lower);
		this.network.run(SOON);
		assertThat(state(TARGET)).isEqualTo(PeerState.NOT_ACTIVE);
		assertThat(this.higher.received(InitTakeoverAck.class))
			.isEqualTo(yields ? List.of(new InitTakeoverAck(OWN, HIGHER, TARGET)) : List.of());
		acknowledge(this.higher);
		this.network.run(SOON);
		assertThat(this.registrar.owners()).isEqualTo(yields ? Map.of(1, TARGET, 2, TARGET) : Map.of(1, OWN, 2, OWN));
	}

	@ParameterizedTest
	@CsvSource({ "RFC, false", "RSPLIB, true" })
	@Conformance("EN42")
	void ignoresALowerIdentifier(Dialect dialect, boolean yields) {
		this.registrar = registrar(dialect);
		begin();
		this.lower.send(new InitTakeover(LOWER, 0, TARGET));
		this.network.run(SOON);
		assertThat(this.lower.received(InitTakeoverAck.class))
			.isEqualTo(yields ? List.of(new InitTakeoverAck(OWN, LOWER, TARGET)) : List.of());
		acknowledge(this.lower);
		acknowledge(this.higher);
		this.network.run(SOON);
		assertThat(this.registrar.owners()).isEqualTo(yields ? Map.of(1, TARGET, 2, TARGET) : Map.of(1, OWN, 2, OWN));
	}

	@Test
	@Conformance({ "EN29", "EN43" })
	void acknowledgesAndLeavesTheTargetAlone() {
		meet();
		this.target.forget();
		this.lower.send(new InitTakeover(LOWER, 0, TARGET));
		this.network.run(Duration.ofMillis(2));
		assertThat(this.lower.received(InitTakeoverAck.class)).containsExactly(new InitTakeoverAck(OWN, LOWER, TARGET));
		assertThat(state(TARGET)).isEqualTo(PeerState.NOT_ACTIVE);
		this.network.run(Duration.ofMillis(1900));
		assertThat(this.target.received).isEmpty();
		assertThat(state(TARGET)).isEqualTo(PeerState.NOT_ACTIVE);
	}

	@Test
	@Conformance({ "EN48", "EN53" })
	void givesTheElementsOfTheTargetToWhoTookThemOver() {
		meet();
		this.higher.send(new HandleUpdate(false, HIGHER, 0, UpdateAction.ADD_PE, TestElement.POOL,
				new TestElement(this.network, 3).description().withHomeRegistrar(HIGHER)));
		TestElement own = new TestElement(this.network, 4);
		own.register(this.registrar.asap());
		this.network.run(SOON);
		this.lower.send(new TakeoverServer(LOWER, 0, TARGET));
		this.network.run(Duration.ofMillis(2));
		assertThat(this.registrar.peers()).containsExactly(LOWER, HIGHER);
		assertThat(this.registrar.owners()).isEqualTo(Map.of(1, LOWER, 2, LOWER, 3, HIGHER, 4, OWN));
		assertThat(this.registrar.role.snapshot().peers().get(0).expectedChecksum()).isEqualTo(checksum(1, 2));
		this.network.run(Duration.ofSeconds(1));
		assertThat(this.first.received(EndpointKeepAlive.class)).as("its new home asks it").isEmpty();
	}

	@Test
	void whoIsTakenOverGivesItsElementsUp() {
		meet();
		TestElement own = new TestElement(this.network, 4);
		own.register(this.registrar.asap());
		this.network.run(SOON);
		this.lower.send(new TakeoverServer(LOWER, 0, OWN));
		this.network.run(SOON);
		assertThat(this.registrar.owners()).isEqualTo(Map.of(1, TARGET, 2, TARGET, 4, LOWER));
	}

	@Test
	void asksAgainWhoDoesNotAcknowledgeAndThenGoesOn() {
		begin();
		acknowledge(this.lower);
		this.network.run(Duration.ofMillis(1050));
		assertThat(this.higher.received(InitTakeover.class)).hasSize(2);
		assertThat(this.lower.received(InitTakeover.class)).as("it has acknowledged").hasSize(1);
		talk(Duration.ofSeconds(3));
		assertThat(this.registrar.owners()).isEqualTo(Map.of(1, OWN, 2, OWN));
		assertThat(this.higher.received(TakeoverServer.class)).hasSize(1);
	}

	@Test
	void doesNotWaitForAPeerThatDies() {
		begin();
		acknowledge(this.lower);
		this.network.run(SOON);
		this.higher.process().kill();
		this.network.run(SOON);
		assertThat(this.registrar.owners()).isEqualTo(Map.of(1, OWN, 2, OWN));
	}

	@Test
	void takesOverItselfWhenTheOneThatItYieldedToDoesNot() {
		meet();
		this.target.answering = false;
		this.higher.send(new InitTakeover(HIGHER, 0, TARGET));
		this.network.run(SOON);
		assertThat(state(TARGET)).isEqualTo(PeerState.NOT_ACTIVE);
		talk(Duration.ofMillis(3200));
		assertThat(this.higher.received(InitTakeover.class)).containsExactly(new InitTakeover(OWN, 0, TARGET));
		acknowledge(this.lower);
		acknowledge(this.higher);
		this.network.run(SOON);
		assertThat(this.registrar.owners()).isEqualTo(Map.of(1, OWN, 2, OWN));
	}

	@Test
	void watchesATargetAgainThatNobodyTookOverAndThatLives() {
		meet();
		this.higher.send(new InitTakeover(HIGHER, 0, TARGET));
		talk(Duration.ofMillis(2200));
		assertThat(this.target.probes()).isNotEmpty();
		assertThat(state(TARGET)).isEqualTo(PeerState.ACTIVE);
	}

	@Test
	void removesElementsThatDoNotAnswerAndTellsThePeers() {
		this.first.answering = false;
		begin();
		acknowledge(this.lower);
		acknowledge(this.higher);
		this.network.run(Duration.ofMillis(600));
		assertThat(this.registrar.owners()).isEqualTo(Map.of(2, OWN));
		assertThat(this.lower.received(HandleUpdate.class)).singleElement().satisfies((update) -> {
			assertThat(update.action()).isEqualTo(UpdateAction.DEL_PE);
			assertThat(update.element().identifier()).isEqualTo(1);
		});
		assertThat(this.registrar.events).contains("takeover finished 112 1");
	}

	@Test
	void anElementThatRegistersDuringTheArbitrationHasItsHomeThere() {
		begin();
		this.first.register(this.registrar.asap());
		this.network.run(SOON);
		assertThat(this.registrar.owners()).isEqualTo(Map.of(1, OWN, 2, TARGET));
		this.higher.send(new HandleUpdate(false, HIGHER, 0, UpdateAction.ADD_PE, TestElement.POOL,
				this.second.description().withHomeRegistrar(HIGHER)));
		acknowledge(this.lower);
		acknowledge(this.higher);
		this.network.run(SOON);
		assertThat(this.registrar.owners()).isEqualTo(Map.of(1, OWN, 2, HIGHER));
		assertThat(this.second.received(EndpointKeepAlive.class)).isEmpty();
	}

	@Test
	void stopsWhenTheOwnerOfElementsThatWereOrphanedIsHeard() {
		this.target.connect(this.registrar);
		this.lower.connect(this.registrar);
		this.lower.present();
		this.network.run(SOON);
		this.lower.send(new HandleUpdate(false, LOWER, 0, UpdateAction.ADD_PE, TestElement.POOL,
				this.first.description().withHomeRegistrar(TARGET)));
		talk(DETECTION);
		assertThat(this.lower.received(InitTakeover.class)).as("nobody knows the owner").isNotEmpty();
		this.target.checksum = checksum(1);
		this.target.present();
		this.network.run(SOON);
		acknowledge(this.lower);
		this.network.run(SOON);
		assertThat(this.lower.received(TakeoverServer.class)).isEmpty();
		assertThat(this.registrar.owners()).isEqualTo(Map.of(1, TARGET));
		assertThat(state(TARGET)).isEqualTo(PeerState.ACTIVE);
	}

	private TestRegistrar registrar(Dialect dialect) {
		TestRegistrar made = new TestRegistrar(this.network.process(), OWN, List.of(),
				(settings) -> settings.dialect(dialect));
		made.role.start();
		List.of(this.target, this.lower, this.higher).forEach((peer) -> peer.codec = new WireCodec(dialect));
		return made;
	}

	private void meet() {
		this.target.checksum = checksum(1, 2);
		for (TestPeer peer : List.of(this.target, this.lower, this.higher)) {
			peer.connect(this.registrar);
			peer.present();
		}
		for (TestElement element : List.of(this.first, this.second)) {
			this.target.send(new HandleUpdate(false, TARGET, 0, UpdateAction.ADD_PE, TestElement.POOL,
					element.description().withHomeRegistrar(TARGET)));
		}
		this.network.run(SOON);
		assertThat(this.registrar.owners()).isEqualTo(Map.of(1, TARGET, 2, TARGET));
	}

	/**
	 * Lets the target be silent until the takeover begins.
	 */
	private void begin() {
		meet();
		this.target.answering = false;
		for (int i = 0; i < DETECTION.toMillis() && this.lower.received(InitTakeover.class).isEmpty(); i += 100) {
			talk(Duration.ofMillis(100));
		}
		assertThat(this.registrar.events).contains("takeover started 112");
	}

	/**
	 * Lets time pass in which all peers but the target say that they live.
	 */
	private void talk(Duration duration) {
		for (long millis = 0; millis < duration.toMillis(); millis += 100) {
			this.lower.present();
			if (this.higher.association != null) {
				this.higher.present();
			}
			this.network.run(Duration.ofMillis(100));
		}
	}

	private void acknowledge(TestPeer peer) {
		peer.send(new InitTakeoverAck(peer.identifier(), OWN, TARGET));
	}

	private PeerState state(int identifier) {
		return this.registrar.role.snapshot()
			.peers()
			.stream()
			.filter((known) -> known.identifier() == identifier)
			.findFirst()
			.orElseThrow()
			.state();
	}

	private static int checksum(int... identifiers) {
		HandlespaceChecksum checksum = new HandlespaceChecksum();
		for (int identifier : identifiers) {
			checksum.add(new ElementKey(TestElement.POOL, identifier));
		}
		return checksum.value();
	}

}
