package org.rserpool.registrar;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;

import org.rserpool.Conformance;
import org.rserpool.handlespace.ElementKey;
import org.rserpool.handlespace.HandlespaceChecksum;
import org.rserpool.wire.AsapMessage;
import org.rserpool.wire.Dialect;
import org.rserpool.wire.EnrpMessage;
import org.rserpool.wire.EnrpMessage.HandleTableRequest;
import org.rserpool.wire.EnrpMessage.HandleUpdate;
import org.rserpool.wire.EnrpMessage.UpdateAction;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PolicyType;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;
import org.rserpool.wire.Transport;
import org.rserpool.wire.WireCodec;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Updates}.
 */
class UpdatesTests {

	private static final int OWN = 0x80;

	private static final Duration SOON = Duration.ofMillis(20);

	private static final PoolHandle OTHER = PoolHandle.of("OtherPool");

	private final FakeNetwork network = new FakeNetwork(1);

	private final TestRegistrar registrar = new TestRegistrar(this.network.process(), OWN, List.of(),
			UnaryOperator.identity());

	private final TestPeer peer = new TestPeer(this.network, 0x90);

	private final TestPeer other = new TestPeer(this.network, 0x91);

	private final TestElement element = new TestElement(this.network, 1);

	UpdatesTests() {
		this.registrar.role.start();
		for (TestPeer each : List.of(this.peer, this.other)) {
			each.connect(this.registrar);
			each.present();
		}
		this.network.run(SOON);
	}

	@Test
	@Conformance({ "EN2", "EN22", "EN23", "PR10" })
	void tellsAllPeersOfARegistrationAndOfItsRenewal() {
		this.element.register(this.registrar.asap());
		this.network.run(SOON);
		HandleUpdate expected = new HandleUpdate(false, OWN, 0, UpdateAction.ADD_PE, TestElement.POOL, own());
		assertThat(this.peer.received(HandleUpdate.class)).containsExactly(expected);
		assertThat(this.other.received(HandleUpdate.class)).containsExactly(expected);
		this.element.register();
		this.network.run(SOON);
		assertThat(this.peer.received(HandleUpdate.class)).containsExactly(expected, expected);
	}

	@Test
	@Conformance("PR10")
	void doesNotTellOfARejectedRegistration() {
		this.element.register(this.registrar.asap());
		this.network.run(SOON);
		this.peer.forget();
		TestElement misfit = new TestElement(this.network, 2);
		misfit.connect(this.registrar.asap());
		misfit.send(new AsapMessage.Registration(TestElement.POOL,
				misfit.description().withPolicy(MemberSelectionPolicy.of(PolicyType.RANDOM))));
		this.network.run(SOON);
		assertThat(misfit.last(AsapMessage.RegistrationResponse.class).rejected()).isTrue();
		assertThat(this.peer.received(HandleUpdate.class)).isEmpty();
	}

	@Test
	@Conformance({ "EN2", "EN23", "EN25", "PR14" })
	void tellsAllPeersOfARemovalAndOfNothingElse() {
		this.element.register(this.registrar.asap());
		this.network.run(SOON);
		TestElement stranger = new TestElement(this.network, 2);
		stranger.connect(this.registrar.asap());
		stranger.send(new AsapMessage.Deregistration(TestElement.POOL, 1));
		stranger.send(new AsapMessage.Deregistration(TestElement.POOL, 2));
		this.peer.forget();
		this.network.run(SOON);
		assertThat(stranger.received(AsapMessage.DeregistrationResponse.class)).hasSize(2);
		assertThat(this.peer.received(HandleUpdate.class)).as("one is refused, and one is unknown").isEmpty();
		this.element.deregister();
		this.network.run(SOON);
		HandleUpdate expected = new HandleUpdate(false, OWN, 0, UpdateAction.DEL_PE, TestElement.POOL, own());
		assertThat(this.peer.received(HandleUpdate.class)).containsExactly(expected);
		assertThat(this.other.last(HandleUpdate.class)).isEqualTo(expected);
	}

