package org.rserpool.autoconfigure.cloud;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import org.springframework.cloud.loadbalancer.support.LoadBalancerClientFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.Environment;

/**
 * What each service of the load balancer has: the elements of its pool. Public, because
 * code that is generated ahead of time names it from elsewhere.
 *
 * @since 0.1
 */
@Conditional(OnPoolServices.class)
public class RSerPoolLoadBalancerConfiguration {

	@Bean
	@ConditionalOnMissingBean(ServiceInstanceListSupplier.class)
	RSerPoolServiceInstanceListSupplier rserpoolServiceInstanceListSupplier(Environment environment,
			PoolServiceInstances instances) {
		return new RSerPoolServiceInstanceListSupplier(
				environment.getProperty(LoadBalancerClientFactory.PROPERTY_NAME, ""), instances);
	}

}
