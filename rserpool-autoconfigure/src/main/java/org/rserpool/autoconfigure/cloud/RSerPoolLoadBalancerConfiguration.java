package org.rserpool.autoconfigure.cloud;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import org.springframework.cloud.loadbalancer.support.LoadBalancerClientFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.Environment;

/**
 * What each service of the load balancer has: the elements of its pool.
 */
@Conditional(OnPoolServices.class)
class RSerPoolLoadBalancerConfiguration {

	@Bean
	@ConditionalOnMissingBean(ServiceInstanceListSupplier.class)
	RSerPoolServiceInstanceListSupplier rserpoolServiceInstanceListSupplier(Environment environment,
			PoolServiceInstances instances) {
		return new RSerPoolServiceInstanceListSupplier(
				environment.getProperty(LoadBalancerClientFactory.PROPERTY_NAME, ""), instances);
	}

}
