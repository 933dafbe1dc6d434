package org.rserpool.rpc;

import java.time.Duration;

import org.rserpool.element.ElementSettings;
import org.rserpool.element.RegistrationTimers;
import org.rserpool.hunt.HuntSettings;
import org.rserpool.user.UserSettings;

/**
 * Where the times come from that are not set one by one.
 *
 * @since 0.1
 */
public enum Profile {

	/** Failures are noticed and borne within about a second. */
	FAST,

	/** The times of RFC 5352, section 7. */
	RFC;

	/**
	 * Return settings with the times of the profile.
	 * @param hunt settings of which everything but the times stays
	 * @return the settings with the times
	 */
	public HuntSettings times(HuntSettings hunt) {
		HuntSettings times = (this == RFC) ? HuntSettings.rfc(hunt.registrars()) : HuntSettings.fast(hunt.registrars());
		return hunt.withAttemptTimeout(times.attemptTimeout(), times.maximumAttemptTimeout())
			.withPause(times.pause(), times.maximumPause());
	}

	/**
	 * Return settings with the times of the profile.
	 * @param user settings of which everything but the times of requests stays
	 * @return the settings with the times
	 */
	public UserSettings times(UserSettings user) {
		UserSettings times = (this == RFC) ? UserSettings.rfc() : UserSettings.fast();
		return user.withRequests(times.requestTimeout(), times.retransmissions(), times.noRegistrarTimeout());
	}

	/**
	 * Return how a pool element waits for its home registrar.
	 * @return the times
	 */
	public RegistrationTimers registration() {
		return (this == RFC) ? RegistrationTimers.RFC : RegistrationTimers.FAST;
	}

	/**
	 * Return how long a registration lasts without being renewed.
	 * @return the lifetime
	 */
	public Duration lifetime() {
		return (this == RFC) ? ElementSettings.RFC_LIFETIME : ElementSettings.FAST_LIFETIME;
	}

}
