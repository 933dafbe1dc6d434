package org.rserpool.autoconfigure;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.rserpool.spring.element.PolicyValues;
import org.rserpool.session.BusinessCards;
import org.rserpool.session.ElementAddresses;
import org.rserpool.rpc.ElementSpecification;
import org.rserpool.rpc.HostAddresses;
import org.rserpool.spring.element.LoadProvider;
import org.rserpool.spring.element.LoadSettings;
import org.rserpool.spring.element.PoolElementSettings;
import org.rserpool.spring.element.PoolElementSettingsSource;
import org.rserpool.spring.element.Registration;
import org.rserpool.wire.ElementMetadata;
import org.rserpool.wire.Identifiers;
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

	private final Duration lifetime;

	private final Duration drainTimeout;

	private final Map<String, String> metadata;

	private final SessionStateSource state;

	private final PoolElementBeans beans;

	/**
	 * Makes a source.
	 * @param properties the properties by pool
	 * @param lifetime how long a registration lasts where nothing is configured
	 * @param drainTimeout how long calls in progress may go on where nothing is
	 * configured
	 * @param metadata what all elements say of themselves
	 * @param state makes the settings for sessions
	 * @param beans finds the beans that are named
	 */
	PropertiesPoolElementSettingsSource(Map<String, PoolElementProperties> properties, Duration lifetime,
			Duration drainTimeout, Map<String, String> metadata, SessionStateSource state, PoolElementBeans beans) {
		this.beans = beans;
		this.state = state;
		this.properties = properties;
		this.lifetime = lifetime;
		this.metadata = Map.copyOf(metadata);
		this.drainTimeout = drainTimeout;
	}

	@Override
	public PoolElementSettings settings(String pool, String declaredPolicy) {
		PoolElementProperties own = this.properties.getOrDefault(pool, PoolElementProperties.NONE);
		PoolElementProperties inherited = this.properties.getOrDefault(DEFAULT, PoolElementProperties.NONE);
		try {
			Values values = new Values(own, inherited);
			Duration lifetime = values.positive("lifetime", PoolElementProperties::lifetime, this.lifetime);
			Duration renewal = values.positive("renewal interval", PoolElementProperties::renewalInterval, lifetime);
			if (renewal.compareTo(lifetime) > 0) {
				throw new IllegalArgumentException(
						"A renewal interval of " + renewal + " is not shorter than the lifetime of " + lifetime);
			}
			Executor executor = this.beans.executor(pool, own, inherited);
			return new PoolElementSettings(identifier(own.identifier()), policy(values, own, inherited, declaredPolicy),
					lifetime, values.get(PoolElementProperties::drainTimeout, this.drainTimeout),
					renewal.equals(lifetime) ? null : renewal, metadata(own, inherited),
					failoverOrder(own.failoverOrder()),
					values.get(PoolElementProperties::concurrencyLimit, ElementSpecification.UNLIMITED),
					values.get(PoolElementProperties::registration, Registration.ON_READY),
					load(pool, own, inherited, executor), this.state.settings(pool, own, inherited), executor);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("rserpool.element." + pool + ": " + ex.getMessage(), ex);
		}
	}

	private LoadSettings load(String pool, PoolElementProperties own, PoolElementProperties inherited,
			@Nullable Executor executor) {
		LoadProvider provider = this.beans.loadProvider(pool, own, inherited, executor);
		Double threshold = (own.loadThreshold() != null) ? own.loadThreshold() : inherited.loadThreshold();
		boolean fixed = own.load() != null || inherited.load() != null;
		return new LoadSettings(provider != null || !fixed, provider,
				(threshold != null) ? threshold : LoadSettings.DEFAULT_THRESHOLD);
	}

	private ElementMetadata metadata(PoolElementProperties own, PoolElementProperties inherited) {
		Map<String, String> entries = new HashMap<>(this.metadata);
		if (inherited.metadata() != null) {
			entries.putAll(inherited.metadata());
		}
		if (own.metadata() != null) {
			entries.putAll(own.metadata());
		}
		if (entries.containsKey(ElementMetadata.BINDING)) {
			throw new IllegalArgumentException("The metadata key \"" + ElementMetadata.BINDING
					+ "\" says what the element speaks, and cannot be configured");
		}
		ElementMetadata said = ElementMetadata.of(entries);
		PoolElementProperties.Addresses addresses = (own.addresses() != null) ? own.addresses() : inherited.addresses();
		return (addresses != null && addresses.include() != null)
				? ElementAddresses.tell(said, HostAddresses.chosen(addresses.include()), true) : said;
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

	private static List<Integer> failoverOrder(@Nullable List<String> identifiers) {
		if (identifiers == null) {
			return List.of();
		}
		if (identifiers.size() > BusinessCards.MAXIMUM_RECOMMENDED) {
			throw new IllegalArgumentException("A failover-order has at most " + BusinessCards.MAXIMUM_RECOMMENDED
					+ " elements, not " + identifiers.size());
		}
		return identifiers.stream().map(Identifiers::parse).toList();
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
