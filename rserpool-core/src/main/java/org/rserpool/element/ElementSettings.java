package org.rserpool.element;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.rserpool.wire.ElementMetadata;
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
 * @param otherTransport where users reach the service by another transport protocol, or
 * {@code null}. It is registered if the pool's elements are reached by that one.
 * @param timers how to wait for the home registrar
 * @param renewalInterval when a registration is renewed (T4-reregistration), or
 * {@code null} for what suits the lifetime: 20 s before it ends, but not earlier than
 * half of it, and not later than 10 minutes
 * @param metadata what the element says of itself beyond the RFCs
 * @since 0.1
 */
public record ElementSettings(PoolHandle pool, int identifier, MemberSelectionPolicy policy, long lifetimeMillis,
		Transport userTransport, @Nullable Transport otherTransport, RegistrationTimers timers,
		@Nullable Duration renewalInterval, ElementMetadata metadata) {

	/** The lifetime in the profile {@code fast}. */
	public static final Duration FAST_LIFETIME = Duration.ofSeconds(30);

	/**
	 * The lifetime in the profile {@code rfc}, by which T4-reregistration is 10 minutes.
	 */
	public static final Duration RFC_LIFETIME = Duration.ofSeconds(620);

	public ElementSettings {
		if (identifier == Identifiers.NONE) {
			throw new IllegalArgumentException("0 is not the identifier of a pool element");
		}
		if (lifetimeMillis <= 0 && lifetimeMillis != PoolElement.INFINITE) {
			throw new IllegalArgumentException("A lifetime of " + lifetimeMillis + " ms is not positive");
		}
		if (renewalInterval != null && (renewalInterval.isNegative() || renewalInterval.isZero())) {
			throw new IllegalArgumentException("A renewal interval of " + renewalInterval + " is not positive");
		}
		if (renewalInterval != null && lifetimeMillis != PoolElement.INFINITE
				&& renewalInterval.toMillis() >= lifetimeMillis) {
			throw new IllegalArgumentException("A renewal interval of " + renewalInterval.toMillis()
					+ " ms is not shorter than the lifetime of " + lifetimeMillis + " ms");
		}
	}

	/**
	 * Makes settings with the defaults: round robin, a lifetime of 30 s, 1 s for answers,
	 * 2 attempts.
	 * @param pool the pool
	 * @param identifier the element
	 * @param userTransport where users reach the service
	 * @return the settings
	 */
	public static ElementSettings of(PoolHandle pool, int identifier, Transport userTransport) {
		return new ElementSettings(pool, identifier, MemberSelectionPolicy.ROUND_ROBIN, FAST_LIFETIME.toMillis(),
				userTransport, null, RegistrationTimers.FAST, null, ElementMetadata.NONE);
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
	 * T3-deregistration and MAX-REG-ATTEMPT of RFC 5352, section 7, and a lifetime of 620
	 * s, by which T4-reregistration is 10 minutes.
	 * @param pool the pool
	 * @param identifier the element
	 * @param userTransport where users reach the service
	 * @return the settings
	 */
	public static ElementSettings rfc(PoolHandle pool, int identifier, Transport userTransport) {
		return of(pool, identifier, userTransport).withLifetimeMillis(RFC_LIFETIME.toMillis())
			.withTimers(RegistrationTimers.RFC);
	}

	/**
	 * Return these settings with another policy.
	 * @param value the policy with its values
	 * @return the settings, otherwise the same
	 */
	public ElementSettings withPolicy(MemberSelectionPolicy value) {
		return new ElementSettings(this.pool, this.identifier, value, this.lifetimeMillis, this.userTransport,
				this.otherTransport, this.timers, this.renewalInterval, this.metadata);
	}

	/**
	 * Return these settings with a second transport.
	 * @param value where users reach the service by another transport protocol, or
	 * {@code null}
	 * @return the settings, otherwise the same
	 */
	public ElementSettings withOtherTransport(@Nullable Transport value) {
		return new ElementSettings(this.pool, this.identifier, this.policy, this.lifetimeMillis, this.userTransport,
				value, this.timers, this.renewalInterval, this.metadata);
	}

	/**
	 * Return these settings with the second transport as the only one.
	 * @return the settings, otherwise the same; these settings if there is no second
	 * transport
	 */
	ElementSettings otherwise() {
		return (this.otherTransport == null) ? this : new ElementSettings(this.pool, this.identifier, this.policy,
				this.lifetimeMillis, this.otherTransport, null, this.timers, this.renewalInterval, this.metadata);
	}

	/**
	 * Return these settings with another lifetime.
	 * @param value milliseconds, or {@link PoolElement#INFINITE}
	 * @return the settings, otherwise the same
	 */
	public ElementSettings withLifetimeMillis(long value) {
		return new ElementSettings(this.pool, this.identifier, this.policy, value, this.userTransport,
				this.otherTransport, this.timers, this.renewalInterval, this.metadata);
	}

	/**
	 * Return these settings with other ways to wait for the home registrar.
	 * @param value the times
	 * @return the settings, otherwise the same
	 */
	public ElementSettings withTimers(RegistrationTimers value) {
		return new ElementSettings(this.pool, this.identifier, this.policy, this.lifetimeMillis, this.userTransport,
				this.otherTransport, value, this.renewalInterval, this.metadata);
	}

	/**
	 * Return these settings with another time of renewal.
	 * @param value the time, shorter than the lifetime, or {@code null} for what suits
	 * the lifetime
	 * @return the settings, otherwise the same
	 */
	public ElementSettings withRenewalInterval(@Nullable Duration value) {
		return new ElementSettings(this.pool, this.identifier, this.policy, this.lifetimeMillis, this.userTransport,
				this.otherTransport, this.timers, value, this.metadata);
	}

	/**
	 * Return these settings with other times for answers.
	 * @param registration how long to wait for the answer to a registration
	 * @param deregistration how long to wait for the answer to a deregistration
	 * @return the settings, otherwise the same
	 */
	public ElementSettings withTimeouts(Duration registration, Duration deregistration) {
		return withTimers(new RegistrationTimers(registration, deregistration, this.timers.maximumAttempts(),
				this.timers.endsUnanswered()));
	}

	/**
	 * Return these settings with other metadata.
	 * @param value what the element says of itself
	 * @return the settings, otherwise the same
	 */
	public ElementSettings withMetadata(ElementMetadata value) {
		return new ElementSettings(this.pool, this.identifier, this.policy, this.lifetimeMillis, this.userTransport,
				this.otherTransport, this.timers, this.renewalInterval, value);
	}

	/**
	 * Return when a registration is renewed (T4-reregistration, RFC 5352, section 7.1).
	 * @return {@link #renewalInterval()}, or else 20 s before it ends, but not earlier
	 * than half its lifetime, and not later than 10 minutes
	 */
	Duration renewal() {
		if (this.renewalInterval != null) {
			return this.renewalInterval;
		}
		long maximum = Duration.ofMinutes(10).toMillis();
		if (this.lifetimeMillis == PoolElement.INFINITE) {
			return Duration.ofMillis(maximum);
		}
		long beforeEnd = Math.min(maximum, this.lifetimeMillis - 20_000);
		return Duration.ofMillis(Math.max(beforeEnd, Math.min(maximum, this.lifetimeMillis / 2)));
	}

}
