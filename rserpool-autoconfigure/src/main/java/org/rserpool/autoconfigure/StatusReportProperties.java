package org.rserpool.autoconfigure;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.rserpool.csp.StatusReportSettings;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * What is configured under {@code rserpool.csp}.
 *
 * @param server Monitor of the reference implementation to which pool elements and pool
 * users report their status by UDP, as host:port. There is none by default.
 * @param interval How often they report their status, from 10ms to 1h.
 * @since 0.1
 */
public record StatusReportProperties(@Nullable String server, @DefaultValue("1s") Duration interval) {

	/**
	 * Makes the settings.
	 * @return the settings, or {@code null} if status is not reported
	 * @throws InvalidConfigurationPropertyValueException if a property has a value that
	 * cannot be used
	 */
	@Nullable StatusReportSettings settings() {
		if (this.server == null || this.server.isBlank()) {
			return null;
		}
		HostAndPort monitor = HostAndPort.parse("rserpool.csp.server", this.server, 1);
		try {
			return new StatusReportSettings(monitor.socketAddress(), this.interval);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidConfigurationPropertyValueException("rserpool.csp.interval", this.interval,
					"It is to be from 10ms to 1h.");
		}
	}

}
