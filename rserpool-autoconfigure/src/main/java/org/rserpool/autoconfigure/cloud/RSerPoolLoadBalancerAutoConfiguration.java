package org.rserpool.autoconfigure.cloud;

import org.rserpool.rpc.RSerPoolNode;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.cloud.client.loadbalancer.LoadBalancerLifecycle;
import org.springframework.cloud.loadbalancer.annotation.LoadBalancerClients;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import org.springframework.context.annotation.Bean;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} for the load balancer of Spring Cloud.
 *
 * @since 0.1
 */
@AutoConfiguration(after = RSerPoolDiscoveryClientAutoConfiguration.class,
		beforeName = "org.springframework.cloud.loadbalancer.config.LoadBalancerAutoConfiguration")
@ConditionalOnClass({ ServiceInstanceListSupplier.class, LoadBalancerLifecycle.class })
@ConditionalOnBean(PoolServiceInstances.class)
@ConditionalOnBooleanProperty(name = "spring.cloud.loadbalancer.enabled", matchIfMissing = true)
@LoadBalancerClients(defaultConfiguration = RSerPoolLoadBalancerConfiguration.class)
public final class RSerPoolLoadBalancerAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	RSerPoolLoadBalancerLifecycle rserpoolLoadBalancerLifecycle(RSerPoolNode node) {
		return new RSerPoolLoadBalancerLifecycle(node);
	}

}
