package org.rserpool.spring.observation;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rserpool.rpc.CallAttempt;
import org.rserpool.rpc.CallOutcome;
import org.rserpool.rpc.RSerPoolException;
import org.rserpool.rpc.session.SessionChange;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;
import org.rserpool.wire.Transport;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is observed of a session of a pool user.
 */
class SessionObservationsTests {

	private static final PoolHandle POOL = PoolHandle.of("chat");

	private static final PoolElement ONE = element(1);

	private static final PoolElement TWO = element(2);

	private final ObservationRegistry registry = ObservationRegistry.create();

	private final Traces traces = new Traces();

	@BeforeEach
	void observe() {
		this.registry.observationConfig().observationHandler(this.traces);
	}

	@Test
	void nothingIsWhereNobodyObserves() {
		assertThat(SessionObservations.start(ObservationRegistry.NOOP, POOL)).isNull();
	}

	@Test
	void eachSearchIsAPartOfTheSession() {
		SessionObservations session = start();
		session.unreachable(attempt(TWO));
		session.connected(new SessionChange(null, ONE, false));
		session.lost(ONE, "it broke");
		session.connected(new SessionChange(ONE, TWO, true));
		session.closed();
		Observation.Context whole = whole();
		assertThat(Traces.value(whole, "pool")).isEqualTo("chat");
		assertThat(Traces.value(whole, "outcome")).isEqualTo("CLOSED");
		assertThat(whole.getError()).isNull();
		assertThat(this.traces.events(whole)).containsExactly("lost", "failover", "cookie-echo");
		assertThat(searches()).extracting((search) -> Traces.value(search, "cause"))
			.containsExactly("OPEN", "FAILOVER");
		assertThat(searches()).extracting((search) -> Traces.value(search, "element"))
			.containsExactly("0x00000001", "0x00000002");
		assertThat(searches()).allSatisfy((search) -> {
			assertThat(Traces.value(search, "outcome")).isEqualTo("CONNECTED");
			assertThat(Traces.value(search, "pool")).isEqualTo("chat");
			assertThat(Traces.parent(search)).isSameAs(whole);
		});
		assertThat(this.traces.events(searches().get(0))).containsExactly("failed");
		assertThat(this.traces.events(searches().get(1))).isEmpty();
	}

	@Test
	void aSessionIsAPartOfWhatOpensIt() {
		Observation opening = Observation.start("opening", this.registry);
		opening.scoped(() -> start().closed());
		assertThat(Traces.parent(whole())).isSameAs(opening.getContextView());
	}

	@Test
	void aSessionThatFailsSaysWhy() {
		RSerPoolException failure = new RSerPoolException("no element", POOL, List.of(), null);
		start().failed(failure);
		assertThat(Traces.value(whole(), "outcome")).isEqualTo("FAILED");
		assertThat(whole().getError()).isSameAs(failure);
		assertThat(searches()).singleElement().satisfies((search) -> {
			assertThat(Traces.value(search, "outcome")).isEqualTo("FAILED");
			assertThat(Traces.value(search, "element")).isEqualTo("none");
		});
	}

	@Test
	void aSessionThatCannotBeOpenedFailsWithAnyError() {
		IllegalStateException failure = new IllegalStateException("closed");
		start().notOpened(failure);
		assertThat(Traces.value(whole(), "outcome")).isEqualTo("FAILED");
		assertThat(whole().getError()).isSameAs(failure);
	}

	@Test
	void aSessionThatOutlivesItsApplicationIsAbandonedWithoutAnError() {
		SessionObservations session = start();
		session.connected(new SessionChange(null, ONE, false));
		session.abandoned();
		assertThat(Traces.value(whole(), "outcome")).isEqualTo("ABANDONED");
		assertThat(whole().getError()).isNull();
	}

	@Test
	void nothingIsObservedAfterTheEnd() {
		SessionObservations session = start();
		session.closed();
		session.unreachable(attempt(ONE));
		session.connected(new SessionChange(null, ONE, true));
		session.lost(ONE, "it broke");
		session.abandoned();
		assertThat(Traces.value(whole(), "outcome")).isEqualTo("CLOSED");
		assertThat(this.traces.events(whole())).isEmpty();
		assertThat(searches()).singleElement()
			.satisfies((search) -> assertThat(Traces.value(search, "outcome")).isEqualTo("CLOSED"));
	}

	private SessionObservations start() {
		SessionObservations started = SessionObservations.start(this.registry, POOL);
		assertThat(started).isNotNull();
		return started;
	}

	private Observation.Context whole() {
		List<Observation.Context> sessions = this.traces.of(SessionObservation.SESSION);
		assertThat(sessions).hasSize(1);
		return sessions.get(0);
	}

	private List<Observation.Context> searches() {
		return this.traces.of(SessionObservation.SEARCH);
	}

	private static CallAttempt attempt(PoolElement element) {
		return new CallAttempt(element.identifier(), new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
				CallOutcome.NOT_SENT, "refused", Duration.ofMillis(1));
	}

	private static PoolElement element(int identifier) {
		Transport.Tcp transport = new Transport.Tcp(1, InetAddress.getLoopbackAddress());
		return new PoolElement(identifier, 7, PoolElement.INFINITE, transport, MemberSelectionPolicy.ROUND_ROBIN,
				transport);
	}

}
