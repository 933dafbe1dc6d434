package org.rserpool.autoconfigure;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.rserpool.user.UserSettings;

/**
 * What is configured under {@code rserpool.request}. What is not set is taken from the
 * profile.
 *
 * @param timeout How long a pool user waits for the answer of a registrar before it asks
 * again and looks for another one (T1-ENRPrequest).
 * @param maxRetransmits How often a request to a registrar is repeated
 * (MAX-REQUEST-RETRANSMIT).
 * @param registrarTimeout How long a request waits for a home registrar where there is
 * none.
 * @since 0.1
 */
public record RequestProperties(@Nullable Duration timeout, @Nullable Integer maxRetransmits,
		@Nullable Duration registrarTimeout) {

	UserSettings apply(UserSettings profile) {
		Timers.check("rserpool.request.timeout", this.timeout);
		Timers.check("rserpool.request.registrar-timeout", this.registrarTimeout);
		Timers.check("rserpool.request.max-retransmits", this.maxRetransmits, 0);
		return profile.withRequests(Timers.or(this.timeout, profile.requestTimeout()),
				Timers.or(this.maxRetransmits, profile.retransmissions()),
				Timers.or(this.registrarTimeout, profile.noRegistrarTimeout()));
	}

}
