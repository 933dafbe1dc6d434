package org.rserpool.registrar;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;

import org.rserpool.Conformance;
import org.rserpool.runtime.UserMessage;
import org.rserpool.wire.AsapMessage;
import org.rserpool.wire.ErrorCause;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PolicyType;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.Transport;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what a {@link RegistrarRole} does for elements and users.
 */
class RegistrarAsapTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	private final FakeNetwork network = new FakeNetwork(1);

	private final TestRegistrar registrar = new TestRegistrar(this.network.process(), 7, List.of(),
			UnaryOperator.identity());

	private final TestElement element = new TestElement(this.network, 1);

	RegistrarAsapTests() {
		this.registrar.role.start();
	}

	@Test
	@Conformance({ "PR1", "PR5", "PR7", "PR8", "PR31", "EN6" })
	void registersAnElement() {
		assertThat(this.registrar.isRunning()).isTrue();
		this.element.register(this.registrar.asap());
		this.network.run(SECOND);
		assertThat(this.element.last(AsapMessage.RegistrationResponse.class).rejected()).isFalse();
		assertThat(this.registrar.owners()).containsEntry(1, 7);
		RegistrarSnapshot snapshot = this.registrar.role.snapshot();
		assertThat(snapshot.checksum()).isNotEqualTo(0xffff);
		assertThat(snapshot.pools().get(0).elements()).containsExactly(this.element.description().withHomeRegistrar(7));
	}

	@Test
	@Conformance({ "PR3", "PR4" })
	void registrationAgainReplacesAttributes() {
		this.element.register(this.registrar.asap());
		PoolElement other = new PoolElement(1, 0, 5000, new Transport.Tcp(99, this.element.process().address()),
				MemberSelectionPolicy.ROUND_ROBIN, this.element.description().asapTransport());
		this.element.send(new AsapMessage.Registration(TestElement.POOL, other));
		this.network.run(SECOND);
		assertThat(this.registrar.role.snapshot().pools().get(0).elements())
			.containsExactly(other.withHomeRegistrar(7));
		this.element.send(new AsapMessage.Registration(TestElement.POOL,
				other.withPolicy(MemberSelectionPolicy.of(PolicyType.RANDOM))));
		this.network.run(SECOND);
		assertThat(this.element.last(AsapMessage.RegistrationResponse.class).rejected()).isTrue();
	}

	@Test
	@Conformance({ "PR2", "PR8", "PR9" })
	void rejectsWhatDoesNotFitIntoThePool() {
		this.element.register(this.registrar.asap());
		TestElement other = new TestElement(this.network, 2);
		other.connect(this.registrar.asap());
		other.send(new AsapMessage.Registration(TestElement.POOL,
				other.description().withPolicy(MemberSelectionPolicy.of(PolicyType.RANDOM))));
		this.network.run(SECOND);
		AsapMessage.RegistrationResponse response = other.last(AsapMessage.RegistrationResponse.class);
		assertThat(response.rejected()).isTrue();
		assertThat(response.causes()).singleElement().satisfies((cause) -> {
			assertThat(cause.code()).isEqualTo(ErrorCause.INCONSISTENT_POOLING_POLICY);
			assertThat(cause.information().toHex()).isEqualTo("0008000800000001");
		});
		other.send(new AsapMessage.Registration(TestElement.POOL, new PoolElement(2, 0, 1000,
				new Transport.Udp(1, other.process().address()), MemberSelectionPolicy.ROUND_ROBIN, null)));
		this.network.run(SECOND);
		assertThat(other.last(AsapMessage.RegistrationResponse.class).causes()).extracting(ErrorCause::code)
			.containsExactly(ErrorCause.INCONSISTENT_TRANSPORT_TYPE);
		assertThat(this.registrar.owners()).containsOnlyKeys(1);
		assertThat(this.registrar.events).contains("rejected 2 policy differs from the pool's");
	}

	@Test
	@Conformance({ "PR8", "PR9" })
	void rejectsAddressesThatAreNotTheElements() {
		this.element.connect(this.registrar.asap());
		this.element.send(new AsapMessage.Registration(TestElement.POOL, new PoolElement(1, 0, 1000,
				new Transport.Tcp(80, this.registrar.process().address()), MemberSelectionPolicy.ROUND_ROBIN, null)));
		this.network.run(SECOND);
		assertThat(this.element.last(AsapMessage.RegistrationResponse.class).causes()).extracting(ErrorCause::code)
			.containsExactly(ErrorCause.INVALID_VALUES);
	}

	@Test
	@Conformance("PR9")
	void rejectsASecondElementWithTheSameIdentifier() {
		this.element.register(this.registrar.asap());
		TestElement twin = new TestElement(this.network, 1);
		twin.register(this.registrar.asap());
		this.network.run(SECOND);
		assertThat(twin.last(AsapMessage.RegistrationResponse.class).causes()).extracting(ErrorCause::code)
			.containsExactly(ErrorCause.NON_UNIQUE_PE_IDENTIFIER);
		this.element.process().kill();
		this.network.run(Duration.ofMillis(50));
		twin.register();
		this.network.run(Duration.ofMillis(50));
		assertThat(twin.last(AsapMessage.RegistrationResponse.class).rejected()).isFalse();
	}

	/**
	 * The answer was sent before the element died, and arrives after its restarted self
	 * has registered.
	 */
	@Test
	void doesNotTakeALateLifeSignForOneOfNow() {
		this.element.register(this.registrar.asap());
		this.network.run(Duration.ofMillis(50));
		this.element.answering = false;
		boolean asked = false;
		while (!asked) {
			this.network.run(Duration.ofMillis(10));
			asked = !this.element.received(AsapMessage.EndpointKeepAlive.class).isEmpty();
		}
		TestElement restarted = new TestElement(this.network, 1);
		restarted.register(this.registrar.asap());
		this.network.run(Duration.ofMillis(10));
		this.element.send(new AsapMessage.EndpointKeepAliveAck(TestElement.POOL, 1));
		this.network.run(Duration.ofMillis(10));
		assertThat(restarted.received(AsapMessage.RegistrationResponse.class)).isEmpty();
		this.element.process().kill();
		this.network.run(Duration.ofMillis(100));
		assertThat(restarted.last(AsapMessage.RegistrationResponse.class).rejected()).isFalse();
	}

	@Test
	@Conformance({ "PR11", "PR12", "PR13", "PR17", "PR20" })
	void deregistersAndAnswersForWhatIsUnknown() {
		this.element.register(this.registrar.asap());
		this.element.deregister();
		this.element.deregister();
		this.element.send(new AsapMessage.HandleResolution(false, TestElement.POOL, null));
		this.network.run(SECOND);
		assertThat(this.element.received(AsapMessage.DeregistrationResponse.class)).hasSize(2)
			.allMatch((response) -> response.causes().isEmpty());
		assertThat(this.registrar.role.snapshot().pools()).isEmpty();
		AsapMessage.HandleResolutionResponse response = this.element.last(AsapMessage.HandleResolutionResponse.class);
		assertThat(response.elements()).isEmpty();
		assertThat(response.policy()).isNull();
		assertThat(response.causes()).extracting(ErrorCause::code).containsExactly(ErrorCause.UNKNOWN_POOL_HANDLE);
	}

	@Test
	@Conformance("PR13")
	void nobodyDeregistersAnother() {
		this.element.register(this.registrar.asap());
		TestElement other = new TestElement(this.network, 2);
		other.connect(this.registrar.asap());
		other.send(new AsapMessage.Deregistration(TestElement.POOL, 1));
		this.network.run(SECOND);
		assertThat(other.last(AsapMessage.DeregistrationResponse.class).causes()).extracting(ErrorCause::code)
			.containsExactly(ErrorCause.SECURITY_CONSIDERATIONS);
		assertThat(this.registrar.owners()).containsOnlyKeys(1);
	}

	@Test
	@Conformance({ "PR17", "PR18", "PR19", "PO1" })
	void resolvesAsManyElementsAsAreWanted() {
		for (int id = 1; id <= 5; id++) {
			new TestElement(this.network, id).register(this.registrar.asap());
			this.network.run(Duration.ofMillis(5));
		}
		assertThat(resolve(null)).containsExactly(1, 2, 3);
		assertThat(resolve(1)).containsExactly(2);
		assertThat(resolve(0)).containsExactly(3, 4, 5);
		assertThat(resolve(AsapMessage.HandleResolution.ALL_ITEMS)).containsExactly(4, 5, 1, 2, 3);
		assertThat(this.element.last(AsapMessage.HandleResolutionResponse.class).policy())
			.isEqualTo(MemberSelectionPolicy.ROUND_ROBIN);
	}

	private List<Integer> resolve(Integer items) {
		if (this.element.home == null) {
			this.element.connect(this.registrar.asap());
		}
		this.element.send(new AsapMessage.HandleResolution(false, TestElement.POOL, items));
		this.network.run(Duration.ofMillis(20));
		return this.element.last(AsapMessage.HandleResolutionResponse.class)
			.elements()
			.stream()
			.map(PoolElement::identifier)
			.toList();
	}

	@Test
	@Conformance("PR27")
	void keepAlivesAreSpread() {
		this.element.register(this.registrar.asap());
		List<Long> intervals = new ArrayList<>();
		for (int count = 1; count <= 40; count++) {
			int expected = count;
			intervals.add(this.network
				.await(SECOND, () -> this.element.received(AsapMessage.EndpointKeepAlive.class).size() == expected)
				.toMillis());
		}
		assertThat(this.element.received(AsapMessage.EndpointKeepAlive.class))
			.allMatch((keepAlive) -> !keepAlive.home() && Integer.valueOf(1).equals(keepAlive.identifier()));
		assertThat(intervals.remove(0)).isLessThanOrEqualTo(755);
		assertThat(intervals).allMatch((millis) -> millis >= 250 && millis <= 755)
			.anyMatch((millis) -> millis < 350)
			.anyMatch((millis) -> millis > 650);
	}

	@Test
	@Conformance("PR28")
	void aHungElementIsRemovedAndTold() {
		this.element.register(this.registrar.asap());
		this.network.run(SECOND);
		this.element.process().hang();
		Duration time = this.network.await(Duration.ofSeconds(3), () -> this.registrar.owners().isEmpty());
		assertThat(time).isLessThan(Duration.ofMillis(1300));
		assertThat(this.registrar.events).contains("removed 1 KEEP_ALIVE_TIMEOUT");
		this.element.process().resume();
		this.network.run(SECOND);
		assertThat(this.element.received(AsapMessage.DeregistrationResponse.class)).hasSize(1);
		this.element.register();
		this.network.run(SECOND);
		assertThat(this.registrar.owners()).containsOnlyKeys(1);
	}

	@Test
	@Conformance("PR28")
	void aDeadElementIsRemovedAtOnce() {
		this.element.register(this.registrar.asap());
		this.network.run(SECOND);
		this.element.process().kill();
		Duration time = this.network.await(SECOND, () -> this.registrar.owners().isEmpty());
		assertThat(time).isLessThan(Duration.ofMillis(50));
		assertThat(this.registrar.events).contains("removed 1 UNREACHABLE");
	}

	@Test
	void anElementThatLosesItsAssociationButLivesIsKept() {
		this.element.register(this.registrar.asap());
		this.network.run(SECOND);
		this.element.home.abort();
		this.network.run(Duration.ofSeconds(10));
		assertThat(this.registrar.owners()).containsOnlyKeys(1);
	}

	@Test
	@Conformance("PR15")
	void aRegistrationExpires() {
		this.element.register(this.registrar.asap());
		this.network.run(Duration.ofMillis(29_900));
		assertThat(this.registrar.owners()).containsOnlyKeys(1);
		this.network.run(Duration.ofMillis(200));
		assertThat(this.registrar.events).contains("removed 1 EXPIRED");
		assertThat(this.element.received(AsapMessage.DeregistrationResponse.class)).hasSize(1);
	}

	@Test
	void whatCannotBeReadIsReportedAndEndsTheAssociationInTheEnd() {
		this.element.connect(this.registrar.asap());
		this.network.run(SECOND);
		for (int i = 0; i < Link.MAX_FAILURES; i++) {
			this.element.home
				.send(new UserMessage(UserMessage.ASAP, ByteBuffer.wrap(new byte[] { 5, 0, 0, 8, 0, 9, 0, 2 })));
		}
		this.network.run(SECOND);
		assertThat(this.element.home).isNull();
		assertThat(this.registrar.counter(Counters.PARSE_ERRORS)).isEqualTo(Link.MAX_FAILURES);
	}

	@Test
	void boundsTheHandlespace() {
		TestRegistrar small = new TestRegistrar(this.network.process(), 8, List.of(),
				(builder) -> builder.maxPoolElements(1));
		small.role.start();
		this.element.register(small.asap());
		this.network.run(Duration.ofMillis(20));
		TestElement other = new TestElement(this.network, 2);
		other.register(small.asap());
		this.element.register();
		this.network.run(Duration.ofMillis(20));
		assertThat(other.last(AsapMessage.RegistrationResponse.class).causes()).extracting(ErrorCause::code)
			.containsExactly(ErrorCause.LACK_OF_RESOURCES);
		assertThat(this.element.last(AsapMessage.RegistrationResponse.class).rejected()).isFalse();
	}

	@Test
	void stopEndsAssociationsInOrder() {
		this.element.register(this.registrar.asap());
		this.network.run(SECOND);
		this.registrar.role.stop();
		this.network.run(SECOND);
		assertThat(this.element.home).isNull();
		assertThat(this.registrar.role.snapshot().asapAddresses()).isEmpty();
	}

}
