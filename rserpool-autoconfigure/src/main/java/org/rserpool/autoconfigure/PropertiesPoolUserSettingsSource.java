package org.rserpool.autoconfigure;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.rserpool.spring.user.PoolUserSettings;
import org.rserpool.spring.user.PoolUserSettingsSource;

/**
 * Takes the settings of pool users from {@link PoolUserProperties}.
 */
class PropertiesPoolUserSettingsSource implements PoolUserSettingsSource {

	private final Map<String, PoolUserProperties> properties;

	private final Set<String> users = ConcurrentHashMap.newKeySet();

	PropertiesPoolUserSettingsSource(Map<String, PoolUserProperties> properties) {
		this.properties = properties;
	}

	/**
	 * Return the configured pool users that were asked for.
	 * @return their names
	 */
	Set<String> users() {
		return Set.copyOf(this.users);
	}

	@Override
	public PoolUserSettings settings(String name) {
		if (this.properties.containsKey(name)) {
			this.users.add(name);
		}
		PoolUserProperties own = this.properties.getOrDefault(name, PoolUserProperties.NONE);
		ConfiguredValues<PoolUserProperties> values = new ConfiguredValues<>("rserpool.user", name, own,
				this.properties.getOrDefault(ConfiguredValues.DEFAULT, PoolUserProperties.NONE));
		PoolUserSettings defaults = PoolUserSettings.of((own.pool() != null) ? own.pool() : name);
		return new PoolUserSettings(defaults.pool(),
				values.positive("deadline", PoolUserProperties::deadline, defaults.deadline()),
				values.get("max-attempts", PoolUserProperties::maxAttempts, defaults.maxAttempts(),
						(value) -> value >= 1, "It is to be at least 1."),
				values.get(PoolUserProperties::idempotentMethods, Set.<String>of()),
				values.get("retry-budget", PoolUserProperties::retryBudget, defaults.retryBudget(),
						(value) -> value >= 0, "It is not to be negative."),
				values.get(PoolUserProperties::replay, defaults.replay()),
				values.get(PoolUserProperties::eager, defaults.eager()), own.binding());
	}

}
