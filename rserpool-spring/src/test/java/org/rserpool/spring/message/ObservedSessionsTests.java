package org.rserpool.spring.message;

import java.io.IOException;
import java.nio.ByteBuffer;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mockito.Mock;
import org.mockito.junit.jupiter.MockitoExtension;
import org.mockito.junit.jupiter.MockitoSettings;
import org.mockito.quality.Strictness;
import org.rserpool.rpc.session.ElementSession;
import org.rserpool.rpc.session.PoolSessionHandler;
import org.rserpool.runtime.DownReason;
import org.rserpool.runtime.UserMessage;
import org.rserpool.spring.observation.SessionObservation;
import org.rserpool.spring.observation.Traces;
import org.rserpool.wire.Octets;
import org.rserpool.wire.PoolHandle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willThrow;

/**
 * What is observed of the sessions of a pool element.
 */
@ExtendWith(MockitoExtension.class)
@MockitoSettings(strictness = Strictness.LENIENT)
class ObservedSessionsTests {

	private static final UserMessage MESSAGE = new UserMessage(1, ByteBuffer.allocate(4));

	private static final Octets COOKIE = Octets.copyOf(ByteBuffer.allocate(4));

	private final ObservationRegistry registry = ObservationRegistry.create();

	private final Traces traces = new Traces();

	@Mock
	private PoolSessionHandler handler;

	@Mock
	private ElementSession session;

	@BeforeEach
	void observe() {
		this.registry.observationConfig().observationHandler(this.traces);
		given(this.session.pool()).willReturn(PoolHandle.of("chat"));
		given(this.session.element()).willReturn(1);
	}

	@Test
	void nothingIsInTheWayWhereNobodyObserves() {
		assertThat(ObservedSessions.of(this.handler, ObservationRegistry.NOOP)).isSameAs(this.handler);
	}

	@Test
	void aSessionIsObservedUntilItIsClosedAndTheHandlerIsToldAll() throws Exception {
		PoolSessionHandler observed = ObservedSessions.of(this.handler, this.registry);
		observed.opened(this.session);
		observed.resumed(this.session, COOKIE);
		observed.message(this.session, MESSAGE);
		observed.leaving(this.session);
		assertThat(this.traces.of(SessionObservation.SERVED)).isEmpty();
		observed.closed(this.session, DownReason.SHUTDOWN, "in order");
		Observation.Context served = served();
		assertThat(Traces.value(served, "pool")).isEqualTo("chat");
		assertThat(Traces.value(served, "outcome")).isEqualTo("SHUTDOWN");
		assertThat(Traces.value(served, "element")).isEqualTo("0x00000001");
		assertThat(this.traces.events(served)).containsExactly("cookie-echo");
		assertThat(served.getError()).isNull();
		then(this.handler).should().opened(this.session);
		then(this.handler).should().resumed(this.session, COOKIE);
		then(this.handler).should().message(this.session, MESSAGE);
		then(this.handler).should().leaving(this.session);
		then(this.handler).should().closed(this.session, DownReason.SHUTDOWN, "in order");
	}

	@Test
	void whatAHandlerThrowsIsTheErrorOfTheSession() throws Exception {
		IOException failure = new IOException("on purpose");
		willThrow(failure).given(this.handler).message(this.session, MESSAGE);
		PoolSessionHandler observed = ObservedSessions.of(this.handler, this.registry);
		observed.opened(this.session);
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> observed.message(this.session, MESSAGE))
			.isSameAs(failure);
		observed.closed(this.session, DownReason.ABORTED, "the handler failed");
		assertThat(served().getError()).isSameAs(failure);
		assertThat(Traces.value(served(), "outcome")).isEqualTo("ABORTED");
	}

	@Test
	void aHandlerThatFailsAtTheEndDoesNotKeepTheSession() throws Exception {
		IllegalStateException failure = new IllegalStateException("on purpose");
		willThrow(failure).given(this.handler).opened(this.session);
		willThrow(new IllegalStateException("again")).given(this.handler)
			.closed(this.session, DownReason.TIMEOUT, "gone");
		PoolSessionHandler observed = ObservedSessions.of(this.handler, this.registry);
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> observed.opened(this.session));
		assertThatExceptionOfType(IllegalStateException.class)
			.isThrownBy(() -> observed.closed(this.session, DownReason.TIMEOUT, "gone"));
		assertThat(Traces.value(served(), "outcome")).isEqualTo("TIMEOUT");
	}

	private Observation.Context served() {
		assertThat(this.traces.of(SessionObservation.SERVED)).hasSize(1);
		return this.traces.of(SessionObservation.SERVED).get(0);
	}

}
