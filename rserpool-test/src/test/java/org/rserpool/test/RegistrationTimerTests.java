package org.rserpool.test;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import org.rserpool.Conformance;
import org.rserpool.element.ElementSettings;
import org.rserpool.element.ElementState;
import org.rserpool.element.PoolElementListener;
import org.rserpool.element.PoolElementRole;
import org.rserpool.hunt.HuntSettings;
import org.rserpool.hunt.RegistrarHunt;
import org.rserpool.runtime.RoleRuntime;
import org.rserpool.user.PoolUserRole;
import org.rserpool.user.ResolutionFailure;
import org.rserpool.user.SelectionCallback;
import org.rserpool.user.UserSettings;
import org.rserpool.wire.AsapMessage;
import org.rserpool.wire.AsapMessage.Deregistration;
import org.rserpool.wire.AsapMessage.EndpointKeepAlive;
import org.rserpool.wire.AsapMessage.HandleResolution;
import org.rserpool.wire.AsapMessage.Registration;
import org.rserpool.wire.AsapMessage.RegistrationResponse;
import org.rserpool.wire.ErrorCause;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.Octets;
import org.rserpool.wire.PolicyType;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;
import org.rserpool.wire.Transport;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Pool elements with the timers and thresholds of the profile {@code rfc} (RFC 5352,
 * section 7).
 */
class RegistrationTimerTests {

	private static final PoolHandle POOL = PoolHandle.of("echo");

	private static final Duration SECOND = Duration.ofSeconds(1);

	private final SimulatedScope scope = new SimulatedScope(1);

	private final ScriptedRegistrar first = new ScriptedRegistrar(this.scope, "r1");

	private final ScriptedRegistrar second = new ScriptedRegistrar(this.scope, "r2");

	private final List<String> events = new ArrayList<>();

	private final List<PoolElementRole> elements = new ArrayList<>();

	private RoleRuntime runtime;

	private RegistrarHunt hunt;

	private PoolUserRole user;

	@Test
	@Conformance({ "PE12", "PE13", "PE14" })
	void looksForAnotherRegistrarWhenTheFirstDidNotAnswerFor30Seconds() {
		this.first.process.start();
		this.first.silent = true;
		start(this.first, this.second);
		this.second.process.start();
		run(28);
		assertThat(this.second.associations).isEmpty();
		assertThat(this.first.received(Registration.class)).hasSize(1);
		run(2);
		assertThat(this.hunt.home().address()).isEqualTo(this.second.address());
		assertThat(this.second.received(Registration.class)).hasSize(1);
		assertThat(element().state()).isEqualTo(ElementState.REGISTERED);
	}

	@Test
	@Conformance("PE15")
	void waitsForNothingMoreOnceItIsAnswered() {
		this.first.process.start();
		start(this.first, this.second);
		this.second.process.start();
		watchedFor(120);
		assertThat(this.first.received(Registration.class)).hasSize(1);
		assertThat(this.second.received).isEmpty();
		assertThat(this.events).containsExactly("5 REGISTERING", "5 REGISTERED");
	}

	@Test
	@Conformance({ "PE15", "PE16" })
	void waitsForNothingMoreOnceItIsRefused() {
		this.first.process.start();
		this.first.answers = (message) -> new RegistrationResponse(true, POOL, 5,
				List.of(ErrorCause.of(ErrorCause.LACK_OF_RESOURCES)));
		start(this.first, this.second);
		this.second.process.start();
		run(1000);
		assertThat(this.first.received(Registration.class)).hasSize(1);
		assertThat(this.second.received).isEmpty();
		assertThat(element().state()).isEqualTo(ElementState.REJECTED);
	}

	@Test
	@Conformance({ "PE9", "PE17", "PE18" })
	void registersAgainEvery600Seconds() {
		this.first.process.start();
		start(this.first);
		watchedFor(598);
		assertThat(this.first.received(Registration.class)).hasSize(1);
		watchedFor(2);
		assertThat(this.first.received(Registration.class)).hasSize(2);
		watchedFor(598);
		assertThat(this.first.received(Registration.class)).hasSize(2);
		watchedFor(2);
		assertThat(this.first.received(Registration.class)).hasSize(3)
			.allMatch((registration) -> registration.element().lifetimeMillis() == 620_000);
	}

	@Test
	@Conformance("PE19")
	void givesUpAfterTwoRegistrationsWithoutAnAnswer() {
		this.first.process.start();
		this.first.silent = true;
		start(this.first);
		this.first.stopListening();
		run(58);
		assertThat(element().state()).isEqualTo(ElementState.REGISTERING);
		run(2);
		assertThat(this.events).endsWith("5 unanswered 2", "5 DEREGISTERED");
		this.first.silent = false;
		run(1000);
		assertThat(this.first.received(Registration.class)).hasSize(2);
		element().start();
		run(1);
		assertThat(element().state()).isEqualTo(ElementState.REGISTERED);
	}

	@Test
	@Conformance("PE19")
	void countsRegistrationsAnewAfterASuccess() {
		this.first.process.start();
		this.first.silent = true;
		start(this.first);
		run(28);
		this.first.silent = false;
		run(2);
		assertThat(element().state()).isEqualTo(ElementState.REGISTERED);
		this.first.silent = true;
		element().update(MemberSelectionPolicy.of(PolicyType.LEAST_USED, 1));
		watchedFor(28);
		this.first.silent = false;
		watchedFor(60);
		assertThat(element().state()).isEqualTo(ElementState.REGISTERED);
		assertThat(this.events).noneMatch((event) -> event.contains("unanswered"));
	}

