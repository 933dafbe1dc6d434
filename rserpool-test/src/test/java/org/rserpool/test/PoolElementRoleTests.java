package org.rserpool.test;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.rserpool.Conformance;
import org.rserpool.element.ElementSettings;
import org.rserpool.element.ElementState;
import org.rserpool.element.PoolElementListener;
import org.rserpool.element.PoolElementRole;
import org.rserpool.hunt.HuntSettings;
import org.rserpool.hunt.RegistrarHunt;
import org.rserpool.runtime.Association;
import org.rserpool.runtime.TransportProtocol;
import org.rserpool.wire.AsapMessage;
import org.rserpool.wire.AsapMessage.Deregistration;
import org.rserpool.wire.AsapMessage.DeregistrationResponse;
import org.rserpool.wire.AsapMessage.EndpointKeepAlive;
import org.rserpool.wire.AsapMessage.EndpointKeepAliveAck;
import org.rserpool.wire.AsapMessage.Registration;
import org.rserpool.wire.AsapMessage.RegistrationResponse;
import org.rserpool.wire.ErrorCause;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PolicyType;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;
import org.rserpool.wire.Transport;

import static org.assertj.core.api.Assertions.assertThat;

class PoolElementRoleTests {

	private static final PoolHandle POOL = PoolHandle.of("echo");

	private static final Duration SECOND = Duration.ofSeconds(1);

	private final SimulatedScope scope = new SimulatedScope(1);

	private final ScriptedRegistrar first = new ScriptedRegistrar(this.scope, "r1");

	private final ScriptedRegistrar second = new ScriptedRegistrar(this.scope, "r2");

	private final List<String> events = new ArrayList<>();

	private RegistrarHunt hunt;

	private PoolElementRole element;

	@Test
	@Conformance({ "PE5", "PE42" })
	void registersWithTheAddressThatTheRegistrarSees() {
		this.first.process.start();
		start(30_000);
		assertThat(this.element.state()).isEqualTo(ElementState.REGISTERED);
		Registration registration = this.first.received(Registration.class).get(0);
		assertThat(registration.poolHandle()).isEqualTo(POOL);
		assertThat(registration.element().identifier()).isEqualTo(5);
		assertThat(registration.element().userTransport())
			.isEqualTo(new Transport.Tcp(8080, SimulatedScope.address(3)));
		assertThat(registration.element().asapTransport()).isEqualTo(new Transport.Tcp(
				this.hunt.listeningAddresses(TransportProtocol.TCP).get(0).getPort(), SimulatedScope.address(3)));
	}

	@Test
	@Conformance({ "PE7", "PE9", "PE18" })
	void registersAgainBeforeTheLifetimeEnds() {
		this.first.process.start();
		start(30_000);
		watchedFor(Duration.ofSeconds(15));
		assertThat(this.first.received(Registration.class)).hasSize(2);
		watchedFor(Duration.ofSeconds(15));
		assertThat(this.first.received(Registration.class)).hasSize(3)
			.allMatch((registration) -> registration.element().identifier() == 5);
	}

	@Test
	@Conformance("PE17")
	void registersAgainTwentySecondsBeforeALongLifetimeEnds() {
		this.first.process.start();
		start(100_000);
		watchedFor(Duration.ofSeconds(78));
		assertThat(this.first.received(Registration.class)).hasSize(1);
		watchedFor(Duration.ofSeconds(2));
		assertThat(this.first.received(Registration.class)).hasSize(2);
	}

	@Test
	@Conformance({ "PE17", "PE18" })
	void registersAgainEveryTenMinutesForEver() {
		this.first.process.start();
		start(PoolElement.INFINITE);
		watchedFor(Duration.ofMinutes(25));
		assertThat(this.first.received(Registration.class)).hasSize(3);
	}

	@Test
	void registersAgainWhenItsHomeIsSilentForLongerThanUsual() {
		this.first.process.start();
		start(PoolElement.INFINITE);
		watchedFor(Duration.ofSeconds(5));
		assertThat(this.first.received(Registration.class)).hasSize(1);
		this.scope.run(Duration.ofSeconds(5));
		assertThat(this.first.received(Registration.class)).hasSize(2);
	}

	@Test
	void registersEverMoreRarelyWithARegistrarThatSendsNoKeepAlives() {
		this.first.process.start();
		start(PoolElement.INFINITE);
		this.scope.run(Duration.ofMinutes(5));
		assertThat(this.first.received(Registration.class)).hasSizeBetween(4, 7);
	}

