package org.rserpool.spring.message;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.rserpool.rpc.session.ElementSession;
import org.rserpool.rpc.session.PoolSessionHandler;
import org.rserpool.runtime.DownReason;
import org.rserpool.runtime.UserMessage;
import org.rserpool.spring.observation.SessionObservation;
import org.rserpool.spring.observation.SessionObservation.ElementDetail;
import org.rserpool.spring.observation.SessionObservation.ServedEvent;
import org.rserpool.spring.observation.SessionObservation.ServedKey;
import org.rserpool.wire.Identifiers;
import org.rserpool.wire.Octets;

/**
 * Observes the sessions of a pool element. Messages just pass.
 */
final class ObservedSessions implements PoolSessionHandler {

	private final PoolSessionHandler handler;

	private final ObservationRegistry registry;

	private final Map<ElementSession, Observation> running = new ConcurrentHashMap<>();

	private ObservedSessions(PoolSessionHandler handler, ObservationRegistry registry) {
		this.handler = handler;
		this.registry = registry;
	}

	/**
	 * Return a handler whose sessions are observed.
	 * @param handler serves the sessions
	 * @param registry where they are observed
	 * @return the handler itself if nobody observes
	 */
	static PoolSessionHandler of(PoolSessionHandler handler, ObservationRegistry registry) {
		return registry.isNoop() ? handler : new ObservedSessions(handler, registry);
	}

	@Override
	public void opened(ElementSession session) throws Exception {
		this.running.put(session,
				Observation.createNotStarted(SessionObservation.SERVED.getName(), this.registry)
					.contextualName("serve session " + session.pool())
					.lowCardinalityKeyValue(ServedKey.POOL.withValue(session.pool().toString()))
					.highCardinalityKeyValue(ElementDetail.ELEMENT.withValue(Identifiers.toString(session.element())))
					.start());
		tell(session, () -> this.handler.opened(session));
	}

	@Override
	public void resumed(ElementSession session, Octets cookie) throws Exception {
		Observation observation = this.running.get(session);
		if (observation != null) {
			observation.event(ServedEvent.COOKIE_ECHO);
		}
		tell(session, () -> this.handler.resumed(session, cookie));
	}

	@Override
	public void message(ElementSession session, UserMessage message) throws Exception {
		try {
			this.handler.message(session, message);
		}
		catch (Throwable ex) {
			failed(session, ex);
			throw ex;
		}
	}

	@Override
	public void leaving(ElementSession session) throws Exception {
		tell(session, () -> this.handler.leaving(session));
	}

	@Override
	public void closed(ElementSession session, DownReason reason, String detail) throws Exception {
		try {
			tell(session, () -> this.handler.closed(session, reason, detail));
		}
		finally {
			Observation observation = this.running.remove(session);
			if (observation != null) {
				observation.lowCardinalityKeyValue(ServedKey.OUTCOME.withValue(reason.name())).stop();
			}
		}
	}

	private void tell(ElementSession session, Event event) throws Exception {
		try {
			event.tell();
		}
		catch (Throwable ex) {
			failed(session, ex);
			throw ex;
		}
	}

	private void failed(ElementSession session, Throwable failure) {
		Observation observation = this.running.get(session);
		if (observation != null) {
			observation.error(failure);
		}
	}

	/**
	 * Something that the handler is told.
	 */
	private interface Event {

		void tell() throws Exception;

	}

}
