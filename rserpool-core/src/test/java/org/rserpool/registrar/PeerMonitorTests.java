package org.rserpool.registrar;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import org.rserpool.Conformance;
import org.rserpool.handlespace.HandlespaceChecksum;
import org.rserpool.registrar.RegistrarSnapshot.PeerState;
import org.rserpool.runtime.TransportProtocol;
import org.rserpool.wire.EnrpMessage.HandleUpdate;
import org.rserpool.wire.EnrpMessage.InitTakeover;
import org.rserpool.wire.EnrpMessage.ListRequest;
import org.rserpool.wire.EnrpMessage.Presence;
import org.rserpool.wire.EnrpMessage.UpdateAction;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.ServerInformation;
import org.rserpool.wire.Transport;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PeerMonitor} and {@link Peers}, with the times of the RFC.
 */
class PeerMonitorTests {

	private static final int OWN = 0x80;

	private static final Duration SOON = Duration.ofMillis(20);

	private final FakeNetwork network = new FakeNetwork(1);

	private final TestRegistrar registrar = new TestRegistrar(this.network.process(), OWN, List.of(),
			(settings) -> RegistrarSettings.rfc());

	private final TestPeer peer = new TestPeer(this.network, 0x90);

	private final TestPeer other = new TestPeer(this.network, 0x91);

	PeerMonitorTests() {
		this.registrar.role.start();
	}

	@Test
	@Conformance({ "EN29", "EN30" })
	void asksWhoItDoesNotKnowForASignOfLife() {
		this.peer.answering = false;
		this.peer.connect(this.registrar);
		this.peer.send(new HandleUpdate(false, 0x90, 0, UpdateAction.ADD_PE, TestElement.POOL, element(1)));
		this.network.run(SOON);
		assertThat(this.peer.probes()).singleElement()
			.isEqualTo(new Presence(true, OWN, 0x90, HandlespaceChecksum.EMPTY, own()));
		assertThat(state(0x90)).isEqualTo(PeerState.ACTIVE);
		this.peer.present();
		this.network.run(SOON);
		assertThat(this.peer.probes()).as("it is known now").hasSize(1);
	}

	@Test
	@Conformance("EN31")
	void answersAPresenceThatRequiresAReplyWithItsInformation() {
		meet();
		this.peer.forget();
		this.peer.present(true);
		this.network.run(SOON);
		assertThat(this.peer.received)
			.containsExactly(new Presence(false, OWN, 0x90, HandlespaceChecksum.EMPTY, own()));
		this.peer.present(false);
		this.network.run(SOON);
		assertThat(this.peer.received).as("no reply is required").hasSize(1);
	}

	@Test
	@Conformance({ "EN2", "EN32", "EN49" })
	void presentsItselfToAllPeersInEveryCycle() {
		meet();
		TestElement element = new TestElement(this.network, 1);
		element.renewing = true;
		element.register(this.registrar.asap());
		this.network.run(SOON);
		this.peer.forget();
		this.other.forget();
		Presence presence = new Presence(false, OWN, 0, this.registrar.role.snapshot().checksum(), own());
		assertThat(presence.checksum()).isNotEqualTo(HandlespaceChecksum.EMPTY);
		for (int cycle = 0; cycle < 10; cycle++) {
			Duration time = this.network.await(Duration.ofMinutes(1), () -> this.peer.received.contains(presence));
			assertThat(time).isBetween(Duration.ofMillis(26_200), Duration.ofMillis(33_800));
			this.network.run(Duration.ofMillis(2));
			assertThat(this.peer.received(Presence.class)).as("once").containsExactly(presence);
			assertThat(this.other.received(Presence.class)).containsExactly(presence);
			this.peer.present();
			this.other.present();
			this.peer.forget();
			this.other.forget();
		}
	}

	@Test
	@Conformance({ "EN33", "EN34" })
	void probesAPeerThatWasSilentAndNoPeerThatSaidAnything() {
		meet();
		int probes = this.peer.probes().size();
		for (int i = 0; i < 20; i++) {
			this.network.run(Duration.ofSeconds(10));
			this.peer.send(new ListRequest(0x90, OWN));
		}
		this.network.run(SOON);
		assertThat(this.peer.probes()).hasSize(probes);
		Duration silence = this.network.await(Duration.ofMinutes(2), () -> this.peer.probes().size() > probes);
		assertThat(silence).isBetween(Duration.ofSeconds(61).minus(SOON), Duration.ofSeconds(61));
		assertThat(this.peer.probes().get(probes).receiver()).isEqualTo(0x90);
	}