	@Test
	void aKeepAliveThatWasHeldUpIsNotTakenForTheUsual() {
		this.first.process.start();
		start(PoolElement.INFINITE);
		watchedFor(Duration.ofSeconds(20));
		this.scope.run(Duration.ofMillis(2500));
		watchedFor(SECOND);
		assertThat(this.first.received(Registration.class)).hasSize(1);
		this.scope.run(Duration.ofSeconds(6));
		assertThat(this.first.received(Registration.class)).hasSize(2);
	}

	@Test
	void learnsThatItsHomeSendsKeepAlivesMoreRarelyThanAnotherDid() {
		this.first.process.start();
		start(PoolElement.INFINITE);
		watchedFor(Duration.ofSeconds(20));
		List<Integer> registrations = new ArrayList<>();
		for (int minute = 0; minute < 15; minute++) {
			watchedFor(SECOND);
			this.scope.run(Duration.ofSeconds(29));
			watchedFor(SECOND);
			this.scope.run(Duration.ofSeconds(29));
			registrations.add(this.first.received(Registration.class).size());
		}
		assertThat(registrations.get(4)).isLessThan(30);
		assertThat(registrations.get(14) - registrations.get(9)).as("but for a renewal").isLessThanOrEqualTo(1);
	}

	@Test
	void doesNotWaitLongerForTheNextHomeBecauseTheFormerWasSilent() {
		this.first.process.start();
		start(PoolElement.INFINITE, this.first, this.second);
		this.scope.run(Duration.ofMinutes(1));
		this.second.process.start();
		this.first.process.crash();
		this.scope.run(SECOND);
		assertThat(this.second.received(Registration.class)).hasSize(1);
		this.scope.run(Duration.ofSeconds(5));
		assertThat(this.second.received(Registration.class)).hasSize(2);
	}

	private void watchedFor(Duration duration) {
		for (int i = 0; i < duration.toSeconds(); i++) {
			this.first.sendToAll(new EndpointKeepAlive(false, 77, POOL, 5));
			this.scope.run(SECOND);
		}
	}

	@Test
	@Conformance({ "PE11", "PE16" })
	void triesARefusedRegistrationAgainOnlyWhenItChanges() {
		this.first.process.start();
		this.first.answers = (message) -> new RegistrationResponse(true, POOL, 5,
				List.of(ErrorCause.of(ErrorCause.INCONSISTENT_POOLING_POLICY)));
		start(30_000);
		this.scope.run(Duration.ofMinutes(2));
		assertThat(this.element.state()).isEqualTo(ElementState.REJECTED);
		assertThat(this.element.rejection()).contains("10.0.0.1:3863")
			.contains("0x00000005 of pool echo")
			.contains("policy differs from the pool's");
		assertThat(this.first.received(Registration.class)).hasSize(1);
		this.first.answers = this.first::answer;
		this.element.update(MemberSelectionPolicy.of(PolicyType.LEAST_USED, 3));
		this.scope.run(SECOND);
		assertThat(this.element.state()).isEqualTo(ElementState.REGISTERED);
		assertThat(this.element.rejection()).isNull();
		assertThat(this.first.received(Registration.class).get(1).element().policy())
			.isEqualTo(MemberSelectionPolicy.of(PolicyType.LEAST_USED, 3));
	}

	@Test
	void asksAgainEverMoreRarelyWhenWhatWasAcceptedIsRefused() {
		this.first.process.start();
		start(30_000);
		refuseAgain();
		assertThat(this.element.state()).isEqualTo(ElementState.REJECTED);
		assertThat(this.element.rejection()).contains("not unique").contains("tries again");
		this.scope.run(Duration.ofSeconds(10));
		assertThat(this.first.received(Registration.class)).as("after 1, 2 and 4 s").hasSize(5);
		this.scope.run(Duration.ofMinutes(10));
		assertThat(this.first.received(Registration.class)).hasSizeBetween(14, 19);
		this.first.answers = this.first::answer;
		this.scope.run(Duration.ofSeconds(61));
		assertThat(this.element.state()).isEqualTo(ElementState.REGISTERED);
		assertThat(this.element.rejection()).isNull();
		assertThat(this.events).filteredOn((event) -> event.startsWith("REJECTED")).hasSize(1);
		refuseAgain();
		this.first.answers = this.first::answer;
		this.scope.run(SECOND.multipliedBy(2));
		assertThat(this.element.state()).isEqualTo(ElementState.REGISTERED);
	}

