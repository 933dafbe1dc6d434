package org.rserpool.registrar;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import org.rserpool.Conformance;
import org.rserpool.wire.AsapMessage.DeregistrationResponse;
import org.rserpool.wire.AsapMessage.EndpointKeepAlive;
import org.rserpool.wire.AsapMessage.EndpointKeepAliveAck;
import org.rserpool.wire.AsapMessage.Registration;
import org.rserpool.wire.Dialect;
import org.rserpool.wire.EnrpMessage.HandleUpdate;
import org.rserpool.wire.EnrpMessage.UpdateAction;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.WireCodec;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the keep-alives of {@link ElementMonitor}, with the times of the RFC.
 */
class KeepAliveTests {

	private static final Duration SOON = Duration.ofMillis(20);

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private final FakeNetwork network = new FakeNetwork(1);

	private final TestRegistrar registrar = new TestRegistrar(this.network.process(), 7, List.of(),
			(settings) -> RegistrarSettings.rfc());

	KeepAliveTests() {
		this.registrar.role.start();
	}

	@Test
	@Conformance("PR27")
	void keepAlivesOfElementsThatRegisterTogetherDoNotStayTogether() {
		List<TestElement> elements = new ArrayList<>();
		for (int identifier = 1; identifier <= 300; identifier++) {
			elements.add(element(identifier));
		}
		List<Integer> seconds = new ArrayList<>();
		int before = 0;
		for (int second = 0; second < 60; second++) {
			this.network.run(Duration.ofSeconds(1));
			int asked = elements.stream().mapToInt((each) -> each.received(EndpointKeepAlive.class).size()).sum();
			seconds.add(asked - before);
			before = asked;
		}
		assertThat(seconds).as("10 in a second are the mean").allMatch((asked) -> asked <= 30);
	}

	@Test
	@Conformance({ "PR27", "PR32" })
	void anElementIsAskedOnceInHalfToOneAndAHalfIntervals() {
		TestElement element = element(1);
		this.network.await(MINUTE, () -> element.received(EndpointKeepAlive.class).size() == 1);
		List<Long> intervals = new ArrayList<>();
		for (int count = 2; count <= 40; count++) {
			int expected = count;
			intervals.add(this.network.await(MINUTE, () -> element.received(EndpointKeepAlive.class).size() == expected)
				.toMillis());
		}
		assertThat(intervals).allMatch((millis) -> millis >= 15_000 && millis <= 45_010)
			.anyMatch((millis) -> millis < 20_000)
			.anyMatch((millis) -> millis > 40_000);
		assertThat(element.received(EndpointKeepAlive.class)).allMatch((keepAlive) -> !keepAlive.home());
	}

	@Test
	@Conformance("PR28")
	void anElementThatDoesNotAnswerIsRemovedAndThePeersAreTold() {
		TestPeer peer = new TestPeer(this.network, 9);
		peer.connect(this.registrar);
		peer.present();
		TestElement element = element(1);
		element.answering = false;
		this.network.await(MINUTE, () -> !element.received(EndpointKeepAlive.class).isEmpty());
		this.network.run(Duration.ofMillis(4990));
		assertThat(this.registrar.owners()).containsOnlyKeys(1);
		this.network.run(SOON);
		assertThat(this.registrar.events).contains("removed 1 KEEP_ALIVE_TIMEOUT");
		assertThat(peer.last(HandleUpdate.class).action()).isEqualTo(UpdateAction.DEL_PE);
	}

	@Test
	@Conformance("PR28")
	void anElementThatAKeepAliveCannotBeDeliveredToIsRemoved() {
		TestElement element = element(1);
		this.network.run(SOON);
		element.process().kill();
		this.network.run(SOON);
		assertThat(this.registrar.events).contains("removed 1 UNREACHABLE");
	}

	/**
	 * An element of rsplib that another registrar has made its own does not answer the
	 * one that is its home according to all registrars.
	 */
	@Test
	void anElementOfRsplibThatAnswersAnotherHomeIsAskedToComeBack() {
		TestRegistrar rsplib = registrarOfRsplib();
		TestElement element = elementOfRsplib(rsplib);
		element.home.abort();
		element.home = null;
		this.network.run(Duration.ofMillis(4990));
		assertThat(element.received(EndpointKeepAlive.class)).extracting(EndpointKeepAlive::home)
			.containsExactly(false);
		this.network.run(Duration.ofSeconds(10));
		assertThat(element.received(EndpointKeepAlive.class)).extracting(EndpointKeepAlive::home)
			.containsExactly(false, true);
		assertThat(rsplib.owners()).containsOnlyKeys(1);
		assertThat(rsplib.events).noneMatch((event) -> event.startsWith("removed"));
	}

	@Test
	void anElementOfRsplibThatDoesNotComeBackEitherIsRemoved() {
		TestRegistrar rsplib = registrarOfRsplib();
		TestElement element = elementOfRsplib(rsplib);
		element.answering = false;
		element.home.abort();
		this.network.run(Duration.ofMillis(9990));
		assertThat(rsplib.owners()).containsOnlyKeys(1);
		this.network.run(Duration.ofMillis(40));
		assertThat(rsplib.events).contains("removed 1 KEEP_ALIVE_TIMEOUT");
	}

	private TestRegistrar registrarOfRsplib() {
		TestRegistrar rsplib = new TestRegistrar(this.network.process(), 8, List.of(),
				(settings) -> RegistrarSettings.rfc().dialect(Dialect.RSPLIB));
		rsplib.role.start();
		this.network.run(SOON);
		return rsplib;
	}

