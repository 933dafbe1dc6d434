package org.rserpool.spring.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.rserpool.rpc.CallAttempt;
import org.rserpool.rpc.RSerPoolException;
import org.rserpool.rpc.session.MessageSessionObserver;
import org.rserpool.rpc.session.SessionChange;
import org.rserpool.spring.observation.SessionObservation.Cause;
import org.rserpool.spring.observation.SessionObservation.ElementDetail;
import org.rserpool.spring.observation.SessionObservation.Outcome;
import org.rserpool.spring.observation.SessionObservation.SearchEvent;
import org.rserpool.spring.observation.SessionObservation.SearchKey;
import org.rserpool.spring.observation.SessionObservation.SessionEvent;
import org.rserpool.spring.observation.SessionObservation.SessionKey;
import org.rserpool.wire.Identifiers;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;

/**
 * Observes a session of messages of a pool user, and how it looks for elements.
 *
 * @since 0.1
 */
public final class SessionObservations implements MessageSessionObserver {

	private final ObservationRegistry registry;

	private final String pool;

	private final Observation session;

	private @Nullable Observation search;

	private boolean stopped;

	private SessionObservations(ObservationRegistry registry, String pool, Observation session) {
		this.registry = registry;
		this.pool = pool;
		this.session = session;
	}

	/**
	 * Begins to observe a session that is about to be opened, as a part of what is in
	 * scope on this thread.
	 * @param registry where it is observed
	 * @param pool the pool
	 * @return the observation, or {@code null} if nobody observes
	 */
	public static @Nullable SessionObservations start(ObservationRegistry registry, PoolHandle pool) {
		if (registry.isNoop()) {
			return null;
		}
		Observation session = Observation.createNotStarted(SessionObservation.SESSION.getName(), registry)
			.contextualName("session " + pool)
			.lowCardinalityKeyValue(SessionKey.POOL.withValue(pool.toString()))
			.start();
		SessionObservations started = new SessionObservations(registry, pool.toString(), session);
		started.search(Cause.OPEN);
		return started;
	}

	@Override
	public synchronized void connected(SessionChange change) {
		if (this.stopped) {
			return;
		}
		String element = Identifiers.toString(change.to().identifier());
		endSearch(Outcome.CONNECTED, element);
		if (change.failover()) {
			this.session.event(Observation.Event.of(SessionEvent.FAILOVER.getName(), "failover to " + element));
		}
		if (change.cookieEchoed()) {
			this.session.event(SessionEvent.COOKIE_ECHO);
		}
	}

	@Override
	public synchronized void unreachable(CallAttempt attempt) {
		if (this.search != null) {
			this.search.event(Observation.Event.of(SearchEvent.FAILED.getName(), attempt.toString()));
		}
	}

	@Override
	public synchronized void lost(PoolElement element, String reason) {
		if (!this.stopped) {
			this.session.event(Observation.Event.of(SessionEvent.LOST.getName(),
					"lost " + Identifiers.toString(element.identifier()) + ": " + reason));
			search(Cause.FAILOVER);
		}
	}

	@Override
	public void closed() {
		stop(Outcome.CLOSED, null);
	}

	@Override
	public void failed(RSerPoolException failure) {
		stop(Outcome.FAILED, failure);
	}

	@Override
	public void abandoned() {
		stop(Outcome.ABANDONED, null);
	}

	/**
	 * The session could not even be opened.
	 * @param failure why
	 */
	public void notOpened(Throwable failure) {
		stop(Outcome.FAILED, failure);
	}

	private synchronized void stop(Outcome outcome, @Nullable Throwable failure) {
		if (this.stopped) {
			return;
		}
		this.stopped = true;
		endSearch(outcome, "none");
		if (failure != null) {
			this.session.error(failure);
		}
		this.session.lowCardinalityKeyValue(SessionKey.OUTCOME.withValue(outcome.name())).stop();
	}

	private void search(Cause cause) {
		this.search = Observation.createNotStarted(SessionObservation.SEARCH.getName(), this.registry)
			.contextualName("search " + this.pool)
			.parentObservation(this.session)
			.lowCardinalityKeyValue(SearchKey.POOL.withValue(this.pool))
			.lowCardinalityKeyValue(SearchKey.CAUSE.withValue(cause.name()))
			.start();
	}

	private void endSearch(Outcome outcome, String element) {
		Observation running = this.search;
		this.search = null;
		if (running != null) {
			running.highCardinalityKeyValue(ElementDetail.ELEMENT.withValue(element))
				.lowCardinalityKeyValue(SearchKey.OUTCOME.withValue(outcome.name()))
				.stop();
		}
	}

}
