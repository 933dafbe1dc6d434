package org.rserpool.registrar;

import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;

import org.rserpool.Conformance;
import org.rserpool.wire.AsapMessage;
import org.rserpool.wire.AsapMessage.DeregistrationResponse;
import org.rserpool.wire.AsapMessage.EndpointKeepAlive;
import org.rserpool.wire.AsapMessage.EndpointUnreachable;
import org.rserpool.wire.AsapMessage.HandleResolution;
import org.rserpool.wire.AsapMessage.HandleResolutionResponse;
import org.rserpool.wire.EnrpMessage.HandleUpdate;
import org.rserpool.wire.EnrpMessage.UpdateAction;
import org.rserpool.wire.PoolElement;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what a {@link RegistrarRole} does when users cannot reach an element. It asks
 * elements so seldom of itself that it is seen what a report causes.
 */
class UnreachableReportTests {

	private static final Duration SOON = Duration.ofMillis(20);

	private static final Duration SELDOM = Duration.ofHours(10);

	private final FakeNetwork network = new FakeNetwork(1);

	private final TestRegistrar registrar = new TestRegistrar(this.network.process(), 7, List.of(),
			(settings) -> settings.keepAliveInterval(SELDOM));

	private final TestElement element = new TestElement(this.network, 1);

	private int users = 100;

	UnreachableReportTests() {
		this.registrar.role.start();
		this.element.register(this.registrar.asap());
		this.network.run(SOON);
	}

	@Test
	@Conformance({ "PR23", "PR25" })
	void aReportCausesAKeepAliveAtOnceAndALivingElementStays() {
		report(user());
		this.network.run(Duration.ofMillis(2));
		assertThat(this.element.received(EndpointKeepAlive.class)).singleElement().satisfies((keepAlive) -> {
			assertThat(keepAlive.home()).isFalse();
			assertThat(keepAlive.registrar()).isEqualTo(7);
		});
		this.network.run(Duration.ofSeconds(5));
		assertThat(this.registrar.owners()).containsOnlyKeys(1);
		assertThat(this.element.received(EndpointKeepAlive.class)).hasSize(1);
	}

	@Test
	@Conformance({ "PR24", "EN25" })
	void anElementThatAKeepAliveCannotBeDeliveredToIsRemovedAndThePeersAreTold() {
		TestPeer peer = new TestPeer(this.network, 9);
		peer.connect(this.registrar);
		peer.present();
		TestElement user = user();
		this.element.process().kill();
		report(user);
		this.network.run(SOON);
		assertThat(this.registrar.owners()).isEmpty();
		assertThat(this.registrar.events).contains("removed 1 UNREACHABLE");
		assertThat(peer.last(HandleUpdate.class).action()).isEqualTo(UpdateAction.DEL_PE);
	}

	@Test
	@Conformance("PR24")
	void anElementThatDoesNotAnswerAfterAReportIsRemoved() {
		TestElement user = user();
		this.element.process().hang();
		report(user);
		this.network.run(Duration.ofMillis(490));
		assertThat(this.registrar.owners()).containsOnlyKeys(1);
		this.network.run(Duration.ofMillis(20));
		assertThat(this.registrar.events).contains("removed 1 KEEP_ALIVE_TIMEOUT");
	}

	@Test
	@Conformance("PR26")
	void moreReportsThanAllowedRemoveAnElementThatAnswers() {
		for (int i = 0; i < 3; i++) {
			report(user());
			this.network.run(SOON);
			assertThat(this.registrar.owners()).containsOnlyKeys(1);
		}
		report(user());
		this.network.run(SOON);
		assertThat(this.registrar.owners()).isEmpty();
		assertThat(this.registrar.events).contains("removed 1 REPORTED_UNREACHABLE");
		assertThat(this.element.received(DeregistrationResponse.class)).as("so that it can register again").hasSize(1);
	}

	@Test
	@Conformance("PR26")
	void aRegistrationBeginsTheCountAgain() {
		for (int i = 0; i < 6; i++) {
			report(user());
			this.element.register();
			this.network.run(SOON);
		}
		assertThat(this.registrar.owners()).containsOnlyKeys(1);
	}

	@Test
	@Conformance("PR26")
	void aReportIsForgottenAfterSomeTime() {
		PoolElement description = this.element.description();
		this.element.send(new AsapMessage.Registration(TestElement.POOL, new PoolElement(1, 0, PoolElement.INFINITE,
				description.userTransport(), description.policy(), description.asapTransport())));
		this.network.run(SOON);
		for (int i = 0; i < 3; i++) {
			report(user());
		}
		for (int i = 0; i < 10; i++) {
			this.network.run(ReportCount.DECAY);
			report(user());
			this.network.run(SOON);
			assertThat(this.registrar.owners()).containsOnlyKeys(1);
		}
		report(user());
		this.network.run(SOON);
		assertThat(this.registrar.owners()).isEmpty();
	}

