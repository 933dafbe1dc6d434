package org.rserpool.spring.observation;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.rserpool.hunt.Home;
import org.rserpool.spring.observation.PoolObservation.RegistrarDetail;
import org.rserpool.spring.observation.PoolObservation.ResolutionKey;
import org.rserpool.user.ResolutionFailure;
import org.rserpool.user.ResolutionListener;
import org.rserpool.wire.PoolHandle;

/**
 * Observes the handle resolutions of a node. They serve whoever asks next, so they are
 * part of no call.
 *
 * @since 0.1
 */
public final class ResolutionObservations implements ResolutionListener {

	private final ObservationRegistry registry;

	/** As many as the pool user resolves at a time. */
	private final Map<PoolHandle, Observation> running = new ConcurrentHashMap<>();

	/**
	 * Makes an observer.
	 * @param registry where resolutions are observed
	 */
	public ResolutionObservations(ObservationRegistry registry) {
		this.registry = registry;
	}

	@Override
	public void resolutionBegun(PoolHandle pool) {
		this.running.put(pool,
				Observation.createNotStarted(PoolObservation.RESOLUTION.getName(), this.registry)
					.contextualName("resolve " + pool)
					.lowCardinalityKeyValue(ResolutionKey.POOL.withValue(pool.toString()))
					.start());
	}

	@Override
	public void resolutionEnded(PoolHandle pool, @Nullable Home registrar, @Nullable ResolutionFailure failure) {
		Observation observation = this.running.remove(pool);
		if (observation != null) {
			if (failure != null) {
				observation.event(Observation.Event.of("failed", failure.detail()));
			}
			observation
				.highCardinalityKeyValue(
						RegistrarDetail.REGISTRAR.withValue((registrar != null) ? registrar.toString() : "none"))
				.lowCardinalityKeyValue(
						ResolutionKey.OUTCOME.withValue((failure != null) ? failure.kind().name() : "FOUND"))
				.stop();
		}
	}

	@Override
	public void resolutionAbandoned(PoolHandle pool) {
		Observation observation = this.running.remove(pool);
		if (observation != null) {
			observation.highCardinalityKeyValue(RegistrarDetail.REGISTRAR.withValue("none"))
				.lowCardinalityKeyValue(ResolutionKey.OUTCOME.withValue("ABANDONED"))
				.stop();
		}
	}

}
