package org.rserpool.element;

import java.time.Duration;

/**
 * How a pool element waits for its home registrar.
 *
 * @param registrationTimeout how long to wait for the answer to a registration
 * (T2-registration, RFC 5352, section 7.1)
 * @param deregistrationTimeout how long to wait for the answer to a deregistration
 * (T3-deregistration)
 * @param maximumAttempts how many registrations without an answer are ordinary, and how
 * many deregistrations are made (MAX-REG-ATTEMPT); at least 1
 * @param endsUnanswered whether the element leaves after {@code maximumAttempts}
 * registrations without an answer, as RFC 5352, section 3.1 asks for. Without this, it
 * goes on trying, so that it comes back by itself when a registrar answers again.
 * @since 0.1
 */
public record RegistrationTimers(Duration registrationTimeout, Duration deregistrationTimeout, int maximumAttempts,
		boolean endsUnanswered) {

	/** The times of the profile {@code fast}: 1 s for answers, 2 attempts, no end. */
	public static final RegistrationTimers FAST = new RegistrationTimers(Duration.ofSeconds(1), Duration.ofSeconds(1),
			2, false);

	/**
	 * The times of the profile {@code rfc}: 30 s for answers, an end after 2 attempts.
	 */
	public static final RegistrationTimers RFC = new RegistrationTimers(Duration.ofSeconds(30), Duration.ofSeconds(30),
			2, true);

	public RegistrationTimers {
		positive("registrationTimeout", registrationTimeout);
		positive("deregistrationTimeout", deregistrationTimeout);
		if (maximumAttempts < 1) {
			throw new IllegalArgumentException("maximumAttempts " + maximumAttempts + " is not positive");
		}
	}

	private static void positive(String name, Duration value) {
		if (value.isNegative() || value.isZero()) {
			throw new IllegalArgumentException(name + " " + value + " is not positive");
		}
	}

}