	/**
	 * What stands in its way may be what a registrar holds of itself.
	 */
	@Test
	void answersNoKeepAlivesUntilItIsAcceptedAgain() {
		this.first.process.start();
		start(30_000);
		refuseAgain();
		for (int i = 0; i < 10; i++) {
			this.first.sendToAll(new EndpointKeepAlive(i % 2 == 0, 1, POOL, 5));
			this.scope.run(SECOND);
		}
		assertThat(this.first.received(EndpointKeepAliveAck.class)).isEmpty();
	}

	@Test
	void registersAtAnotherRegistrarWhatTheFirstDoesNotAcceptAnyMore() {
		this.first.process.start();
		start(30_000, this.first, this.second);
		this.second.process.start();
		refuseAgain();
		this.first.process.crash();
		this.scope.run(SECOND);
		assertThat(this.second.received(Registration.class)).hasSize(1);
		assertThat(this.element.state()).isEqualTo(ElementState.REGISTERED);
	}

	@Test
	void newValuesOfThePolicyAreNoReasonToAskMoreOftenAndAreNotLost() {
		this.first.process.start();
		start(30_000);
		this.element.update(MemberSelectionPolicy.of(PolicyType.LEAST_USED, 1));
		this.scope.run(SECOND);
		this.first.answers = PoolElementRoleTests::refusal;
		for (int load = 2; load < 602; load++) {
			this.element.update(MemberSelectionPolicy.of(PolicyType.LEAST_USED, load));
			this.scope.run(SECOND);
		}
		assertThat(this.first.received(Registration.class)).hasSizeLessThan(20);
		this.first.answers = this.first::answer;
		this.scope.run(Duration.ofSeconds(61));
		assertThat(this.element.state()).isEqualTo(ElementState.REGISTERED);
		assertThat(this.first.received(Registration.class)).last()
			.satisfies((last) -> assertThat(last.element().policy())
				.isEqualTo(MemberSelectionPolicy.of(PolicyType.LEAST_USED, 601)));
	}

	@Test
	void anotherPolicyThatIsRefusedIsNotTriedAgain() {
		this.first.process.start();
		start(30_000);
		this.first.answers = PoolElementRoleTests::refusal;
		this.element.update(MemberSelectionPolicy.of(PolicyType.LEAST_USED, 1));
		this.scope.run(Duration.ofMinutes(5));
		assertThat(this.element.state()).isEqualTo(ElementState.REJECTED);
		assertThat(this.first.received(Registration.class)).hasSize(2);
	}

	private void refuseAgain() {
		this.first.answers = PoolElementRoleTests::refusal;
		this.first.sendToAll(new DeregistrationResponse(POOL, 5, List.of()));
		this.scope.run(Duration.ofMillis(1010));
	}

	private static @Nullable AsapMessage refusal(AsapMessage message) {
		return (message instanceof Registration)
				? new RegistrationResponse(true, POOL, 5, List.of(ErrorCause.of(ErrorCause.NON_UNIQUE_PE_IDENTIFIER)))
				: null;
	}

	@Test
	@Conformance("PE10")
	void joinsAPoolOnlyWithTheTransportTypeOfThePool() {
		SimulatedRegistrar registrar = new SimulatedRegistrar(this.scope, "r3", 3, List.of(), UnaryOperator.identity());
		registrar.process().start();
		List<PoolElementRole> elements = new ArrayList<>();
		this.scope.process("e", (runtime) -> {
			RegistrarHunt shared = new RegistrarHunt(runtime, ScriptedRegistrar.CODEC,
					HuntSettings.of(List.of(registrar.asapAddress())));
			shared.listen(new InetSocketAddress("0.0.0.0", 0));
			shared.start();
			List<Transport> transports = List.of(new Transport.Tcp(8080, SimulatedScope.address(4)),
					new Transport.Udp(8080, SimulatedScope.address(4)),
					new Transport.Tcp(8081, SimulatedScope.address(4)));
			for (Transport transport : transports) {
				elements.add(new PoolElementRole(runtime, shared,
						ElementSettings.of(POOL, elements.size() + 1, transport), new Recorder()));
			}
			elements.forEach(PoolElementRole::start);
		}).start();
		this.scope.run(Duration.ofSeconds(60));
		assertThat(elements).extracting(PoolElementRole::state)
			.containsExactly(ElementState.REGISTERED, ElementState.REJECTED, ElementState.REGISTERED);
		assertThat(elements.get(1).rejection()).contains("0x00000002 of pool echo").contains("transport type");
		assertThat(registrar.snapshot().pools()).singleElement()
			.satisfies((pool) -> assertThat(pool.elements()).hasSize(2));
	}