	private TestElement elementOfRsplib(TestRegistrar registrarOfRsplib) {
		TestElement element = new TestElement(this.network, 1);
		element.codec = new WireCodec(Dialect.RSPLIB);
		element.answeringOnlyItsHome = true;
		element.register(registrarOfRsplib.asap());
		this.network.run(SOON);
		assertThat(registrarOfRsplib.owners()).containsOnlyKeys(1);
		return element;
	}

	@Test
	void anAssociationThatBreaksAgainAndAgainCausesOneKeepAliveEachTime() {
		TestElement element = element(1);
		this.network.run(SOON);
		for (int i = 0; i < 100 && this.registrar.owners().containsKey(1); i++) {
			element.process().loseConnections(this.registrar.process());
			this.network.run(SOON);
		}
		assertThat(this.registrar.counter(Counters.KEEP_ALIVES_SENT)).isLessThanOrEqualTo(101);
		assertThat(element.received(EndpointKeepAlive.class)).hasSizeLessThanOrEqualTo(101);
	}

	@Test
	@Conformance("PR31")
	void asksOnlyItsOwnElements() {
		TestPeer peer = new TestPeer(this.network, 9);
		peer.connect(this.registrar);
		TestElement foreign = new TestElement(this.network, 2);
		peer.send(new HandleUpdate(false, 9, 0, UpdateAction.ADD_PE, TestElement.POOL,
				foreign.description().withHomeRegistrar(9)));
		TestElement own = element(1);
		this.network.await(MINUTE, () -> own.received(EndpointKeepAlive.class).size() == 1);
		assertThat(this.registrar.role.snapshot().pools().get(0).elements()).extracting("homeRegistrar")
			.containsExactly(7, 9);
		peer.send(new HandleUpdate(false, 9, 0, UpdateAction.ADD_PE, TestElement.POOL,
				own.description().withHomeRegistrar(9)));
		int asked = own.received(EndpointKeepAlive.class).size();
		for (int i = 0; i < 6; i++) {
			peer.present();
			this.network.run(Duration.ofSeconds(4));
		}
		assertThat(own.received(EndpointKeepAlive.class)).hasSize(asked);
		assertThat(foreign.received(EndpointKeepAlive.class)).isEmpty();
	}

	@Test
	void anElementIsNotRemovedBecauseTheRegistrarHung() {
		TestElement element = element(1);
		PoolElement description = element.description();
		element.send(new Registration(TestElement.POOL, new PoolElement(1, 0, 120_000, description.userTransport(),
				description.policy(), description.asapTransport())));
		this.network.run(SOON);
		this.registrar.process().hang();
		this.network.run(Duration.ofMinutes(10));
		this.registrar.process().resume();
		this.network.run(SOON);
		assertThat(this.registrar.owners()).containsOnlyKeys(1);
		this.network.run(Duration.ofSeconds(119));
		assertThat(this.registrar.owners()).containsOnlyKeys(1);
		this.network.run(Duration.ofSeconds(2));
		assertThat(this.registrar.events).contains("removed 1 EXPIRED");
	}

	@Test
	void anElementThatAnswersTooLateIsAskedAgainIfTheRegistrarHung() {
		TestElement element = element(1);
		element.answering = false;
		this.network.await(MINUTE, () -> !element.received(EndpointKeepAlive.class).isEmpty());
		this.registrar.process().hang();
		this.network.run(MINUTE);
		this.registrar.process().resume();
		this.network.run(Duration.ofMillis(4900));
		assertThat(this.registrar.owners()).containsOnlyKeys(1);
		this.network.run(Duration.ofMillis(200));
		assertThat(this.registrar.events).contains("removed 1 KEEP_ALIVE_TIMEOUT");
	}

	@Test
	void anAcknowledgementThatNobodyAskedForChangesNothing() {
		TestElement element = element(1);
		this.network.run(SOON);
		element.send(new EndpointKeepAliveAck(TestElement.POOL, 1));
		element.send(new EndpointKeepAliveAck(TestElement.POOL, 99));
		element.answering = false;
		this.network.run(Duration.ofSeconds(55));
		assertThat(this.registrar.owners()).isEmpty();
	}

	@Test
	void anElementThatIsNotRegisteredIsToldSoWhenItAnswersAKeepAlive() {
		TestElement element = element(1);
		this.network.run(SOON);
		element.send(new EndpointKeepAliveAck(TestElement.POOL, 1));
		this.network.run(SOON);
		assertThat(element.received(DeregistrationResponse.class)).isEmpty();
		element.deregister();
		this.network.run(SOON);
		assertThat(element.received(DeregistrationResponse.class)).hasSize(1);
		element.send(new EndpointKeepAliveAck(TestElement.POOL, 1));
		this.network.run(SOON);
		assertThat(element.received(DeregistrationResponse.class)).hasSize(2)
			.allMatch((response) -> response.identifier() == 1 && response.causes().isEmpty());
	}

	/**
	 * Returns an element that has registered for ever, and needs no renewal.
	 */
	private TestElement element(int identifier) {
		TestElement element = new TestElement(this.network, identifier);
		element.connect(this.registrar.asap());
		register(element);
		return element;
	}

	private static void register(TestElement element) {
		PoolElement description = element.description();
		element.send(new Registration(TestElement.POOL, new PoolElement(description.identifier(), 0,
				PoolElement.INFINITE, description.userTransport(), description.policy(), description.asapTransport())));
	}

}
