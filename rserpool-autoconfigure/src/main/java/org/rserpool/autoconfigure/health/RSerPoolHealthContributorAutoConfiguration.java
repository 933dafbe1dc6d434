package org.rserpool.autoconfigure.health;

import org.rserpool.autoconfigure.RSerPoolAutoConfiguration;
import org.rserpool.autoconfigure.RSerPoolConnectionDetails;
import org.rserpool.autoconfigure.RSerPoolProperties;
import org.rserpool.rpc.RSerPoolNode;
import org.rserpool.spring.node.StartupFailurePolicy;

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
 * Auto-configuration} for the health of an application's part in its pools.
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
	HealthIndicator rserpoolHealthContributor(RSerPoolNode node, RSerPoolConnectionDetails connectionDetails,
			ObjectProvider<RSerPoolProperties> properties) {
		RSerPoolProperties given = properties.getIfAvailable();
		boolean needed = given == null || given.startup().failurePolicy() != StartupFailurePolicy.IGNORE;
		return new RSerPoolHealthIndicator(node, connectionDetails, needed);
	}

}
