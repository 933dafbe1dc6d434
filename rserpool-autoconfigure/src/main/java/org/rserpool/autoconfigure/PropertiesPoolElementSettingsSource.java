package org.rserpool.autoconfigure;

import java.time.Duration;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.rserpool.rpc.ElementSpecification;
import org.rserpool.spring.element.PolicyValues;
import org.rserpool.spring.element.PoolElementSettings;
import org.rserpool.spring.element.PoolElementSettingsSource;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PolicyType;

import org.springframework.util.StringUtils;

/**
 * Takes the settings of pool elements from {@link PoolElementProperties}.
 */
class PropertiesPoolElementSettingsSource implements PoolElementSettingsSource {

	private static final String DEFAULT = "default";

	private static final long MAX_IDENTIFIER = 0xffffffffL;

	private final Map<String, PoolElementProperties> properties;

	private final Duration drainTimeout;

	/**
	 * Makes a source.
	 * @param properties the properties by pool
	 * @param drainTimeout how long calls in progress may go on where nothing is
	 * configured
	 */
	PropertiesPoolElementSettingsSource(Map<String, PoolElementProperties> properties, Duration drainTimeout) {
		this.properties = properties;
		this.drainTimeout = drainTimeout;
	}

	@Override
	public PoolElementSettings settings(String pool, String declaredPolicy) {
		PoolElementProperties own = this.properties.getOrDefault(pool, PoolElementProperties.NONE);
		PoolElementProperties inherited = this.properties.getOrDefault(DEFAULT, PoolElementProperties.NONE);
		try {
			Values values = new Values(own, inherited);
			return new PoolElementSettings(identifier(own.identifier()), policy(values, own, inherited, declaredPolicy),
					values.positive("lifetime", PoolElementProperties::lifetime, ElementSpecification.DEFAULT_LIFETIME),
					values.get(PoolElementProperties::drainTimeout, this.drainTimeout));
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("rserpool.element." + pool + ": " + ex.getMessage(), ex);
		}
	}

	private static MemberSelectionPolicy policy(Values values, PoolElementProperties own,
			PoolElementProperties inherited, String declaredPolicy) {
		PolicyValues none = PolicyValues.NONE;
		PolicyValues policyValues = new PolicyValues(values.get(PoolElementProperties::weight, none.weight()),
				values.get(PoolElementProperties::priority, none.priority()),
				values.get(PoolElementProperties::load, none.load()),
				values.get(PoolElementProperties::loadDegradation, none.loadDegradation()));
		PolicyType configured = own.policy();
		if (configured == null && StringUtils.hasText(declaredPolicy)) {
			return policyValues.policy(declaredPolicy);
		}
		if (configured == null) {
			configured = (inherited.policy() != null) ? inherited.policy() : PolicyType.ROUND_ROBIN;
		}
		return policyValues.policy(configured);
	}

	private static @Nullable Integer identifier(@Nullable Long identifier) {
		if (identifier == null) {
			return null;
		}
		if (identifier < 1 || identifier > MAX_IDENTIFIER) {
			throw new IllegalArgumentException("An identifier is from 1 to 0xffffffff, not " + identifier);
		}
		return identifier.intValue();
	}

	private record Values(PoolElementProperties own, PoolElementProperties inherited) {

		<T> T get(Function<PoolElementProperties, @Nullable T> property, T fallback) {
			T value = property.apply(this.own);
			if (value == null) {
				value = property.apply(this.inherited);
			}
			return (value != null) ? value : fallback;
		}

		Duration positive(String what, Function<PoolElementProperties, @Nullable Duration> property,
				Duration fallback) {
			Duration value = get(property, fallback);
			if (value.isNegative() || value.isZero()) {
				throw new IllegalArgumentException("A " + what + " is positive, not " + value);
			}
			return value;
		}

	}

}
