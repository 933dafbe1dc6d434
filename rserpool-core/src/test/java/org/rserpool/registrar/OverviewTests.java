package org.rserpool.registrar;

import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.rserpool.handlespace.HandlespaceChecksum;
import org.rserpool.registrar.RegistrarSnapshot.PeerState;
import org.rserpool.registrar.RegistrarSnapshot.State;
import org.rserpool.wire.AsapMessage.EndpointUnreachable;
import org.rserpool.wire.Dialect;
import org.rserpool.wire.EnrpMessage.HandleUpdate;
import org.rserpool.wire.EnrpMessage.InitTakeover;
import org.rserpool.wire.EnrpMessage.TakeoverServer;
import org.rserpool.wire.EnrpMessage.UpdateAction;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;
import org.rserpool.wire.Transport;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Overviews}: what a registrar says of itself and of its elements.
 */
class OverviewTests {

	private static final int OWN = 0x80;

	private static final int PEER = 0x90;

	private static final PoolHandle OTHER = PoolHandle.of("OtherPool");

	private static final Duration SOON = Duration.ofMillis(20);

	private final FakeNetwork network = new FakeNetwork(1);

	private final TestRegistrar registrar = new TestRegistrar(this.network.process(), OWN, List.of(),
			UnaryOperator.identity());

	private final TestElement element = new TestElement(this.network, 1);

	private final TestPeer peer = new TestPeer(this.network, PEER);

	@BeforeEach
	void meet() {
		this.registrar.role.start();
		this.element.register(this.registrar.asap());
		this.peer.connect(this.registrar);
		for (int identifier = 2; identifier <= 4; identifier++) {
			learn(TestElement.POOL, identifier);
		}
		learn(OTHER, 5);
		this.network.run(SOON);
	}

	@Test
	void theRegistrarCountsWithoutListing() {
		this.network.run(Duration.ofMillis(480));
		RegistrarOverview overview = this.registrar.role.overview();
		assertThat(overview.identifier()).isEqualTo(OWN);
		assertThat(overview.state()).isEqualTo(State.RUNNING);
		assertThat(overview.dialect()).isEqualTo(Dialect.RFC);
		assertThat(overview.age()).isEqualTo(Duration.ofMillis(500));
		assertThat(overview.asapAddresses()).containsExactly(this.registrar.asap());
		assertThat(overview.pools()).isEqualTo(2);
		assertThat(overview.elements()).isEqualTo(5);
		assertThat(overview.ownElements()).isOne();
		assertThat(overview.checksum()).isEqualTo(this.registrar.role.snapshot().checksum());
		assertThat(overview.takeovers()).isEmpty();
		assertThat(overview.peers()).singleElement().satisfies((known) -> {
			assertThat(known.identifier()).isEqualTo(PEER);
			assertThat(known.state()).isEqualTo(PeerState.ACTIVE);
			assertThat(known.elements()).isEqualTo(4);
		});
	}

	@Test
	void poolsAndElementsAreListedInPages() {
		PoolOverview echo = new PoolOverview(TestElement.POOL, MemberSelectionPolicy.ROUND_ROBIN, 4, 1);
		PoolOverview other = new PoolOverview(OTHER, MemberSelectionPolicy.ROUND_ROBIN, 1, 0);
		assertThat(this.registrar.role.pools(null, 10)).containsExactly(echo, other);
		assertThat(this.registrar.role.pools(null, 1)).containsExactly(echo);
		assertThat(this.registrar.role.pools(TestElement.POOL, 10)).containsExactly(other);
		assertThat(this.registrar.role.pools(PoolHandle.of("EchoPoolZ"), 10)).containsExactly(other);
		assertThat(this.registrar.role.pools(OTHER, 10)).isEmpty();
		assertThat(this.registrar.role.pool(OTHER)).isEqualTo(other);
		assertThat(this.registrar.role.pool(PoolHandle.of("none"))).isNull();
		assertThat(identifiers(null, 2)).containsExactly(1, 2);
		assertThat(identifiers(2, 2)).containsExactly(3, 4);
		assertThat(identifiers(4, 2)).isEmpty();
		assertThat(this.registrar.role.elements(PoolHandle.of("none"), null, 2)).isEmpty();
	}