	@Test
	@Conformance({ "PE7", "PE20" })
	void registersAgainAtOnceWhenItsPolicyChanges() {
		this.first.process.start();
		start(this.first);
		watchedFor(10);
		element().update(MemberSelectionPolicy.of(PolicyType.LEAST_USED, 9));
		run(1);
		assertThat(this.first.received(Registration.class)).hasSize(2);
		PoolElement registered = this.first.received(Registration.class).get(1).element();
		assertThat(registered.identifier()).isEqualTo(5);
		assertThat(registered.policy()).isEqualTo(MemberSelectionPolicy.of(PolicyType.LEAST_USED, 9));
	}

	@Test
	@Conformance("PE21")
	void findsARegistrarBeforeItRegisters() {
		start(this.first);
		run(60);
		assertThat(this.first.received).isEmpty();
		this.first.process.start();
		assertThat(this.scope.runUntil(() -> this.hunt.home() != null, Duration.ofMinutes(2))).isTrue();
		run(1);
		assertThat(this.first.received).singleElement().isInstanceOf(Registration.class);
		assertThat(element().state()).isEqualTo(ElementState.REGISTERED);
	}

	@Test
	@Conformance({ "PE22", "PE23", "PE24", "PE27" })
	void deregistersOnlyItselfWhereItIsRegistered() {
		this.first.process.start();
		start(this.first);
		startElement(6);
		run(1);
		element().deregister();
		run(100);
		assertThat(this.first.received(Deregistration.class)).containsExactly(new Deregistration(POOL, 5));
		Registration registration = this.first.received(Registration.class).get(0);
		assertThat(registration.element().identifier()).isEqualTo(5);
		assertThat(this.first.sources.get(this.first.received(Deregistration.class).get(0)))
			.isSameAs(this.first.sources.get(registration));
		assertThat(element().state()).isEqualTo(ElementState.DEREGISTERED);
		assertThat(this.elements.get(1).state()).isEqualTo(ElementState.REGISTERED);
	}

	@Test
	@Conformance({ "PE25", "PE26" })
	void looksForAnotherRegistrarWhenADeregistrationWasNotAnsweredFor30Seconds() {
		this.first.process.start();
		start(this.first, this.second);
		this.second.process.start();
		this.first.silent = true;
		element().deregister();
		run(29);
		assertThat(this.second.associations).isEmpty();
		run(2);
		assertThat(this.second.received(Deregistration.class)).containsExactly(new Deregistration(POOL, 5));
		assertThat(element().state()).isEqualTo(ElementState.DEREGISTERED);
	}

	@Test
	@Conformance({ "PE38", "PE44" })
	void resolvesPoolsWhereItIsRegistered() {
		this.first.process.start();
		start(this.first);
		this.first.pools.put(POOL, List.of(this.first.received(Registration.class).get(0).element()));
		List<Integer> selected = new ArrayList<>();
		this.user.select(POOL, Set.of(), new SelectionCallback() {

			@Override
			public void selected(PoolElement element) {
				selected.add(element.identifier());
			}

			@Override
			public void failed(ResolutionFailure failure) {
				throw new AssertionError(failure);
			}

		});
		watchedFor(1);
		assertThat(selected).containsExactly(5);
		assertThat(element().state()).isEqualTo(ElementState.REGISTERED);
		assertThat(this.first.sources.get(this.first.received(HandleResolution.class).get(0)))
			.isSameAs(this.first.sources.get(this.first.received(Registration.class).get(0)));
	}

	@Test
	@Conformance("C32")
	void takesAnErrorWithoutAnAnswer() {
		this.first.process.start();
		start(this.first);
		int received = this.first.received.size();
		this.first.sendToAll(new AsapMessage.Error(
				List.of(ErrorCause.of(ErrorCause.UNSPECIFIED), new ErrorCause(0x77, Octets.EMPTY))));
		run(1);
		assertThat(this.first.received).hasSize(received);
		assertThat(element().state()).isEqualTo(ElementState.REGISTERED);
		assertThat(this.hunt.home()).isNotNull();
	}

	private PoolElementRole element() {
		return this.elements.get(0);
	}

	private void run(int seconds) {
		this.scope.run(Duration.ofSeconds(seconds));
	}

	/** A home that does not ask for life signs would be doubted. */
	private void watchedFor(int seconds) {
		for (int i = 0; i < seconds; i++) {
			this.first.sendToAll(new EndpointKeepAlive(false, 77, POOL, null));
			this.scope.run(SECOND);
		}
	}

	private void start(ScriptedRegistrar... registrars) {
		this.scope.process("e", (runtime) -> {
			this.hunt = new RegistrarHunt(runtime, ScriptedRegistrar.CODEC,
					HuntSettings.rfc(Stream.of(registrars).map(ScriptedRegistrar::address).toList()));
			this.hunt.listen(new InetSocketAddress("0.0.0.0", 0));
			this.user = new PoolUserRole(runtime, this.hunt, UserSettings.rfc());
			this.user.start();
			this.hunt.start();
			this.runtime = runtime;
			startElement(5);
		}).start();
		this.scope.run(SECOND);
	}

	private void startElement(int identifier) {
		PoolElementRole role = new PoolElementRole(this.runtime, this.hunt, settings(identifier), new Recorder());
		this.elements.add(role);
		role.start();
	}

	private static ElementSettings settings(int identifier) {
		return ElementSettings.rfc(POOL, identifier,
				new Transport.Tcp(8080, new InetSocketAddress("0.0.0.0", 0).getAddress()));
	}

	private final class Recorder implements PoolElementListener {

		@Override
		public void stateChanged(PoolElementRole element, ElementState state, String detail) {
			RegistrationTimerTests.this.events.add(element.identifier() + " " + state);
		}

		@Override
		public void unanswered(PoolElementRole element, int attempts) {
			RegistrationTimerTests.this.events.add(element.identifier() + " unanswered " + attempts);
		}

	}

}
