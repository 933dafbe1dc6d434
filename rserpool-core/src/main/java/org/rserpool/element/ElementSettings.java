package org.rserpool.element;

import java.time.Duration;

import org.rserpool.wire.Identifiers;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;
import org.rserpool.wire.Transport;

/**
 * What to register, and how.
 *
 * @param pool the pool that the element joins
 * @param identifier the element, not {@link Identifiers#NONE}
 * @param policy the pool's policy, with this element's values
 * @param lifetimeMillis how long a registration lasts without being renewed, in
 * milliseconds, or {@link PoolElement#INFINITE}
 * @param userTransport where users reach the service. A wildcard address stands for the
 * address by which the home registrar is reached.
 * @param registrationTimeout how long to wait for the answer to a registration
 * (T2-registration, RFC 5352, section 7.1)
 * @param deregistrationTimeout how long to wait for the answer to a deregistration
 * (T3-deregistration)
 * @param maximumAttempts how many registrations without an answer are ordinary, and how
 * many deregistrations are made (MAX-REG-ATTEMPT)
 * @param endsUnanswered whether the element leaves after {@code maximumAttempts}
 * registrations without an answer, as RFC 5352, section 3.1 asks for. Without this, it
 * goes on trying, so that it comes back by itself when a registrar answers again.
 * @since 0.1
 */
public record ElementSettings(PoolHandle pool, int identifier, MemberSelectionPolicy policy, long lifetimeMillis,
		Transport userTransport, Duration registrationTimeout, Duration deregistrationTimeout, int maximumAttempts,
		boolean endsUnanswered) {

	public ElementSettings {
		if (identifier == Identifiers.NONE) {
			throw new IllegalArgumentException("0 is not the identifier of a pool element");
		}
		if (lifetimeMillis <= 0 && lifetimeMillis != PoolElement.INFINITE) {
			throw new IllegalArgumentException("A lifetime of " + lifetimeMillis + " ms is not positive");
		}
		if (maximumAttempts < 1) {
			throw new IllegalArgumentException("maximumAttempts " + maximumAttempts + " is not positive");
		}
	}

	/**
	 * Makes settings with the defaults: round robin, a lifetime of 30 s, 1 s for answers,
	 * 2 attempts, and no end without an answer.
	 * @param pool the pool
	 * @param identifier the element
	 * @param userTransport where users reach the service
	 * @return the settings
	 */
	public static ElementSettings of(PoolHandle pool, int identifier, Transport userTransport) {
		return new ElementSettings(pool, identifier, MemberSelectionPolicy.ROUND_ROBIN, 30_000, userTransport,
				Duration.ofSeconds(1), Duration.ofSeconds(1), 2, false);
	}

	/**
	 * Makes settings with the times of the profile {@code fast}, which are the defaults.
	 * @param pool the pool
	 * @param identifier the element
	 * @param userTransport where users reach the service
	 * @return the settings
	 */
	public static ElementSettings fast(PoolHandle pool, int identifier, Transport userTransport) {
		return of(pool, identifier, userTransport);
	}

	/**
	 * Makes settings with the times of the profile {@code rfc}: T2-registration,
	 * T3-deregistration and MAX-REG-ATTEMPT of RFC 5352, section 7, after which it gives
	 * up, and a lifetime of 620 s, by which T4-reregistration is 10 minutes.
	 * @param pool the pool
	 * @param identifier the element
	 * @param userTransport where users reach the service
	 * @return the settings
	 */
	public static ElementSettings rfc(PoolHandle pool, int identifier, Transport userTransport) {
		Duration answer = Duration.ofSeconds(30);
		return of(pool, identifier, userTransport).withLifetimeMillis(620_000)
			.withTimeouts(answer, answer)
			.withMaximumAttempts(2)
			.withEndsUnanswered(true);
	}

	/**
	 * Return these settings with another policy.
	 * @param value the policy with its values
	 * @return the settings, otherwise the same
	 */
	public ElementSettings withPolicy(MemberSelectionPolicy value) {
		return new ElementSettings(this.pool, this.identifier, value, this.lifetimeMillis, this.userTransport,
				this.registrationTimeout, this.deregistrationTimeout, this.maximumAttempts, this.endsUnanswered);
	}

	/**
	 * Return these settings with another lifetime.
	 * @param value milliseconds, or {@link PoolElement#INFINITE}
	 * @return the settings, otherwise the same
	 */
	public ElementSettings withLifetimeMillis(long value) {
		return new ElementSettings(this.pool, this.identifier, this.policy, value, this.userTransport,
				this.registrationTimeout, this.deregistrationTimeout, this.maximumAttempts, this.endsUnanswered);
	}

	/**
	 * Return these settings with other times for answers.
	 * @param registration how long to wait for the answer to a registration
	 * @param deregistration how long to wait for the answer to a deregistration
	 * @return the settings, otherwise the same
	 */
	public ElementSettings withTimeouts(Duration registration, Duration deregistration) {
		return new ElementSettings(this.pool, this.identifier, this.policy, this.lifetimeMillis, this.userTransport,
				registration, deregistration, this.maximumAttempts, this.endsUnanswered);
	}

	/**
	 * Return these settings with another number of attempts.
	 * @param value at least 1
	 * @return the settings, otherwise the same
	 */
	public ElementSettings withMaximumAttempts(int value) {
		return new ElementSettings(this.pool, this.identifier, this.policy, this.lifetimeMillis, this.userTransport,
				this.registrationTimeout, this.deregistrationTimeout, value, this.endsUnanswered);
	}

	/**
	 * Return these settings with or without an end for want of answers.
	 * @param value whether to leave after {@code maximumAttempts} registrations without
	 * an answer
	 * @return the settings, otherwise the same
	 */
	public ElementSettings withEndsUnanswered(boolean value) {
		return new ElementSettings(this.pool, this.identifier, this.policy, this.lifetimeMillis, this.userTransport,
				this.registrationTimeout, this.deregistrationTimeout, this.maximumAttempts, value);
	}

	/**
	 * Return when a registration is renewed (T4-reregistration, RFC 5352, section 7.1).
	 * @return 20 s before it ends, but not earlier than half its lifetime, and not later
	 * than 10 minutes
	 */
	Duration renewal() {
		long maximum = Duration.ofMinutes(10).toMillis();
		if (this.lifetimeMillis == PoolElement.INFINITE) {
			return Duration.ofMillis(maximum);
		}
		long beforeEnd = Math.min(maximum, this.lifetimeMillis - 20_000);
		return Duration.ofMillis(Math.max(beforeEnd, Math.min(maximum, this.lifetimeMillis / 2)));
	}

}
