package org.rserpool.registrar;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;

import org.rserpool.Conformance;
import org.rserpool.runtime.TransportProtocol;
import org.rserpool.wire.AsapMessage.Deregistration;
import org.rserpool.wire.AsapMessage.DeregistrationResponse;
import org.rserpool.wire.AsapMessage.EndpointKeepAlive;
import org.rserpool.wire.AsapMessage.Registration;
import org.rserpool.wire.AsapMessage.RegistrationResponse;
import org.rserpool.wire.EnrpMessage.HandleUpdate;
import org.rserpool.wire.EnrpMessage.UpdateAction;
import org.rserpool.wire.ErrorCause;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PolicyType;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.Transport;
import org.rserpool.wire.TransportUse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Registrations} and {@link Admission}.
 */
class RegistrationTests {

	private static final Duration SOON = Duration.ofMillis(20);

	private final FakeNetwork network = new FakeNetwork(1);

	private final TestRegistrar registrar = new TestRegistrar(this.network.process(), 7, List.of(),
			UnaryOperator.identity());

	private final TestElement element = new TestElement(this.network, 1);

	RegistrationTests() {
		this.registrar.role.start();
	}

	@Test
	@Conformance({ "PR1", "PR2", "PR9" })
	void theFirstElementSaysWhatTheOthersAreToBeLike() {
		this.element.connect(this.registrar.asap());
		this.element.send(new Registration(TestElement.POOL,
				sctp(this.element, TransportUse.DATA_PLUS_CONTROL, MemberSelectionPolicy.of(PolicyType.RANDOM))));
		this.network.run(SOON);
		assertThat(this.registrar.role.snapshot().pools()).singleElement()
			.satisfies((pool) -> assertThat(pool.policy()).isEqualTo(MemberSelectionPolicy.of(PolicyType.RANDOM)));
		TestElement other = new TestElement(this.network, 2);
		other.connect(this.registrar.asap());
		assertThat(reply(other, sctp(other, TransportUse.DATA_ONLY, MemberSelectionPolicy.of(PolicyType.RANDOM))))
			.isEqualTo(rejection(ErrorCause.INCONSISTENT_DATA_CONTROL_CONFIGURATION));
		assertThat(reply(other, sctp(other, TransportUse.DATA_PLUS_CONTROL, MemberSelectionPolicy.ROUND_ROBIN)))
			.isEqualTo(rejection(ErrorCause.INCONSISTENT_POOLING_POLICY));
		assertThat(reply(other, other.description().withPolicy(MemberSelectionPolicy.of(PolicyType.RANDOM))))
			.isEqualTo(rejection(ErrorCause.INCONSISTENT_TRANSPORT_TYPE));
		assertThat(this.registrar.owners()).containsOnlyKeys(1);
		assertThat(
				reply(other, sctp(other, TransportUse.DATA_PLUS_CONTROL, MemberSelectionPolicy.of(PolicyType.RANDOM))))
			.isEqualTo("accepted []");
	}

	@Test
	@Conformance({ "PR3", "PR9" })
	void aRenewalIsCheckedLikeTheFirstRegistration() {
		this.element.connect(this.registrar.asap());
		PoolElement first = sctp(this.element, TransportUse.DATA_ONLY, MemberSelectionPolicy.ROUND_ROBIN);
		assertThat(reply(this.element, first)).isEqualTo("accepted []");
		RegistrarSnapshot before = this.registrar.role.snapshot();
		assertThat(reply(this.element, first.withPolicy(MemberSelectionPolicy.of(PolicyType.RANDOM))))
			.isEqualTo(rejection(ErrorCause.INCONSISTENT_POOLING_POLICY));
		assertThat(reply(this.element, this.element.description()))
			.isEqualTo(rejection(ErrorCause.INCONSISTENT_TRANSPORT_TYPE));
		assertThat(reply(this.element,
				sctp(this.element, TransportUse.DATA_PLUS_CONTROL, MemberSelectionPolicy.ROUND_ROBIN)))
			.isEqualTo(rejection(ErrorCause.INCONSISTENT_DATA_CONTROL_CONFIGURATION));
		assertThat(this.registrar.role.snapshot().pools()).as("nothing is changed").isEqualTo(before.pools());
	}