	@Test
	@Conformance({ "EN34", "EN35", "EN36" })
	void takesOverFromAPeerThatDoesNotAnswerItsProbe() {
		meet();
		this.peer.send(new HandleUpdate(false, 0x90, 0, UpdateAction.ADD_PE, TestElement.POOL, element(1)));
		this.network.run(SOON);
		this.peer.answering = false;
		int probes = this.peer.probes().size();
		this.network.await(Duration.ofMinutes(2), () -> this.peer.probes().size() > probes);
		this.other.present();
		this.network.run(Duration.ofMillis(4900));
		assertThat(this.registrar.events).doesNotContain("peer down 144");
		assertThat(state(0x90)).isEqualTo(PeerState.PROBING);
		this.network.run(Duration.ofMillis(150));
		assertThat(this.registrar.events).contains("peer down 144", "takeover started 144");
		assertThat(this.other.last(InitTakeover.class).target()).isEqualTo(0x90);
	}

	@Test
	@Conformance("EN35")
	void keepsAPeerThatAnswersItsProbeByAnyMessage() {
		meet();
		this.peer.answering = false;
		int probes = this.peer.probes().size();
		this.network.await(Duration.ofMinutes(2), () -> this.peer.probes().size() > probes);
		this.peer.send(new ListRequest(0x90, OWN));
		this.network.run(Duration.ofSeconds(10));
		assertThat(this.registrar.events).doesNotContain("peer down 144");
		assertThat(state(0x90)).isEqualTo(PeerState.ACTIVE);
	}

	@Test
	@Conformance({ "EN35", "EN36" })
	void takesOverAtOnceFromAPeerThatCannotBeReached() {
		meet();
		this.peer.send(new HandleUpdate(false, 0x90, 0, UpdateAction.ADD_PE, TestElement.POOL, element(1)));
		this.network.run(SOON);
		this.peer.process().kill();
		this.network.run(SOON);
		assertThat(this.registrar.events).contains("peer down 144", "takeover started 144");
		assertThat(this.other.last(InitTakeover.class).target()).isEqualTo(0x90);
	}

	@Test
	void onlyForgetsADeadPeerWithoutElements() {
		meet();
		this.peer.process().kill();
		this.network.run(SOON);
		assertThat(this.registrar.peers()).containsExactly(0x91);
		assertThat(this.other.received(InitTakeover.class)).isEmpty();
	}

	@Test
	@Conformance("EN3")
	void speaksOverSctpAndNamesItsSctpTransport() {
		TestRegistrar sctp = new TestRegistrar(this.network.process(), 0x81, List.of(),
				(settings) -> settings.protocol(TransportProtocol.SCTP));
		sctp.role.start();
		TestPeer neighbour = new TestPeer(this.network.process(), 0x92, TransportProtocol.SCTP);
		neighbour.connect(sctp);
		neighbour.present(true);
		this.network.run(SOON);
		ServerInformation information = neighbour.last(Presence.class).information();
		assertThat(information).isNotNull();
		assertThat(information.transport())
			.isEqualTo(Addresses.transport(TransportProtocol.SCTP, List.of(sctp.process().address()), 9901));
		assertThat(neighbour.association).isNotNull();
		neighbour.association.abort();
		neighbour.forget();
		this.network.run(Duration.ofMillis(100));
		assertThat(neighbour.probes()).as("it comes over a new association").isNotEmpty();
		assertThat(neighbour.association).isNotNull();
		assertThat(neighbour.association.outbound()).isFalse();
		assertThat(neighbour.association.protocol()).isEqualTo(TransportProtocol.SCTP);
	}

	private void meet() {
		for (TestPeer each : List.of(this.peer, this.other)) {
			each.connect(this.registrar);
			each.present();
		}
		this.network.run(SOON);
		assertThat(this.registrar.peers()).containsExactly(0x90, 0x91);
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

	private ServerInformation own() {
		return new ServerInformation(OWN,
				Addresses.transport(TransportProtocol.TCP, List.of(this.registrar.process().address()), 9901));
	}

	private PoolElement element(int identifier) {
		Transport transport = new Transport.Tcp(7, this.peer.process().address());
		return new PoolElement(identifier, 0x90, 600_000, transport, MemberSelectionPolicy.ROUND_ROBIN, transport);
	}

}