	@Test
	void anElementIsKnownSinceItCameAndItsRegistrationRunsOut() {
		this.network.run(Duration.ofSeconds(10));
		this.element.register();
		learn(TestElement.POOL, 2);
		this.network.run(Duration.ofSeconds(5));
		assertThat(status(1).knownFor()).isBetween(Duration.ofSeconds(15), Duration.ofSeconds(16));
		assertThat(status(1).remaining()).isBetween(Duration.ofSeconds(24), Duration.ofMillis(25_100));
		assertThat(status(2).knownFor()).isBetween(Duration.ofSeconds(15), Duration.ofSeconds(16));
		assertThat(status(2).remaining()).isBetween(Duration.ofSeconds(24), Duration.ofMillis(25_100));
		assertThat(status(3).remaining()).isBetween(Duration.ofSeconds(14), Duration.ofSeconds(15));
		assertThat(this.registrar.role.elements(OTHER, null, 1).get(0).remaining()).isNull();
	}

	@Test
	void reportsAreShownUntilTheyAreForgotten() {
		TestElement user = new TestElement(this.network, 100);
		user.connect(this.registrar.asap());
		user.send(new EndpointUnreachable(TestElement.POOL, 1));
		user.send(new EndpointUnreachable(TestElement.POOL, 3));
		this.network.run(SOON);
		assertThat(status(1).unreachableReports()).isOne();
		assertThat(status(1).suspected()).isFalse();
		assertThat(status(3).suspected()).isTrue();
		assertThat(status(4).suspected()).isFalse();
		this.network.run(ReportCount.DECAY.dividedBy(2));
		assertThat(status(1).unreachableReports()).isOne();
		this.element.renewing = true;
		this.element.register();
		this.element.send(new EndpointUnreachable(TestElement.POOL, 1));
		this.network.run(SOON);
		assertThat(status(1).unreachableReports()).isOne();
		this.network.run(ReportCount.DECAY);
		assertThat(status(1).unreachableReports()).isZero();
	}

	@Test
	void aTakeoverShowsWhoIsWaitedFor() {
		TestPeer third = new TestPeer(this.network, 0x91);
		third.connect(this.registrar);
		third.present();
		this.network.run(SOON);
		this.peer.process().kill();
		this.network.run(Duration.ofMillis(100));
		assertThat(this.registrar.role.overview().takeovers()).singleElement().satisfies((takeover) -> {
			assertThat(takeover.target()).isEqualTo(PEER);
			assertThat(takeover.awaited()).containsExactly(0x91);
			assertThat(takeover.age()).isLessThan(Duration.ofSeconds(1));
		});
	}

	@Test
	void theListenerIsToldOfATakeoverByAnother() {
		TestPeer third = new TestPeer(this.network, 0x91);
		third.connect(this.registrar);
		third.send(new InitTakeover(0x91, 0, PEER));
		third.send(new TakeoverServer(0x91, 0, PEER));
		this.network.run(SOON);
		assertThat(this.registrar.events).contains("taken over 144 by 145 4");
	}

	@Test
	void theListenerIsToldOfAChecksumThatDiffers() {
		this.peer.checksum = HandlespaceChecksum.EMPTY;
		int expected = this.registrar.role.overview().peers().get(0).expectedChecksum();
		this.peer.present();
		this.network.run(Duration.ofMillis(2));
		assertThat(this.registrar.events)
			.containsOnlyOnce("checksum of 144 is " + HandlespaceChecksum.EMPTY + " not " + expected);
	}

	private void learn(PoolHandle pool, int identifier) {
		long lifetime = pool.equals(OTHER) ? PoolElement.INFINITE : 30_000;
		this.peer.send(new HandleUpdate(false, PEER, 0, UpdateAction.ADD_PE, pool,
				new PoolElement(identifier, PEER, lifetime,
						new Transport.Tcp(6000 + identifier, this.peer.process().address()),
						MemberSelectionPolicy.ROUND_ROBIN,
						new Transport.Tcp(7000 + identifier, this.peer.process().address()))));
	}

	private List<Integer> identifiers(Integer after, int limit) {
		return this.registrar.role.elements(TestElement.POOL, after, limit)
			.stream()
			.map((status) -> status.element().identifier())
			.toList();
	}

	private ElementStatus status(int identifier) {
		return this.registrar.role.elements(TestElement.POOL, identifier - 1, 1).get(0);
	}

}