	@Test
	@Conformance("PR5")
	void anElementOfAnotherRegistrarBecomesItsOwnByRegistering() {
		TestPeer peer = new TestPeer(this.network, 9);
		peer.connect(this.registrar);
		peer.send(new HandleUpdate(false, 9, 0, UpdateAction.ADD_PE, TestElement.POOL,
				this.element.description().withHomeRegistrar(9)));
		this.network.run(SOON);
		assertThat(this.registrar.owners()).isEqualTo(Map.of(1, 9));
		this.element.register(this.registrar.asap());
		this.network.run(SOON);
		assertThat(this.registrar.owners()).isEqualTo(Map.of(1, 7));
		assertThat(peer.last(HandleUpdate.class).element().homeRegistrar()).isEqualTo(7);
	}

	@Test
	@Conformance("PR6")
	void recordsWhereASctpAssociationComesFrom() {
		FakeNetwork.Process process = this.network.process();
		TestRegistrar sctp = new TestRegistrar(this.network.process(), 8, List.of(),
				(settings) -> settings.protocol(TransportProtocol.SCTP));
		sctp.role.start();
		TestElement associated = new TestElement(process, 1, TestElement.PORT, TransportProtocol.SCTP);
		associated.connect(sctp.asap());
		InetAddress elsewhere = this.registrar.process().address();
		assertThat(reply(associated,
				associated.description()
					.withAsapTransport(new Transport.Sctp(99, TransportUse.DATA_ONLY, List.of(elsewhere)))))
			.isEqualTo("accepted []");
		assertThat(sctp.role.snapshot().pools().get(0).elements().get(0).asapTransport())
			.isEqualTo(Addresses.transport(TransportProtocol.SCTP, List.of(process.address()), FakeNetwork.FIRST_PORT));
	}

	@Test
	void recordsOverTcpThePortThatTheElementNamesButNoOtherAddress() {
		this.element.connect(this.registrar.asap());
		assertThat(reply(this.element,
				this.element.description()
					.withAsapTransport(new Transport.Tcp(5000, this.registrar.process().address()))))
			.isEqualTo("accepted []");
		assertThat(this.registrar.role.snapshot().pools().get(0).elements().get(0).asapTransport())
			.isEqualTo(new Transport.Tcp(5000, this.element.process().address()));
	}

	@Test
	@Conformance({ "PR8", "PR9" })
	void refusesValuesThatNoElementMayHave() {
		this.element.connect(this.registrar.asap());
		PoolElement description = this.element.description();
		assertThat(reply(this.element,
				new PoolElement(0, 0, 1000, description.userTransport(), description.policy(), null)))
			.isEqualTo(rejection(ErrorCause.INVALID_VALUES));
		assertThat(
				reply(this.element, new PoolElement(1, 0, 0, description.userTransport(), description.policy(), null)))
			.isEqualTo(rejection(ErrorCause.INVALID_VALUES));
		assertThat(this.registrar.role.snapshot().pools()).isEmpty();
	}

	@Test
	void anElementThatCameFromAnotherAddressIsAnotherElementWhileTheFirstLives() {
		this.element.register(this.registrar.asap());
		this.network.run(SOON);
		TestElement twin = new TestElement(this.network, 1);
		twin.connect(this.registrar.asap());
		assertThat(reply(twin, twin.description())).isEqualTo(rejection(ErrorCause.NON_UNIQUE_PE_IDENTIFIER));
		assertThat(this.element.received(EndpointKeepAlive.class))
			.as("it may be one element, which then registers here")
			.singleElement()
			.satisfies((keepAlive) -> assertThat(keepAlive.home()).isTrue());
		assertThat(this.registrar.role.snapshot().pools().get(0).elements())
			.containsExactly(this.element.description().withHomeRegistrar(7));
		twin.send(new Deregistration(TestElement.POOL, 1));
		this.network.run(SOON);
		assertThat(twin.last(DeregistrationResponse.class).causes()).extracting(ErrorCause::code)
			.containsExactly(ErrorCause.SECURITY_CONSIDERATIONS);
		assertThat(this.registrar.owners()).containsOnlyKeys(1);
	}

	@Test
	void anElementIsKnownAgainByItsAddressesOrByItsAssociation() {
		this.element.register(this.registrar.asap());
		this.network.run(SOON);
		this.element.connect(this.registrar.asap());
		assertThat(reply(this.element, this.element.description())).as("another association").isEqualTo("accepted []");
		PoolElement description = this.element.description();
		Transport moved = new Transport.Tcp(81, this.element.process().address());
		assertThat(reply(this.element,
				new PoolElement(1, 0, 30_000, moved, description.policy(), description.asapTransport())))
			.as("another user transport")
			.isEqualTo("accepted []");
		Transport listening = new Transport.Tcp(5555, this.element.process().address());
		assertThat(reply(this.element,
				new PoolElement(1, 0, 30_000, description.userTransport(), description.policy(), listening)))
			.as("all transports are others, but the association is the same")
			.isEqualTo("accepted []");
		assertThat(this.registrar.role.snapshot().pools().get(0).elements()).singleElement()
			.satisfies((known) -> assertThat(known.asapTransport()).isEqualTo(listening));
	}

