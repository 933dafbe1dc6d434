package org.rserpool.autoconfigure.health;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import org.rserpool.autoconfigure.RSerPoolAutoConfiguration;
import org.rserpool.autoconfigure.RSerPoolConnectionDetails;
import org.rserpool.autoconfigure.RSerPoolProperties;
import org.rserpool.rpc.RSerPoolNode;
import org.rserpool.spring.node.StartupFailurePolicy;
import org.rserpool.spring.user.PoolUserSettingsSource;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} for the health of an application's part in its pools: of its home
 * registrar, of its elements, and of the pools that it requires.
 *
 * @since 0.1
 */
@AutoConfiguration(after = RSerPoolAutoConfiguration.class)
@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnBean({ RSerPoolNode.class, RSerPoolConnectionDetails.class })
@ConditionalOnEnabledHealthIndicator("rserpool")
public final class RSerPoolHealthContributorAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = { "rserpoolHealthIndicator", "rserpoolHealthContributor" })
	RSerPoolHealthContributor rserpoolHealthContributor(RSerPoolNode node, RSerPoolConnectionDetails connectionDetails,
			ObjectProvider<RSerPoolProperties> properties, ObjectProvider<PoolUserSettingsSource> users,
			ListableBeanFactory beanFactory) {
		RSerPoolProperties given = properties.getIfAvailable();
		Needs needs = new Needs(node, given == null || given.startup().failurePolicy() != StartupFailurePolicy.IGNORE);
		RequiredPools required = new RequiredPools((given != null) ? given.user().keySet() : Set.of(),
				users.getIfAvailable(() -> PoolUserSettingsSource.DEFAULTS), beanFactory);
		Map<String, HealthIndicator> parts = new LinkedHashMap<>();
		parts.put("registrar", new RegistrarHealthIndicator(node, connectionDetails, needs));
		parts.put("elements", new ElementsHealthIndicator(node, needs));
		parts.put("pools", new PoolsHealthIndicator(node, needs, required));
		return new RSerPoolHealthContributor(parts);
	}

}
