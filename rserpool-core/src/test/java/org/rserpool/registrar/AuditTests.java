package org.rserpool.registrar;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.rserpool.Conformance;
import org.rserpool.handlespace.ElementKey;
import org.rserpool.handlespace.HandlespaceChecksum;
import org.rserpool.wire.AsapMessage;
import org.rserpool.wire.EnrpMessage.HandleTableRequest;
import org.rserpool.wire.EnrpMessage.HandleTableResponse;
import org.rserpool.wire.EnrpMessage.HandleUpdate;
import org.rserpool.wire.EnrpMessage.PoolEntry;
import org.rserpool.wire.EnrpMessage.UpdateAction;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.Transport;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Audits}. A peer owns two elements, of which no other process is there
 * to answer.
 */
class AuditTests {

	private static final int OWN = 0x80;

	private static final int PEER = 0x90;

	private static final Duration SOON = Duration.ofMillis(20);

	private static final HandleTableRequest REQUEST = new HandleTableRequest(true, OWN, PEER);

	private final FakeNetwork network = new FakeNetwork(1);

	private final TestRegistrar registrar = new TestRegistrar(this.network.process(), OWN, List.of(),
			UnaryOperator.identity());

	private final TestPeer peer = new TestPeer(this.network, PEER);

	@BeforeEach
	void meet() {
		this.registrar.role.start();
		this.peer.connect(this.registrar);
		this.peer.send(new HandleUpdate(false, PEER, 0, UpdateAction.ADD_PE, TestElement.POOL, element(1)));
		this.peer.send(new HandleUpdate(false, PEER, 0, UpdateAction.ADD_PE, TestElement.POOL, element(2)));
		this.peer.checksum = checksum(1, 2);
		this.network.run(SOON);
		assertThat(this.registrar.owners()).isEqualTo(Map.of(1, PEER, 2, PEER));
	}

	@Test
	@Conformance({ "EN50", "EN51" })
	void asksAtOnceWhenTheChecksumDiffersAndOnlyThen() {
		present(checksum(1, 2));
		assertThat(requests()).isEmpty();
		this.peer.checksum = checksum(1, 2, 3);
		this.peer.present();
		this.network.run(Duration.ofMillis(2));
		assertThat(requests()).containsExactly(REQUEST);
		RegistrarSnapshot.Peer known = this.registrar.role.snapshot().peers().get(0);
		assertThat(known.expectedChecksum()).isEqualTo(checksum(1, 2));
		assertThat(known.reportedChecksum()).isEqualTo(checksum(1, 2, 3));
	}

	@Test
	@Conformance("EN50")
	void comparesEachPeerWithWhatThatPeerOwns() {
		TestPeer other = new TestPeer(this.network, 0x91);
		other.connect(this.registrar);
		other.checksum = TestPeer.NOTHING;
		other.present();
		this.network.run(SOON);
		assertThat(other.received(HandleTableRequest.class)).isEmpty();
		other.checksum = checksum(1, 2);
		other.present();
		this.network.run(SOON);
		assertThat(other.received(HandleTableRequest.class)).hasSize(1);
		assertThat(requests()).isEmpty();
	}

	@Test
	@Conformance({ "EN53", "EN54" })
	void replacesAndAddsWhatThePeerListsAndRemovesTheRest() {
		present(checksum(1, 3));
		PoolElement replaced = new PoolElement(1, PEER, 60_000, element(1).userTransport(),
				MemberSelectionPolicy.ROUND_ROBIN, element(1).asapTransport());
		answer(true, replaced);
		assertThat(requests()).as("there is more").containsExactly(REQUEST, REQUEST);
		assertThat(this.registrar.owners()).as("what is marked stays until the end").containsKey(2);
		answer(false, element(3));
		assertThat(this.registrar.role.snapshot().pools().get(0).elements()).containsExactly(replaced, element(3));
		assertThat(this.registrar.events).contains("removed 2 AUDIT");
		assertThat(this.peer.received(HandleUpdate.class)).as("silently").isEmpty();
		present(checksum(1, 3));
		assertThat(requests()).as("the copies agree").hasSize(2);
	}