	@Test
	@Conformance({ "PE30", "PE31", "PE32" })
	void answersKeepAlivesOfItsOwnPoolByTheSameAssociation() {
		this.first.process.start();
		this.second.process.start();
		start(30_000, this.first);
		Association association = connectFromSecond();
		this.second.send(association, new EndpointKeepAlive(false, 2, POOL, null));
		this.second.send(association, new EndpointKeepAlive(false, 2, POOL, 5));
		this.second.send(association, new EndpointKeepAlive(false, 2, POOL, 6));
		this.second.send(association, new EndpointKeepAlive(false, 2, PoolHandle.of("other"), 5));
		this.scope.run(SECOND);
		assertThat(this.second.received(EndpointKeepAliveAck.class)).containsExactly(new EndpointKeepAliveAck(POOL, 5),
				new EndpointKeepAliveAck(POOL, 5));
		assertThat(this.first.received(EndpointKeepAliveAck.class)).isEmpty();
		assertThat(this.hunt.home().address()).isEqualTo(this.first.address());
	}

	@Test
	@Conformance({ "PE33", "PE34" })
	void adoptsTheRegistrarThatTakesItOver() {
		this.first.process.start();
		this.second.process.start();
		start(30_000, this.first);
		this.first.process.hang();
		Association association = connectFromSecond();
		this.second.send(association, new EndpointKeepAlive(true, 2, POOL, 5));
		this.scope.run(SECOND);
		assertThat(this.hunt.home().identifier()).isEqualTo(2);
		assertThat(this.second.received(EndpointKeepAliveAck.class)).hasSize(1);
		assertThat(this.second.received(Registration.class)).hasSize(1);
		assertThat(this.element.state()).isEqualTo(ElementState.REGISTERED);
	}

	@Test
	void confirmsItsHomeWhenAnotherRegistrarWatchesIt() {
		this.first.process.start();
		this.second.process.start();
		start(30_000, this.first);
		Association association = connectFromSecond();
		for (int i = 0; i < 10; i++) {
			this.second.send(association, new EndpointKeepAlive(false, 2, POOL, 5));
			this.scope.run(Duration.ofMillis(500));
		}
		assertThat(this.second.received(EndpointKeepAliveAck.class)).hasSize(10);
		assertThat(this.hunt.home().address()).isEqualTo(this.first.address());
		assertThat(this.first.received(Registration.class)).hasSizeBetween(3, 4);
	}

	@Test
	@Conformance({ "PE13", "PE14" })
	void goesToAnotherRegistrarWhenTheRegistrationIsNotAnswered() {
		this.first.process.start();
		this.first.silent = true;
		start(30_000, this.first, this.second);
		this.second.process.start();
		this.scope.run(Duration.ofSeconds(3));
		assertThat(this.hunt.home().address()).isEqualTo(this.second.address());
		assertThat(this.element.state()).isEqualTo(ElementState.REGISTERED);
		assertThat(this.second.received(Registration.class)).hasSize(1);
	}

	@Test
	void goesOnWhenNobodyAnswersAndSaysSo() {
		this.first.process.start();
		this.first.silent = true;
		start(30_000, this.first);
		this.scope.run(Duration.ofSeconds(60));
		assertThat(this.events).contains("unanswered 2");
		this.first.silent = false;
		assertThat(this.scope.runUntil(() -> this.element.state() == ElementState.REGISTERED, Duration.ofSeconds(11)))
			.isTrue();
	}

	@Test
	@Conformance({ "PE13", "PE14" })
	void registersWithTheNextHomeAtOnce() {
		this.first.process.start();
		start(30_000, this.first, this.second);
		this.second.process.start();
		this.first.process.crash();
		this.scope.run(SECOND);
		assertThat(this.element.state()).isEqualTo(ElementState.REGISTERED);
		assertThat(this.second.received(Registration.class)).hasSize(1);
		assertThat(this.events).contains("REGISTERING the home registrar is lost: reset by the peer");
	}

	@Test
	@Conformance("PE29")
	void registersAgainWhenTheRegistrarEndsTheRegistrationButNotTooOften() {
		this.first.process.start();
		start(30_000);
		for (int i = 0; i < 100; i++) {
			this.first.sendToAll(new AsapMessage.DeregistrationResponse(POOL, 5, List.of()));
			this.scope.run(Duration.ofMillis(50));
		}
		assertThat(this.first.received(Registration.class)).hasSizeBetween(5, 7);
		this.scope.run(Duration.ofSeconds(2));
		assertThat(this.element.state()).isEqualTo(ElementState.REGISTERED);
	}

