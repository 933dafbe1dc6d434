package org.rserpool.autoconfigure;

import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.rserpool.spring.user.PoolUserSettings;
import org.rserpool.spring.user.PoolUserSettingsSource;

/**
 * Takes the settings of pool users from {@link PoolUserProperties}.
 */
class PropertiesPoolUserSettingsSource implements PoolUserSettingsSource {

	private static final String DEFAULT = "default";

	private final Map<String, PoolUserProperties> properties;

	PropertiesPoolUserSettingsSource(Map<String, PoolUserProperties> properties) {
		this.properties = properties;
	}

	@Override
	public PoolUserSettings settings(String name) {
		PoolUserProperties own = this.properties.getOrDefault(name, PoolUserProperties.NONE);
		PoolUserSettings defaults = PoolUserSettings.of((own.pool() != null) ? own.pool() : name);
		try {
			return new PoolUserSettings(defaults.pool(), get(own, PoolUserProperties::deadline, defaults.deadline()),
					get(own, PoolUserProperties::maxAttempts, defaults.maxAttempts()),
					get(own, PoolUserProperties::idempotentMethods, Set.<String>of()),
					get(own, PoolUserProperties::retryBudget, defaults.retryBudget()),
					get(own, PoolUserProperties::replay, defaults.replay()),
					get(own, PoolUserProperties::eager, defaults.eager()), own.binding());
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("rserpool.user." + name + ": " + ex.getMessage(), ex);
		}
	}

	private <T> T get(PoolUserProperties own, Function<PoolUserProperties, @Nullable T> property, T fallback) {
		T value = property.apply(own);
		if (value == null) {
			value = property.apply(this.properties.getOrDefault(DEFAULT, PoolUserProperties.NONE));
		}
		return (value != null) ? value : fallback;
	}

}
