package org.rserpool.autoconfigure;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Takes what is configured, or else what the profile says.
 */
final class Timers {

	private Timers() {
	}

	static <T> T or(@Nullable T configured, T profile) {
		return (configured != null) ? configured : profile;
	}

	static void check(String name, @Nullable Duration value) {
		if (value != null && (value.isNegative() || value.isZero())) {
			throw new InvalidConfigurationPropertyValueException(name, value, "It is to be positive.");
		}
	}

	static void check(String name, @Nullable Integer value, int least) {
		if (value != null && value < least) {
			throw new InvalidConfigurationPropertyValueException(name, value, "It is to be at least " + least + ".");
		}
	}

}
