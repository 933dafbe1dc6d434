package org.rserpool.registrar;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import org.rserpool.wire.AsapMessage;
import org.rserpool.wire.PoolElement;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for how a {@link RegistrarRole} stops.
 */
class DepartureTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	private final FakeNetwork network = new FakeNetwork(1);

	private final TestRegistrar leaving = new TestRegistrar(this.network.process(), 1, List.of(), (builder) -> builder);

	private final TestRegistrar peer = new TestRegistrar(this.network.process(), 2, List.of(this.leaving.process()),
			(builder) -> builder);

	private final TestElement element = new TestElement(this.network, 10);

	private final List<String> stopped = new ArrayList<>();

	DepartureTests() {
		this.leaving.role.start();
		this.peer.role.start();
		this.network.run(SECOND);
	}

	@Test
	void handsAnElementOverThatRegistersWhereItIsInvited() {
		this.element.register(this.leaving.asap());
		this.network.run(SECOND);
		leave();
		this.network.run(Duration.ofMillis(50));
		assertThat(this.element.received(AsapMessage.EndpointKeepAlive.class))
			.anyMatch((keepAlive) -> keepAlive.home() && keepAlive.registrar() == 2);
		this.element.register();
		this.network.run(SECOND);
		assertThat(this.stopped).containsExactly("stopped");
		assertThat(this.peer.owners()).containsEntry(10, 2).hasSize(1);
		assertThat(this.element.home).as("the association is kept").isNotNull();
		assertThat(this.peer.events).noneMatch((event) -> event.startsWith("takeover"))
			.noneMatch((event) -> event.startsWith("removed"));
		assertThat(this.leaving.counter("takeovers_suggested")).isEqualTo(1);
	}

	@Test
	void anElementThatDoesNotFollowAnInvitationKeepsItsOwner() {
		this.element.register(this.leaving.asap());
		this.network.run(SECOND);
		leave();
		this.network.run(Duration.ofMillis(1400));
		assertThat(this.stopped).isEmpty();
		assertThat(this.peer.owners()).containsEntry(10, 1);
		assertThat(this.leaving.role.snapshot().state()).isEqualTo(RegistrarSnapshot.State.LEAVING);
		this.network.run(Duration.ofSeconds(10));
		assertThat(this.stopped).containsExactly("stopped");
		assertThat(this.peer.owners()).as("taken over instead").containsEntry(10, 2);
	}

	@Test
	void sendsElementsOffThatNoPeerCanReach() {
		this.element.connect(this.leaving.asap());
		PoolElement description = this.element.description();
		this.element.send(new AsapMessage.Registration(TestElement.POOL,
				new PoolElement(10, 0, 30_000, description.userTransport(), description.policy(), null)));
		this.network.run(SECOND);
		leave();
		this.network.run(Duration.ofMillis(50));
		assertThat(this.element.home).isNull();
		assertThat(this.peer.owners()).containsEntry(10, 1);
		this.element.register(this.peer.asap());
		this.network.run(SECOND);
		assertThat(this.stopped).containsExactly("stopped");
		assertThat(this.peer.owners()).containsEntry(10, 2);
		assertThat(this.peer.events).noneMatch((event) -> event.startsWith("removed"));
	}

	@Test
	void takesNobodyInAnyMore() {
		this.element.register(this.leaving.asap());
		TestElement associated = new TestElement(this.network, 11);
		associated.connect(this.leaving.asap());
		this.network.run(SECOND);
		leave();
		this.network.run(Duration.ofMillis(10));
		associated.register();
		TestElement late = new TestElement(this.network, 12);
		late.register(this.leaving.asap());
		this.network.run(Duration.ofMillis(50));
		assertThat(associated.home).isNull();
		assertThat(late.home).isNull();
		assertThat(this.peer.owners()).containsOnlyKeys(10);
	}

	@Test
	void staysForAWhileWhenAllElementsHaveMovedSoThatPeersHearOfIt() {
		this.element.register(this.leaving.asap());
		TestElement user = new TestElement(this.network, 11);
		user.connect(this.leaving.asap());
		this.network.run(SECOND);
		leave();
		this.network.run(SECOND);
		this.element.register(this.peer.asap());
		this.network.await(SECOND, () -> this.leaving.owners().containsValue(2));
		this.network.run(Duration.ofMillis(295));
		assertThat(this.stopped).isEmpty();
		assertThat(this.leaving.peers()).containsExactly(2);
		user.send(new AsapMessage.HandleResolution(false, TestElement.POOL, null));
		this.network.run(Duration.ofMillis(3));
		assertThat(user.last(AsapMessage.HandleResolutionResponse.class).elements()).as("it still answers").hasSize(1);
		this.network.run(Duration.ofMillis(30));
		assertThat(this.stopped).containsExactly("stopped");
		this.network.run(SECOND);
		assertThat(this.peer.owners()).isEqualTo(Map.of(10, 2));
		assertThat(this.peer.events).noneMatch((event) -> event.startsWith("takeover"));
	}

	@Test
	void stopsAtOnceWithoutPeers() {
		TestRegistrar alone = new TestRegistrar(this.network.process(), 3, List.of(), (builder) -> builder);
		alone.role.start();
		this.element.register(alone.asap());
		this.network.run(SECOND);
		alone.role.stop(() -> this.stopped.add("stopped"));
		this.network.run(Duration.ofMillis(50));
		assertThat(this.stopped).containsExactly("stopped");
		alone.role.stop(() -> this.stopped.add("again"));
		assertThat(this.stopped).containsExactly("stopped", "again");
	}

	@Test
	void stopEndsTheHandOver() {
		this.element.register(this.leaving.asap());
		this.network.run(SECOND);
		leave();
		this.network.run(Duration.ofMillis(10));
		this.leaving.role.stop();
		this.network.run(Duration.ofMillis(50));
		assertThat(this.stopped).containsExactly("stopped");
	}

	private void leave() {
		this.leaving.role.stop(() -> this.stopped.add("stopped"));
	}

}