	@Test
	@Conformance({ "PR12", "PR13" })
	void answersWhoDeregistersWhatIsNotThere() {
		this.element.connect(this.registrar.asap());
		this.element.deregister();
		this.network.run(SOON);
		assertThat(this.element.received).containsExactly(new DeregistrationResponse(TestElement.POOL, 1, List.of()));
		this.element.register();
		this.element.send(new Deregistration(TestElement.POOL, 2));
		this.network.run(SOON);
		assertThat(this.element.last(DeregistrationResponse.class))
			.isEqualTo(new DeregistrationResponse(TestElement.POOL, 2, List.of()));
		assertThat(this.registrar.owners()).containsOnlyKeys(1);
	}

	@Test
	@Conformance("PR11")
	void removesTheElementAndThenTheEmptyPool() {
		TestElement other = new TestElement(this.network, 2);
		this.element.register(this.registrar.asap());
		other.register(this.registrar.asap());
		this.element.deregister();
		this.network.run(SOON);
		assertThat(this.registrar.owners()).containsOnlyKeys(2);
		other.deregister();
		this.network.run(SOON);
		assertThat(this.registrar.role.snapshot().pools()).isEmpty();
		assertThat(this.registrar.events).containsSubsequence("removed 1 DEREGISTERED", "removed 2 DEREGISTERED");
	}

	@Test
	@Conformance("PR15")
	void anElementWhoseLifetimeEndsIsToldOverANewAssociationIfNeedBe() {
		TestRegistrar patient = new TestRegistrar(this.network.process(), 8, List.of(),
				(settings) -> settings.keepAliveInterval(Duration.ofMinutes(10)));
		patient.role.start();
		TestPeer peer = new TestPeer(this.network, 9);
		peer.connect(patient);
		peer.present();
		this.element.register(patient.asap());
		this.network.run(Duration.ofSeconds(10));
		this.element.home.abort();
		this.network.run(Duration.ofMillis(19_900));
		assertThat(patient.owners()).containsOnlyKeys(1);
		assertThat(this.element.received(DeregistrationResponse.class)).isEmpty();
		this.network.run(Duration.ofMillis(200));
		assertThat(patient.owners()).isEmpty();
		assertThat(patient.events).contains("removed 1 EXPIRED");
		assertThat(this.element.received(DeregistrationResponse.class))
			.containsExactly(new DeregistrationResponse(TestElement.POOL, 1, List.of()));
		assertThat(peer.last(HandleUpdate.class).action()).isEqualTo(UpdateAction.DEL_PE);
	}

	@Test
	void anElementOfAnotherRegistrarExpiresQuietly() {
		TestPeer peer = new TestPeer(this.network, 9);
		peer.connect(this.registrar);
		peer.send(new HandleUpdate(false, 9, 0, UpdateAction.ADD_PE, TestElement.POOL,
				this.element.description().withHomeRegistrar(9)));
		for (int i = 0; i < 60; i++) {
			peer.present();
			this.network.run(Duration.ofMillis(510));
		}
		assertThat(this.registrar.events).contains("removed 1 EXPIRED");
		assertThat(this.element.received(DeregistrationResponse.class)).isEmpty();
		assertThat(peer.received(HandleUpdate.class)).isEmpty();
	}

	private String reply(TestElement sender, PoolElement description) {
		int before = sender.received(RegistrationResponse.class).size();
		sender.send(new Registration(TestElement.POOL, description));
		this.network.run(SOON);
		assertThat(sender.received(RegistrationResponse.class)).as("one answer").hasSize(before + 1);
		RegistrationResponse response = sender.last(RegistrationResponse.class);
		return (response.rejected() ? "rejected " : "accepted ")
				+ response.causes().stream().map(ErrorCause::code).toList();
	}

	private static String rejection(int cause) {
		return "rejected [" + cause + "]";
	}

	private static PoolElement sctp(TestElement element, TransportUse use, MemberSelectionPolicy policy) {
		return new PoolElement(element.description().identifier(), 0, 30_000,
				new Transport.Sctp(80, use, List.of(element.process().address())), policy, null);
	}

}