	@Test
	@Conformance("EN54")
	void removesThePoolOfWhichThePeerListsNothing() {
		present(TestPeer.NOTHING);
		answer(false);
		assertThat(this.registrar.role.snapshot().pools()).isEmpty();
	}

	@Test
	void oneAuditOfAPeerIsUnderWayAtATime() {
		present(TestPeer.NOTHING);
		present(checksum(1));
		present(checksum(2));
		assertThat(requests()).hasSize(1);
	}

	@Test
	void asksAgainLaterWhenNoAnswerComes() {
		present(TestPeer.NOTHING);
		for (int i = 0; i < 29; i++) {
			this.network.run(Duration.ofMillis(80));
			present(TestPeer.NOTHING);
		}
		assertThat(requests()).as("the peer forgets the session that was under way first").hasSize(1);
		answer(false);
		assertThat(this.registrar.owners()).as("too late").hasSize(2);
		this.network.run(Duration.ofMillis(200));
		present(TestPeer.NOTHING);
		assertThat(requests()).hasSize(2);
		answer(false);
		assertThat(this.registrar.owners()).isEmpty();
	}

	@Test
	void asksAgainLaterWhenItIsRefused() {
		present(checksum(1, 3));
		answer(true, element(3));
		this.peer.send(new HandleTableResponse(true, false, PEER, OWN, List.of()));
		this.network.run(SOON);
		assertThat(this.registrar.owners()).as("nothing is removed").containsOnlyKeys(1, 2, 3);
		present(checksum(1, 3));
		assertThat(requests()).hasSize(2);
		this.network.run(Duration.ofMillis(2100));
		present(checksum(1, 3));
		assertThat(requests()).hasSize(3);
	}

	@Test
	void ignoresWhatItDidNotAskFor() {
		answer(false, element(4));
		assertThat(this.registrar.owners()).containsOnlyKeys(1, 2);
	}

	@Test
	void keepsAnOwnElementThatIsInThePeersList() {
		TestElement own = new TestElement(this.network, 5);
		own.register(this.registrar.asap());
		this.network.run(SOON);
		present(checksum(1, 2, 5));
		answer(false, element(1), element(2), own.description().withHomeRegistrar(PEER));
		assertThat(this.registrar.owners()).isEqualTo(Map.of(1, PEER, 2, PEER, 5, OWN));
		assertThat(this.peer.last(HandleUpdate.class).element().homeRegistrar()).as("insists").isEqualTo(OWN);
	}

	@Test
	void anElementThatLivesIsNotRemovedThoughItsOwnerDoesNotKnowIt() {
		TestElement living = new TestElement(this.network, 3);
		this.peer.send(new HandleUpdate(false, PEER, 0, UpdateAction.ADD_PE, TestElement.POOL,
				living.description().withHomeRegistrar(PEER)));
		this.network.run(SOON);
		present(checksum(1, 2));
		answer(false, element(1), element(2));
		assertThat(this.registrar.owners()).containsOnlyKeys(1, 2, 3);
		assertThat(living.last(AsapMessage.EndpointKeepAlive.class).home()).isFalse();
	}

	private void present(int checksum) {
		this.peer.checksum = checksum;
		this.peer.present();
		this.network.run(SOON);
	}

	private void answer(boolean more, PoolElement... elements) {
		List<PoolEntry> pools = (elements.length > 0) ? List.of(new PoolEntry(TestElement.POOL, List.of(elements)))
				: List.of();
		this.peer.send(new HandleTableResponse(false, more, PEER, OWN, pools));
		this.network.run(SOON);
	}

	private List<HandleTableRequest> requests() {
		return this.peer.received(HandleTableRequest.class);
	}

	private PoolElement element(int identifier) {
		Transport transport = new Transport.Tcp(7, this.peer.process().address());
		return new PoolElement(identifier, PEER, 30_000, transport, MemberSelectionPolicy.ROUND_ROBIN, transport);
	}

	private static int checksum(int... identifiers) {
		HandlespaceChecksum checksum = new HandlespaceChecksum();
		for (int identifier : identifiers) {
			checksum.add(new ElementKey(TestElement.POOL, identifier));
		}
		return checksum.value();
	}

}
