package org.rserpool.autoconfigure;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.rserpool.element.RegistrationTimers;

/**
 * What is configured under {@code rserpool.registration}. What is not set is taken from
 * the profile.
 *
 * @param timeout How long a pool element waits for the answer to its registration before
 * it tries again and looks for another registrar (T2-registration).
 * @param deregistrationTimeout How long a pool element waits for the answer to its
 * deregistration (T3-deregistration).
 * @param maxAttempts After how many registrations without an answer a warning is logged,
 * and in the profile rfc the pool element leaves; and how many deregistrations are tried
 * (MAX-REG-ATTEMPT).
 * @since 0.1
 */
public record RegistrationProperties(@Nullable Duration timeout, @Nullable Duration deregistrationTimeout,
		@Nullable Integer maxAttempts) {

	RegistrationTimers apply(RegistrationTimers profile) {
		Timers.check("rserpool.registration.timeout", this.timeout);
		Timers.check("rserpool.registration.deregistration-timeout", this.deregistrationTimeout);
		Timers.check("rserpool.registration.max-attempts", this.maxAttempts, 1);
		return new RegistrationTimers(Timers.or(this.timeout, profile.registrationTimeout()),
				Timers.or(this.deregistrationTimeout, profile.deregistrationTimeout()),
				Timers.or(this.maxAttempts, profile.maximumAttempts()), profile.endsUnanswered());
	}

}
