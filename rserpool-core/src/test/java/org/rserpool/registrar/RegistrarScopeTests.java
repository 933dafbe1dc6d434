package org.rserpool.registrar;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.rserpool.Conformance;
import org.rserpool.runtime.UserMessage;
import org.rserpool.wire.AsapMessage;
import org.rserpool.wire.Dialect;
import org.rserpool.wire.EnrpMessage;
import org.rserpool.wire.ErrorCause;
import org.rserpool.wire.WireCodec;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what {@link RegistrarRole}s do together.
 */
class RegistrarScopeTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	private static final Duration LONG = Duration.ofSeconds(10);

	private final FakeNetwork network = new FakeNetwork(1);

	private final List<TestRegistrar> registrars = new ArrayList<>();

	private final List<TestElement> elements = new ArrayList<>();

	@Test
	@Conformance({ "EN9", "EN10", "EN13", "EN14", "EN15" })
	void aLateJoinerCopiesTheHandlespaceFromItsMentor() {
		TestRegistrar first = start(1);
		register(first, 500);
		TestRegistrar second = start(2, first);
		Duration time = this.network.await(SECOND, second::isRunning);
		assertThat(time).isLessThan(Duration.ofMillis(100));
		assertThat(second.owners()).hasSize(500).isEqualTo(first.owners());
		TestRegistrar third = start(3, second);
		this.network.run(SECOND);
		assertThat(third.owners()).isEqualTo(first.owners());
		assertThat(third.peers()).containsExactly(1, 2);
		assertThat(first.peers()).containsExactly(2, 3);
		assertThat(second.counter(Counters.AUDIT_MISMATCHES)).isZero();
	}

	@Test
	@Conformance({ "EN22", "EN24", "EN25", "EN26" })
	void changesReachAllPeersAtOnce() {
		TestRegistrar first = start(1);
		TestRegistrar second = start(2, first);
		this.network.run(SECOND);
		register(first, 2);
		register(second, 1);
		assertThat(second.owners()).isEqualTo(Map.of(1, 1, 2, 1, 3, 2)).isEqualTo(first.owners());
		this.elements.get(0).deregister();
		this.network.run(Duration.ofMillis(10));
		assertThat(second.owners()).containsOnlyKeys(2, 3).isEqualTo(first.owners());
		this.network.run(LONG);
		assertThat(first.counter(Counters.AUDIT_MISMATCHES) + second.counter(Counters.AUDIT_MISMATCHES)).isZero();
		assertThat(first.events).noneMatch((event) -> event.startsWith("peer down"));
	}

	@ParameterizedTest
	@ValueSource(ints = { 2, 3, 5 })
	void registrarsThatStartTogetherAllRun(int count) {
		List<FakeNetwork.Process> processes = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			processes.add(this.network.process());
		}
		for (int i = 0; i < count; i++) {
			start(new TestRegistrar(processes.get(i), 100 - i, processes, (builder) -> builder));
		}
		this.network.await(Duration.ofMillis(2100), () -> this.registrars.stream().allMatch(TestRegistrar::isRunning));
		this.network.run(Duration.ofSeconds(5));
		register(this.registrars.get(0), 3);
		for (TestRegistrar registrar : this.registrars) {
			assertThat(registrar.peers()).hasSize(count - 1);
			assertThat(registrar.owners()).hasSize(3);
			assertThat(registrar.events).noneMatch((event) -> event.startsWith("protocol error"));
		}
	}

	@Test
	void runsAloneWhenItsPeersAreNotThere() {
		FakeNetwork.Process absent = this.network.process();
		TestRegistrar first = start(new TestRegistrar(this.network.process(), 1, List.of(absent), (b) -> b));
		this.network.run(Duration.ofMillis(1900));
		assertThat(first.isRunning()).isFalse();
		this.network.run(Duration.ofMillis(200));
		assertThat(first.isRunning()).isTrue();
		register(first, 2);
		TestRegistrar late = start(new TestRegistrar(absent, 2, List.of(), (b) -> b));
		this.network.run(Duration.ofSeconds(3));
		assertThat(late.owners()).isEqualTo(first.owners()).hasSize(2);
	}

	@Test
	void registrarsThatWereNotToldOfEachOtherMeet() {
		FakeNetwork.Process middle = this.network.process();
		TestRegistrar left = start(new TestRegistrar(this.network.process(), 1, List.of(middle), (b) -> b));
		TestRegistrar right = start(new TestRegistrar(this.network.process(), 3, List.of(middle), (b) -> b));
		this.network.run(Duration.ofSeconds(3));
		start(new TestRegistrar(middle, 2, List.of(), (b) -> b));
		this.network.run(LONG);
		assertThat(left.peers()).containsExactly(2, 3);
		assertThat(right.peers()).containsExactly(1, 2);
	}

	@Test
	void givesNoServiceBeforeItRuns() {
		FakeNetwork.Process absent = this.network.process();
		TestRegistrar starting = start(new TestRegistrar(this.network.process(), 1, List.of(absent), (b) -> b));
		TestElement element = new TestElement(this.network, 1);
		element.register(starting.asap());
		this.network.run(SECOND);
		assertThat(element.home).isNull();
		assertThat(element.received).isEmpty();
	}

	@Test
	@Conformance({ "EN35", "EN36", "EN46" })
	void oneOfTwoRegistrarsTakesOverWhenTheOtherDies() {
		TestRegistrar first = start(1);
		TestRegistrar second = start(2, first);
		this.network.run(SECOND);
		register(first, 300);
		this.elements.get(7).process().kill();
		first.process().kill();
		Duration time = this.network.await(SECOND, () -> second.events.contains("takeover finished 1 299"));
		assertThat(time).isLessThan(Duration.ofMillis(200));
		assertThat(second.owners()).hasSize(299).doesNotContainKey(8).doesNotContainValue(1);
		assertThat(second.peers()).isEmpty();
		this.network.run(LONG);
		assertThat(second.owners()).hasSize(299);
		assertThat(this.elements.get(0).last(AsapMessage.EndpointKeepAlive.class).registrar()).isEqualTo(2);
	}

	@Test
	void aPeerTakesOverFromARegistrarThatIsStopped() {
		TestRegistrar first = start(1);
		TestRegistrar second = start(2, first);
		this.network.run(SECOND);
		register(first, 20);
		first.role.stop();
		this.network.await(Duration.ofSeconds(2), () -> second.events.contains("takeover finished 1 20"));
		this.network.run(SECOND);
		assertThat(second.owners()).hasSize(20).doesNotContainValue(1);
	}

	@Test
	void elementsWithoutAsapTransportCannotBeTakenOver() {
		TestRegistrar first = start(1);
		TestRegistrar second = start(2, first);
		this.network.run(SECOND);
		TestElement element = new TestElement(this.network, 1);
		element.connect(first.asap());
		element.send(new AsapMessage.Registration(TestElement.POOL, element.description().withAsapTransport(null)));
		this.network.run(SECOND);
		assertThat(second.owners()).isEqualTo(Map.of(1, 1));
		first.process().kill();
		this.network.run(SECOND);
		assertThat(second.owners()).isEmpty();
	}

	@Test
	void thousandsOfElementsAreTakenOver() {
		TestRegistrar first = start(1);
		TestRegistrar second = start(2, first);
		this.network.run(SECOND);
		register(first, 3000);
		first.process().kill();
		Duration time = this.network.await(SECOND, () -> second.events.contains("takeover finished 1 3000"));
		assertThat(time).isLessThan(Duration.ofMillis(500));
	}

	@Test
	void elementsOfAnOwnerThatNobodyKnowsAreTakenOver() {
		TestRegistrar first = start(1);
		TestElement element = new TestElement(this.network, 5);
		TestElement stranger = new TestElement(this.network, 9);
		stranger.connect(first.process().at(9901));
		this.network.run(Duration.ofMillis(10));
		stranger.home.send(new UserMessage(UserMessage.ENRP,
				new WireCodec(Dialect.RFC)
					.encode(new EnrpMessage.HandleUpdate(false, 9, 0, EnrpMessage.UpdateAction.ADD_PE, TestElement.POOL,
							element.description().withHomeRegistrar(77)))));
		this.network.run(SECOND);
		assertThat(first.owners()).isEqualTo(Map.of(5, 77));
		this.network.run(LONG);
		assertThat(first.owners()).isEqualTo(Map.of(5, 1));
		assertThat(element.received(AsapMessage.EndpointKeepAlive.class).get(0).home()).isTrue();
	}

	@Test
	@Conformance({ "EN45", "EN48" })
	void oneOfManyRegistrarsTakesOver() {
		TestRegistrar first = start(1);
		TestRegistrar second = start(2, first);
		TestRegistrar third = start(3, first);
		this.network.run(LONG);
		register(first, 20);
		first.process().kill();
		this.network.run(SECOND);
		assertThat(second.owners()).hasSize(20).isEqualTo(third.owners());
		assertThat(Set.copyOf(second.owners().values())).hasSize(1);
		assertThat(second.counter(Counters.TAKEOVERS_WON) + third.counter(Counters.TAKEOVERS_WON)).isEqualTo(1);
		this.network.run(LONG);
		assertThat(second.counter(Counters.AUDIT_MISMATCHES)).isZero();
	}

	@Test
	@Conformance({ "EN34", "EN35" })
	void aHungRegistrarIsTakenOverAndGivesItsElementsUpWhenItResumes() {
		TestRegistrar first = start(1);
		TestRegistrar second = start(2, first);
		TestRegistrar third = start(3, first);
		this.network.run(LONG);
		register(first, 20);
		first.process().hang();
		Duration time = this.network.await(Duration.ofSeconds(5), () -> !second.owners().containsValue(1));
		assertThat(time).isLessThan(Duration.ofMillis(4500));
		this.network.run(LONG);
		first.process().resume();
		this.network.run(LONG);
		assertThat(second.owners()).hasSize(20).isEqualTo(third.owners()).isEqualTo(first.owners());
		assertThat(first.peers()).containsExactly(2, 3);
		assertChecksumsAgree();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aPartitionHeals(boolean connectionsSurvive) {
		FakeNetwork.Process other = this.network.process();
		TestRegistrar first = start(new TestRegistrar(this.network.process(), 1, List.of(other), (b) -> b));
		TestRegistrar second = start(new TestRegistrar(other, 2, List.of(first.process()), (b) -> b));
		this.network.run(Duration.ofSeconds(4));
		register(first, 10);
		register(second, 10);
		first.process().cutOff(second.process());
		if (!connectionsSurvive) {
			first.process().loseConnections(second.process());
		}
		this.network.run(LONG);
		first.process().reconnect(second.process());
		// Sooner than the elements renew their registrations.
		this.network.await(Duration.ofSeconds(7),
				() -> first.owners().size() == 20 && first.owners().equals(second.owners()));
		assertThat(first.counter(Counters.OWNER_CONFLICTS) > 0).isEqualTo(!connectionsSurvive);
		this.network.run(LONG);
		assertThat(first.owners()).hasSize(20).isEqualTo(second.owners());
		assertChecksumsAgree();
		for (TestElement element : this.elements) {
			element.process().kill();
		}
		this.network.run(LONG);
		assertThat(first.owners()).isEmpty();
		assertThat(second.owners()).isEmpty();
	}

	@Test
	void theWinnerOfATakeoverMayDieAsWell() {
		TestRegistrar first = start(1);
		TestRegistrar second = start(2, first);
		TestRegistrar third = start(3, first);
		this.network.run(LONG);
		register(first, 5);
		first.process().kill();
		this.network.run(Duration.ofMillis(4));
		third.process().kill();
		this.network.run(LONG);
		assertThat(second.owners()).hasSize(5);
		assertThat(Set.copyOf(second.owners().values())).containsExactly(2);
	}

	@Test
	void aRegistrarThatRestartsWithItsIdentifierFindsItsElementsAgain() {
		TestRegistrar first = start(1);
		FakeNetwork.Process place = this.network.process();
		TestRegistrar second = start(new TestRegistrar(place, 2, List.of(first.process()), (b) -> b));
		this.network.run(SECOND);
		register(second, 5);
		place.kill();
		this.network.run(SECOND);
		assertThat(Set.copyOf(first.owners().values())).containsExactly(1);
		TestRegistrar again = start(new TestRegistrar(this.network.process(), 2, List.of(first.process()), (b) -> b));
		this.network.run(LONG);
		assertThat(again.owners()).hasSize(5).isEqualTo(first.owners());
		assertChecksumsAgree();
	}

	@Test
	@Conformance("PR5")
	void anElementThatRegistersElsewhereChangesItsHome() {
		TestRegistrar first = start(1);
		TestRegistrar second = start(2, first);
		this.network.run(SECOND);
		register(first, 1);
		this.elements.get(0).register(second.asap());
		this.network.run(SECOND);
		assertThat(first.owners()).isEqualTo(Map.of(1, 2)).isEqualTo(second.owners());
		assertChecksumsAgree();
	}

	@Test
	void twoElementsWithOneIdentifierAtDifferentRegistrars() {
		TestRegistrar first = start(1);
		TestRegistrar second = start(2, first);
		this.network.run(SECOND);
		register(first, 1);
		TestElement twin = new TestElement(this.network, 1);
		twin.register(second.asap());
		this.network.run(SECOND);
		assertThat(twin.last(AsapMessage.RegistrationResponse.class).causes()).extracting(ErrorCause::code)
			.containsExactly(ErrorCause.NON_UNIQUE_PE_IDENTIFIER);
		assertThat(second.owners()).isEqualTo(Map.of(1, 1));
	}

	@Test
	void anUnreachableReportAtAnotherRegistrarMarksTheElement() {
		TestRegistrar first = start(1);
		TestRegistrar second = start(2, first);
		this.network.run(SECOND);
		register(first, 2);
		TestElement user = new TestElement(this.network, 99);
		user.connect(second.asap());
		this.elements.get(0).process().cutOff(second.process());
		user.send(new AsapMessage.EndpointUnreachable(TestElement.POOL, 1));
		this.network.run(SECOND);
		assertThat(second.owners()).containsOnlyKeys(1, 2);
		for (int i = 0; i < 3; i++) {
			user.send(new AsapMessage.HandleResolution(false, TestElement.POOL, null));
			this.network.run(Duration.ofMillis(10));
			assertThat(user.last(AsapMessage.HandleResolutionResponse.class).elements()).singleElement()
				.satisfies((element) -> assertThat(element.identifier()).isEqualTo(2));
		}
	}

	@Test
	void oneSeedReplaysOneHistory() {
		assertThat(history()).isEqualTo(history());
	}

	private List<String> history() {
		FakeNetwork net = new FakeNetwork(4711);
		TestRegistrar first = new TestRegistrar(net.process(), 0, List.of(), (b) -> b);
		TestRegistrar second = new TestRegistrar(net.process(), 0, List.of(first.process()), (b) -> b);
		first.role.start();
		second.role.start();
		net.run(SECOND);
		for (int id = 1; id <= 10; id++) {
			new TestElement(net, id).register(first.asap());
		}
		net.run(SECOND);
		first.process().kill();
		net.run(LONG);
		List<String> history = new ArrayList<>(second.events);
		history.add(second.role.snapshot().toString());
		history.add(second.role.counters().toString());
		return history;
	}

	private TestRegistrar start(int identifier, TestRegistrar... peers) {
		List<FakeNetwork.Process> processes = new ArrayList<>();
		for (TestRegistrar peer : peers) {
			processes.add(peer.process());
		}
		return start(new TestRegistrar(this.network.process(), identifier, processes, (builder) -> builder));
	}

	private TestRegistrar start(TestRegistrar registrar) {
		registrar.role.start();
		this.registrars.add(registrar);
		return registrar;
	}

	private void register(TestRegistrar registrar, int count) {
		for (int i = 0; i < count; i++) {
			TestElement element = new TestElement(this.network, this.elements.size() + 1);
			element.renewing = true;
			this.elements.add(element);
			element.register(registrar.asap());
		}
		this.network.run(Duration.ofMillis(10));
		assertThat(registrar.owners().values().stream().filter((owner) -> owner == registrar.role.identifier()).count())
			.isGreaterThanOrEqualTo(count);
	}

	private void assertChecksumsAgree() {
		for (TestRegistrar registrar : this.registrars) {
			if (registrar.process().isDead()) {
				continue;
			}
			for (RegistrarSnapshot.Peer peer : registrar.role.snapshot().peers()) {
				assertThat(peer.reportedChecksum()).isEqualTo(peer.expectedChecksum());
			}
		}
		Set<Map<Integer, Integer>> views = new LinkedHashSet<>();
		this.registrars.stream()
			.filter((registrar) -> !registrar.process().isDead())
			.forEach((registrar) -> views.add(registrar.owners()));
		assertThat(views).hasSize(1);
	}

}
