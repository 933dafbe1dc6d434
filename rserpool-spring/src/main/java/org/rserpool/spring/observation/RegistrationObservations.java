package org.rserpool.spring.observation;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.rserpool.element.ElementState;
import org.rserpool.element.PoolElementListener;
import org.rserpool.element.PoolElementRole;
import org.rserpool.element.RegistrationOutcome;
import org.rserpool.element.RegistrationRequest;
import org.rserpool.spring.observation.PoolObservation.RegistrationDetail;
import org.rserpool.spring.observation.PoolObservation.RegistrationKey;
import org.rserpool.wire.Identifiers;

/**
 * Observes what a node asks its home registrar for its pool elements.
 *
 * @since 0.1
 */
public final class RegistrationObservations implements PoolElementListener {

	private final ObservationRegistry registry;

	/** One of each element at most, as an element ends what it began. */
	private final Map<PoolElementRole, Observation> running = new ConcurrentHashMap<>();

	/**
	 * Makes an observer.
	 * @param registry where registrations are observed
	 */
	public RegistrationObservations(ObservationRegistry registry) {
		this.registry = registry;
	}

	@Override
	public void stateChanged(PoolElementRole element, ElementState state, String detail) {
		// The requests tell.
	}

	@Override
	public void requested(PoolElementRole element, RegistrationRequest request) {
		this.running.put(element,
				Observation.createNotStarted(PoolObservation.REGISTRATION.getName(), this.registry)
					.contextualName(request.name().toLowerCase(Locale.ROOT) + " " + element.pool())
					.lowCardinalityKeyValue(RegistrationKey.POOL.withValue(element.pool().toString()))
					.lowCardinalityKeyValue(RegistrationKey.REQUEST.withValue(request.name()))
					.highCardinalityKeyValue(
							RegistrationDetail.ELEMENT.withValue(Identifiers.toString(element.identifier())))
					.start());
	}

	@Override
	public void requestEnded(PoolElementRole element, RegistrationRequest request, RegistrationOutcome outcome) {
		Observation observation = this.running.remove(element);
		if (observation != null) {
			observation.lowCardinalityKeyValue(RegistrationKey.OUTCOME.withValue(outcome.name())).stop();
		}
	}

}