	@Test
	@Conformance("PR37")
	void aBurstOfReportsOfOneUserCountsOnce() {
		TestElement user = user();
		for (int i = 0; i < 900; i++) {
			report(user);
			this.network.run(Duration.ofMillis(1));
		}
		assertThat(this.registrar.owners()).containsOnlyKeys(1);
		assertThat(this.element.received(EndpointKeepAlive.class)).hasSize(1);
		assertThat(this.registrar.counter(Counters.FAILURE_REPORTS)).isBetween(890L, 900L);
		assertThat(this.registrar.counter(Counters.FAILURE_REPORTS_IGNORED))
			.isEqualTo(this.registrar.counter(Counters.FAILURE_REPORTS) - 1);
		this.network.run(Duration.ofSeconds(1));
		report(user);
		this.network.run(SOON);
		assertThat(this.registrar.counter(Counters.FAILURE_REPORTS_IGNORED)).as("another one counts")
			.isEqualTo(this.registrar.counter(Counters.FAILURE_REPORTS) - 2);
	}

	@Test
	@Conformance("PR37")
	void aUserCannotReportMoreElementsThanAreToBeExpected() {
		TestElement user = user();
		for (int identifier = 1000; identifier < 1000 + UserReports.MAX_ELEMENTS + 50; identifier++) {
			new TestElement(this.network, identifier).register(this.registrar.asap());
		}
		this.network.run(SOON);
		for (int identifier = 1000; identifier < 1000 + UserReports.MAX_ELEMENTS + 50; identifier++) {
			user.send(new EndpointUnreachable(TestElement.POOL, identifier));
		}
		this.network.run(SOON);
		assertThat(this.registrar.counter(Counters.FAILURE_REPORTS_IGNORED)).isEqualTo(50);
		assertThat(this.registrar.counter(Counters.KEEP_ALIVES_SENT)).isEqualTo(UserReports.MAX_ELEMENTS);
	}

	@Test
	@Conformance("PR32")
	void reportsOfManyUsersDoNotFloodAnElement() {
		TestRegistrar lenient = new TestRegistrar(this.network.process(), 8, List.of(),
				(settings) -> settings.keepAliveInterval(Duration.ofSeconds(20)).maxBadPeReports(Integer.MAX_VALUE));
		lenient.role.start();
		this.element.register(lenient.asap());
		this.network.run(SOON);
		int before = this.element.received(EndpointKeepAlive.class).size();
		for (int i = 0; i < 200; i++) {
			TestElement user = new TestElement(this.network, this.users++);
			user.connect(lenient.asap());
			report(user);
			this.network.run(SOON);
		}
		assertThat(lenient.counter(Counters.FAILURE_REPORTS)).isEqualTo(200);
		assertThat(lenient.counter(Counters.FAILURE_REPORTS_IGNORED)).isZero();
		assertThat(this.element.received(EndpointKeepAlive.class).size() - before)
			.as("one in every tenth of an interval, in 4 seconds")
			.isBetween(2, 4);
		this.element.process().hang();
		Duration time = this.network.await(Duration.ofSeconds(5), () -> lenient.owners().isEmpty());
		assertThat(time).as("the last report causes a keep-alive, if later").isLessThan(Duration.ofMillis(2600));
	}

	@Test
	void aReportOfAnUnknownElementCausesNothing() {
		TestElement user = user();
		user.send(new EndpointUnreachable(TestElement.POOL, 99));
		this.network.run(SOON);
		assertThat(this.registrar.counter(Counters.KEEP_ALIVES_SENT)).isZero();
		assertThat(this.registrar.counter(Counters.FAILURE_REPORTS_IGNORED)).isOne();
	}

	@Test
	void whoIsNotTheHomeProbesAndSuspectsButRemovesNothing() {
		TestRegistrar home = new TestRegistrar(this.network.process(), 8, List.of(this.registrar.process()),
				UnaryOperator.identity());
		home.role.start();
		this.network.run(Duration.ofSeconds(1));
		TestElement foreign = new TestElement(this.network, 2);
		foreign.register(home.asap());
		this.network.run(SOON);
		TestElement user = user();
		foreign.answering = false;
		for (int i = 0; i < 10; i++) {
			user.send(new EndpointUnreachable(TestElement.POOL, 2));
			this.network.run(Duration.ofMillis(10));
		}
		this.network.run(Duration.ofMillis(600));
		assertThat(this.registrar.owners()).containsEntry(2, 8);
		assertThat(this.registrar.counter(Counters.UPDATES_SENT)).as("but for its own element").isOne();
		user.send(new HandleResolution(false, TestElement.POOL, null));
		this.network.run(SOON);
		assertThat(user.last(HandleResolutionResponse.class).elements()).extracting(PoolElement::identifier)
			.containsExactly(1);
	}

	private TestElement user() {
		TestElement user = new TestElement(this.network, this.users++);
		user.connect(this.registrar.asap());
		this.network.run(Duration.ofMillis(5));
		return user;
	}

	private void report(TestElement user) {
		user.send(new EndpointUnreachable(TestElement.POOL, 1));
	}

}
