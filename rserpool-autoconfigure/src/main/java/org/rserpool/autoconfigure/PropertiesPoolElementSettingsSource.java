package org.rserpool.autoconfigure;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

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

	private static final long MAX_IDENTIFIER = 0xffffffffL;

	private final Map<String, PoolElementProperties> properties;

	private final Duration lifetime;

	private final Duration drainTimeout;

	private final Map<String, String> metadata;

	private final SessionStateSource state;

	private final Set<String> pools = ConcurrentHashMap.newKeySet();

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

	/**
	 * Return the pools that were asked for.
	 * @return their names
	 */
	Set<String> pools() {
		return Set.copyOf(this.pools);
	}

	@Override
	public PoolElementSettings settings(String pool, String declaredPolicy) {
		this.pools.add(pool);
		PoolElementProperties own = this.properties.getOrDefault(pool, PoolElementProperties.NONE);
		PoolElementProperties inherited = this.properties.getOrDefault(ConfiguredValues.DEFAULT,
				PoolElementProperties.NONE);
		ConfiguredValues<PoolElementProperties> values = new ConfiguredValues<>("rserpool.element", pool, own,
				inherited);
		Duration lifetime = values.positive("lifetime", PoolElementProperties::lifetime, this.lifetime);
		Executor executor = this.beans.executor(values);
		return new PoolElementSettings(identifier(values), policy(values, declaredPolicy), lifetime,
				values.get("drain-timeout", PoolElementProperties::drainTimeout, this.drainTimeout,
						(value) -> !value.isNegative(), "It is not to be negative."),
				renewalInterval(values, lifetime), metadata(values), failoverOrder(values),
				values.get("concurrency-limit", PoolElementProperties::concurrencyLimit, ElementSpecification.UNLIMITED,
						(value) -> value >= 1, "It is to be at least 1."),
				values.get(PoolElementProperties::registration, Registration.ON_READY), load(values, executor),
				this.state.settings(pool, own, inherited), executor);
	}

	private static @Nullable Duration renewalInterval(ConfiguredValues<PoolElementProperties> values,
			Duration lifetime) {
		Duration renewal = values.positive("renewal-interval", PoolElementProperties::renewalInterval, lifetime);
		if (renewal.compareTo(lifetime) > 0) {
			throw values.invalid("renewal-interval", PoolElementProperties::renewalInterval,
					"It is to be shorter than the lifetime, which is " + lifetime + ".");
		}
		return renewal.equals(lifetime) ? null : renewal;
	}

	private LoadSettings load(ConfiguredValues<PoolElementProperties> values, @Nullable Executor executor) {
		LoadProvider provider = this.beans.loadProvider(values, executor);
		return new LoadSettings(provider != null || values.find(PoolElementProperties::load) == null, provider, values
			.fraction("load-threshold", PoolElementProperties::loadThreshold, LoadSettings.DEFAULT_THRESHOLD));
	}

	private ElementMetadata metadata(ConfiguredValues<PoolElementProperties> values) {
		Map<String, String> entries = new HashMap<>(this.metadata);
		ElementMetadata said;
		try {
			entries.putAll(said(values.inherited()));
			entries.putAll(said(values.own()));
			said = ElementMetadata.of(entries);
		}
		catch (IllegalArgumentException ex) {
			throw values.invalid("metadata", PoolElementProperties::metadata, ex.getMessage() + ".");
		}
		List<String> include = values.find(PropertiesPoolElementSettingsSource::included);
		if (include == null) {
			return said;
		}
		try {
			return ElementAddresses.tell(said, HostAddresses.chosen(include), true);
		}
		catch (IllegalArgumentException ex) {
			throw values.invalid("addresses.include", PropertiesPoolElementSettingsSource::included,
					ex.getMessage() + ".");
		}
	}

	private static @Nullable List<String> included(PoolElementProperties properties) {
		PoolElementProperties.Addresses addresses = properties.addresses();
		return (addresses != null) ? addresses.include() : null;
	}

	private static Map<String, String> said(PoolElementProperties properties) {
		Map<String, String> metadata = properties.metadata();
		if (metadata != null && metadata.containsKey(ElementMetadata.BINDING)) {
			throw new IllegalArgumentException("The metadata key \"" + ElementMetadata.BINDING
					+ "\" says what the element speaks, and cannot be configured");
		}
		return (metadata != null) ? metadata : Map.of();
	}

	private static MemberSelectionPolicy policy(ConfiguredValues<PoolElementProperties> values, String declared) {
		PolicyValues none = PolicyValues.NONE;
		PolicyValues policyValues = new PolicyValues(
				values.number("weight", PoolElementProperties::weight, none.weight()),
				values.number("priority", PoolElementProperties::priority, none.priority()),
				values.fraction("load", PoolElementProperties::load, none.load()),
				values.fraction("load-degradation", PoolElementProperties::loadDegradation, none.loadDegradation()));
		if (values.own().policy() == null && StringUtils.hasText(declared)) {
			return policyValues.policy(declared);
		}
		try {
			return policyValues.policy(values.get(PoolElementProperties::policy, PolicyType.ROUND_ROBIN));
		}
		catch (IllegalArgumentException ex) {
			throw values.invalid("policy", PoolElementProperties::policy, ex.getMessage() + ".");
		}
	}

	private static List<Integer> failoverOrder(ConfiguredValues<PoolElementProperties> values) {
		List<String> identifiers = values.own().failoverOrder();
		if (identifiers == null) {
			return List.of();
		}
		if (identifiers.size() > BusinessCards.MAXIMUM_RECOMMENDED) {
			throw values.invalid("failover-order", PoolElementProperties::failoverOrder,
					"It has at most " + BusinessCards.MAXIMUM_RECOMMENDED + " elements.");
		}
		try {
			return identifiers.stream().map(Identifiers::parse).toList();
		}
		catch (IllegalArgumentException ex) {
			throw values.invalid("failover-order", PoolElementProperties::failoverOrder, ex.getMessage() + ".");
		}
	}

	private static @Nullable Integer identifier(ConfiguredValues<PoolElementProperties> values) {
		Long identifier = values.own().identifier();
		if (identifier == null) {
			return null;
		}
		if (identifier < 1 || identifier > MAX_IDENTIFIER) {
			throw values.invalid("identifier", PoolElementProperties::identifier, "It is to be from 1 to 0xffffffff.");
		}
		return identifier.intValue();
	}

}