	@Test
	@Conformance("EN25")
	void tellsAllPeersOfTheRemovalOfADeadElement() {
		this.element.register(this.registrar.asap());
		this.network.run(SOON);
		HandleUpdate expected = new HandleUpdate(false, OWN, 0, UpdateAction.DEL_PE, TestElement.POOL, own());
		this.element.process().kill();
		this.network.run(SOON);
		assertThat(this.peer.last(HandleUpdate.class)).isEqualTo(expected);
		assertThat(this.other.last(HandleUpdate.class)).isEqualTo(expected);
	}

	@Test
	@Conformance("EN24")
	void createsPoolsAndAddsAndReplacesWhatAPeerAdds() {
		PoolElement first = learnt(1, 0x90).withPolicy(MemberSelectionPolicy.of(PolicyType.PRIORITY, 5));
		update(this.peer, UpdateAction.ADD_PE, OTHER, first);
		assertThat(this.registrar.role.snapshot().pools())
			.containsExactly(new RegistrarSnapshot.Pool(OTHER, first.policy(), List.of(first)));
		PoolElement second = learnt(2, 0x91).withPolicy(MemberSelectionPolicy.of(PolicyType.PRIORITY, 6));
		update(this.other, UpdateAction.ADD_PE, OTHER, second);
		PoolElement replaced = new PoolElement(1, 0x90, 7000, new Transport.Tcp(8, this.peer.process().address()),
				MemberSelectionPolicy.of(PolicyType.PRIORITY, 9), first.asapTransport());
		update(this.peer, UpdateAction.ADD_PE, OTHER, replaced);
		assertThat(this.registrar.role.snapshot().pools().get(0).elements()).containsExactly(replaced, second);
		assertThat(this.other.received(HandleUpdate.class)).as("updates are not passed on").isEmpty();
	}

	@Test
	@Conformance({ "EN26", "EN27" })
	void removesWhatItsOwnerRemoves() {
		update(this.peer, UpdateAction.ADD_PE, OTHER, learnt(1, 0x90));
		update(this.peer, UpdateAction.ADD_PE, OTHER, learnt(2, 0x90));
		update(this.peer, UpdateAction.DEL_PE, OTHER, learnt(1, 0x90));
		assertThat(this.registrar.owners()).containsOnlyKeys(2);
		RegistrarSnapshot before = this.registrar.role.snapshot();
		this.peer.forget();
		update(this.peer, UpdateAction.DEL_PE, OTHER, learnt(1, 0x90));
		update(this.peer, UpdateAction.DEL_PE, TestElement.POOL, learnt(1, 0x90));
		assertThat(this.registrar.role.snapshot().pools()).as("unknown elements").isEqualTo(before.pools());
		assertThat(this.peer.received).noneMatch((message) -> !(message instanceof EnrpMessage.Presence));
		update(this.peer, UpdateAction.DEL_PE, OTHER, learnt(2, 0x90));
		assertThat(this.registrar.role.snapshot().pools()).isEmpty();
	}

	@Test
	void aRemovalByWhoIsNotTheOwnerStartsAnAuditInstead() {
		this.element.register(this.registrar.asap());
		update(this.peer, UpdateAction.ADD_PE, OTHER, learnt(2, 0x90));
		update(this.other, UpdateAction.DEL_PE, TestElement.POOL, own());
		assertThat(this.registrar.owners()).isEqualTo(Map.of(1, OWN, 2, 0x90));
		assertThat(this.other.last(HandleTableRequest.class)).isEqualTo(new HandleTableRequest(true, OWN, 0x91));
		update(this.peer, UpdateAction.DEL_PE, TestElement.POOL, own());
		assertThat(this.peer.received(HandleTableRequest.class)).hasSize(1);
		assertThat(this.registrar.owners()).isEqualTo(Map.of(1, OWN, 2, 0x90));
	}

