package org.rserpool.autoconfigure.actuate;

import org.rserpool.autoconfigure.PoolElementAutoConfiguration;
import org.rserpool.autoconfigure.RSerPoolAutoConfiguration;
import org.rserpool.rpc.RSerPoolNode;
import org.rserpool.spring.element.PoolElementRegistry;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} for the actuator endpoint {@code rserpool}.
 *
 * @since 0.1
 */
@AutoConfiguration(after = { RSerPoolAutoConfiguration.class, PoolElementAutoConfiguration.class })
@ConditionalOnClass({ Endpoint.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnBean({ RSerPoolNode.class, PoolElementRegistry.class })
@ConditionalOnAvailableEndpoint(RSerPoolEndpoint.class)
public final class RSerPoolEndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	RSerPoolEndpoint rserpoolEndpoint(RSerPoolNode node, PoolElementRegistry registry) {
		return new RSerPoolEndpoint(node, registry);
	}

}
