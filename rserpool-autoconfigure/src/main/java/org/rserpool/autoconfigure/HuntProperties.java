package org.rserpool.autoconfigure;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.rserpool.hunt.HuntSettings;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * What is configured under {@code rserpool.hunt}. What is not set is taken from the
 * profile.
 *
 * @param attemptTimeout How long to wait for attempts to connect to registrars before
 * others are made (T5-Serverhunt). It doubles each time.
 * @param maxAttemptTimeout What that time grows to at most (RETRAN-MAX).
 * @param pause How long to wait after no registrar could be reached. It doubles each
 * time.
 * @param maxPause What that pause grows to at most.
 * @param standbys Number of registrars, from 0 to 2, to be connected to besides the home
 * registrar, so that one of them becomes home at once when it is lost. Each one costs a
 * registrar an association for every application.
 * @param resolveInterval How long to wait before the names of registrars are resolved
 * again.
 * @since 0.1
 */
public record HuntProperties(@Nullable Duration attemptTimeout, @Nullable Duration maxAttemptTimeout,
		@Nullable Duration pause, @Nullable Duration maxPause, @DefaultValue("0") int standbys,
		@DefaultValue("30s") Duration resolveInterval) {

	HuntSettings apply(HuntSettings profile) {
		Timers.check("rserpool.hunt.attempt-timeout", this.attemptTimeout);
		Timers.check("rserpool.hunt.max-attempt-timeout", this.maxAttemptTimeout);
		Timers.check("rserpool.hunt.pause", this.pause);
		Timers.check("rserpool.hunt.max-pause", this.maxPause);
		Timers.check("rserpool.hunt.resolve-interval", this.resolveInterval);
		if (this.standbys < 0 || this.standbys >= HuntSettings.MAXIMUM_ATTEMPTS) {
			throw new InvalidConfigurationPropertyValueException("rserpool.hunt.standbys", this.standbys,
					"It is to be from 0 to 2, because there may be three associations with registrars at most.");
		}
		return profile
			.withAttemptTimeout(Timers.or(this.attemptTimeout, profile.attemptTimeout()),
					Timers.or(this.maxAttemptTimeout, profile.maximumAttemptTimeout()))
			.withPause(Timers.or(this.pause, profile.pause()), Timers.or(this.maxPause, profile.maximumPause()))
			.withStandbys(this.standbys)
			.withResolveInterval(this.resolveInterval);
	}

}