	@Test
	@Conformance({ "PE22", "PE27" })
	void deregisters() {
		this.first.process.start();
		start(30_000);
		this.element.deregister();
		this.scope.run(SECOND);
		assertThat(this.element.state()).isEqualTo(ElementState.DEREGISTERED);
		assertThat(this.first.received(Deregistration.class)).containsExactly(new Deregistration(POOL, 5));
		this.scope.run(Duration.ofSeconds(60));
		assertThat(this.first.received(Registration.class)).hasSize(1);
		this.first.sendToAll(new EndpointKeepAlive(false, 1, POOL, 5));
		this.scope.run(SECOND);
		assertThat(this.first.received(EndpointKeepAliveAck.class)).isEmpty();
	}

	@Test
	@Conformance("PE26")
	void deregistersAtAnotherRegistrarWhenTheFirstDoesNotAnswer() {
		this.first.process.start();
		start(30_000, this.first, this.second);
		this.second.process.start();
		this.first.process.hang();
		this.element.deregister();
		this.scope.run(Duration.ofSeconds(2));
		assertThat(this.element.state()).isEqualTo(ElementState.DEREGISTERED);
		assertThat(this.second.received(Deregistration.class)).isNotEmpty();
		assertThat(this.events).contains("DEREGISTERED deregistered");
	}

	@Test
	void leavesInTimeWhenNoRegistrarCanBeTold() {
		this.first.process.start();
		start(30_000);
		this.first.process.powerOff();
		this.element.deregister();
		this.scope.run(Duration.ofSeconds(3));
		assertThat(this.element.state()).isEqualTo(ElementState.DEREGISTERED);
		assertThat(this.events).contains("DEREGISTERED no registrar could be told");
	}

	@Test
	void leavesAtOnceWhenItWasNeverRegistered() {
		start(30_000);
		this.element.deregister();
		assertThat(this.element.state()).isEqualTo(ElementState.DEREGISTERED);
		assertThat(this.events).contains("DEREGISTERED it was never registered");
		this.first.process.start();
		this.scope.run(Duration.ofSeconds(60));
		assertThat(this.first.received).isEmpty();
	}

	@Test
	void deregistersThoughItsRegistrationWasNotAnswered() {
		this.first.process.start();
		this.first.answers = (message) -> null;
		start(30_000);
		this.element.deregister();
		this.scope.run(Duration.ofMillis(100));
		assertThat(this.first.received(Deregistration.class)).isNotEmpty();
	}

	@Test
	void tellsWarnings() {
		this.first.process.start();
		this.first.answers = (message) -> new RegistrationResponse(false, POOL, 5,
				List.of(ErrorCause.of(ErrorCause.INVALID_VALUES)));
		start(30_000);
		assertThat(this.events).contains("warned [invalid values]");
		assertThat(this.element.state()).isEqualTo(ElementState.REGISTERED);
	}

	private Association connectFromSecond() {
		return this.second.connect(new InetSocketAddress(SimulatedScope.address(3),
				this.hunt.listeningAddresses(TransportProtocol.TCP).get(0).getPort()));
	}

	private void start(long lifetimeMillis, ScriptedRegistrar... registrars) {
		List<InetSocketAddress> addresses = (registrars.length != 0)
				? List.of(registrars).stream().map(ScriptedRegistrar::address).toList() : List.of(this.first.address());
		this.scope.process("e", (runtime) -> {
			this.hunt = new RegistrarHunt(runtime, ScriptedRegistrar.CODEC, HuntSettings.of(addresses));
			this.hunt.listen(new InetSocketAddress("0.0.0.0", 0));
			this.hunt.start();
			ElementSettings settings = ElementSettings
				.of(POOL, 5, new Transport.Tcp(8080, new InetSocketAddress("0.0.0.0", 0).getAddress()))
				.withLifetimeMillis(lifetimeMillis);
			this.element = new PoolElementRole(runtime, this.hunt, settings, new Recorder());
			this.element.start();
		}).start();
		this.scope.run(SECOND);
	}

	private final class Recorder implements PoolElementListener {

		@Override
		public void stateChanged(PoolElementRole element, ElementState state, String detail) {
			PoolElementRoleTests.this.events.add(state + " " + detail);
		}

		@Override
		public void warned(PoolElementRole element, List<ErrorCause> causes) {
			PoolElementRoleTests.this.events.add("warned " + causes);
		}

		@Override
		public void unanswered(PoolElementRole element, int attempts) {
			PoolElementRoleTests.this.events.add("unanswered " + attempts);
		}

	}

}
