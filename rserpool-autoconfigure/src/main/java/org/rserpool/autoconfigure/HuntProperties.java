package org.rserpool.autoconfigure;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.rserpool.hunt.HuntSettings;

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
 * @since 0.1
 */
public record HuntProperties(@Nullable Duration attemptTimeout, @Nullable Duration maxAttemptTimeout,
		@Nullable Duration pause, @Nullable Duration maxPause) {

	HuntSettings apply(HuntSettings profile) {
		Timers.check("rserpool.hunt.attempt-timeout", this.attemptTimeout);
		Timers.check("rserpool.hunt.max-attempt-timeout", this.maxAttemptTimeout);
		Timers.check("rserpool.hunt.pause", this.pause);
		Timers.check("rserpool.hunt.max-pause", this.maxPause);
		return profile
			.withAttemptTimeout(Timers.or(this.attemptTimeout, profile.attemptTimeout()),
					Timers.or(this.maxAttemptTimeout, profile.maximumAttemptTimeout()))
			.withPause(Timers.or(this.pause, profile.pause()), Timers.or(this.maxPause, profile.maximumPause()));
	}

}