	@Test
	@Conformance("EN53")
	void anElementThatAPeerAddsIsNotOwnAnyMore() {
		this.element.register(this.registrar.asap());
		this.network.run(SOON);
		assertThat(presentedChecksum()).isEqualTo(checksum(TestElement.POOL, 1));
		update(this.peer, UpdateAction.ADD_PE, TestElement.POOL, own());
		assertThat(this.registrar.owners()).as("the peer names no other home").isEqualTo(Map.of(1, OWN));
		update(this.peer, UpdateAction.ADD_PE, TestElement.POOL, own().withHomeRegistrar(0x90));
		assertThat(this.registrar.owners()).isEqualTo(Map.of(1, 0x90));
		assertThat(presentedChecksum()).isEqualTo(HandlespaceChecksum.EMPTY);
		assertThat(this.registrar.role.snapshot().peers().get(0).expectedChecksum())
			.isEqualTo(checksum(TestElement.POOL, 1));
		int asked = this.element.received(AsapMessage.EndpointKeepAlive.class).size();
		this.network.run(Duration.ofSeconds(5));
		assertThat(this.element.received(AsapMessage.EndpointKeepAlive.class)).as("the new home asks").hasSize(asked);
	}

	@Test
	@Conformance("EN28")
	void doesNotTakeAnUpdateForAnythingElseThanToAddOrToRemove() {
		ByteBuffer octets = new WireCodec(Dialect.RFC)
			.encode(new HandleUpdate(false, 0x90, 0, UpdateAction.ADD_PE, OTHER, learnt(1, 0x90)));
		assertThat(octets.getInt(12)).as("the action, and the reserved field").isZero();
		octets.putShort(12, (short) 2);
		this.peer.send(octets.duplicate());
		this.network.run(SOON);
		assertThat(this.registrar.owners()).isEmpty();
		assertThat(this.registrar.counter(Counters.PARSE_ERRORS)).isOne();
		octets.putInt(12, 0x0000beef);
		this.peer.send(octets.duplicate());
		this.network.run(SOON);
		assertThat(this.registrar.owners()).as("the reserved field is ignored").isEqualTo(Map.of(1, 0x90));
	}

	private void update(TestPeer sender, UpdateAction action, PoolHandle pool, PoolElement changed) {
		sender.send(new HandleUpdate(false, sender.identifier(), 0, action, pool, changed));
		this.network.run(SOON);
	}

	private int presentedChecksum() {
		this.other.present(true);
		this.network.run(SOON);
		Integer checksum = this.other.last(EnrpMessage.Presence.class).checksum();
		assertThat(checksum).isNotNull();
		return checksum;
	}

	private static int checksum(PoolHandle pool, int identifier) {
		HandlespaceChecksum checksum = new HandlespaceChecksum();
		checksum.add(new ElementKey(pool, identifier));
		return checksum.value();
	}

	/**
	 * Return the element as it is after it registered.
	 */
	@Test
	void anInvitationSurvivesWhatTheOwnerSaysMeanwhile() {
		suggest();
		update(this.peer);
		this.network.await(SOON, () -> !this.element.received(AsapMessage.EndpointKeepAlive.class).isEmpty());
		assertThat(this.element.last(AsapMessage.EndpointKeepAlive.class).home()).isTrue();
		update(this.peer);
		this.network.run(SOON);
		assertThat(this.element.home).as("the association that it is to register over").isNotNull();
		this.element.register();
		this.network.run(SOON);
		assertThat(this.registrar.owners()).isEqualTo(Map.of(1, OWN));
	}

	@Test
	void anInvitationEndsWhenAnotherRegistrarBecomesTheOwner() {
		suggest();
		update(this.other);
		this.network.run(SOON);
		assertThat(this.element.received(AsapMessage.EndpointKeepAlive.class)).isEmpty();
		assertThat(this.registrar.owners()).isEqualTo(Map.of(1, this.other.identifier()));
	}

	private void suggest() {
		this.peer.send(new HandleUpdate(true, this.peer.identifier(), OWN, UpdateAction.ADD_PE, TestElement.POOL,
				this.element.description().withHomeRegistrar(this.peer.identifier())));
	}

	private void update(TestPeer owner) {
		owner.send(new HandleUpdate(false, owner.identifier(), 0, UpdateAction.ADD_PE, TestElement.POOL,
				this.element.description().withHomeRegistrar(owner.identifier())));
	}

	private PoolElement own() {
		return this.element.description().withHomeRegistrar(OWN);
	}

	private PoolElement learnt(int identifier, int home) {
		Transport transport = new Transport.Tcp(7, this.peer.process().address());
		return new PoolElement(identifier, home, 30_000, transport, MemberSelectionPolicy.ROUND_ROBIN, transport);
	}

}
