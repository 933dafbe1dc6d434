package org.rserpool.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Says which property below {@code rserpool} has a value that cannot be used. Spring
 * Boot's own analyzer does so only for properties that are set under just that name, and
 * so neither for elements of lists nor for names in another form.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class InvalidPropertyFailureAnalyzer extends AbstractFailureAnalyzer<InvalidConfigurationPropertyValueException> {

	private final Environment environment;

	InvalidPropertyFailureAnalyzer(Environment environment) {
		this.environment = environment;
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure,
			InvalidConfigurationPropertyValueException cause) {
		if (!cause.getName().startsWith("rserpool.")) {
			return null;
		}
		ConfigurationProperty property = find(cause.getName());
		Object value = (property != null) ? property.getValue() : cause.getValue();
		return new FailureAnalysis(
				"The property '" + cause.getName() + "' has the value '" + value + "'"
						+ ((property != null && property.getOrigin() != null) ? " (" + property.getOrigin() + ")" : "")
						+ ", which cannot be used: " + cause.getReason(),
				"Correct the property '" + cause.getName() + "'.", cause);
	}

	private @Nullable ConfigurationProperty find(String name) {
		ConfigurationPropertyName wanted = ConfigurationPropertyName.of(name);
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			ConfigurationProperty property = source.getConfigurationProperty(wanted);
			if (property != null) {
				return property;
			}
		}
		return null;
	}

}
