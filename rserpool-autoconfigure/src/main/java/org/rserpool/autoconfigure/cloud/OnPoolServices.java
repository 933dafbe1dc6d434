package org.rserpool.autoconfigure.cloud;

import java.util.Arrays;
import java.util.Set;

import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.discovery.composite.CompositeDiscoveryClient;
import org.springframework.cloud.client.discovery.simple.SimpleDiscoveryClient;
import org.springframework.cloud.loadbalancer.support.LoadBalancerClientFactory;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Matches where the load balancer's services are pools: where
 * {@code spring.cloud.loadbalancer.configurations} says {@code rserpool}, or says
 * nothing, registrars can be found, and there is no other registry of services.
 */
class OnPoolServices implements ConfigurationCondition {

	private static final String NAME = "rserpool";

	private static final Set<Class<?>> OURS_AND_COMMON = Set.of(RSerPoolDiscoveryClient.class,
			CompositeDiscoveryClient.class, SimpleDiscoveryClient.class);

	@Override
	public ConfigurationPhase getConfigurationPhase() {
		return ConfigurationPhase.REGISTER_BEAN;
	}

	@Override
	public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
		Environment environment = context.getEnvironment();
		String service = environment.getProperty(LoadBalancerClientFactory.PROPERTY_NAME, "");
		String chosen = environment.getProperty("spring.cloud.loadbalancer.clients." + service + ".configurations",
				environment.getProperty("spring.cloud.loadbalancer.configurations", ""));
		if (!chosen.isEmpty()) {
			return chosen.equals(NAME);
		}
		ConfigurableListableBeanFactory beanFactory = context.getBeanFactory();
		return beanFactory != null && canFind(beanFactory) && !hasOther(beanFactory) && !hasSimple(environment);
	}

	private static boolean canFind(ConfigurableListableBeanFactory beanFactory) {
		PoolServiceInstances instances = beanFactory.getBeanProvider(PoolServiceInstances.class).getIfAvailable();
		return instances != null && instances.canFind();
	}

	private static boolean hasOther(ConfigurableListableBeanFactory beanFactory) {
		return !Arrays
			.stream(BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beanFactory, DiscoveryClient.class, true,
					false))
			.map(beanFactory::getType)
			.allMatch(OURS_AND_COMMON::contains);
	}

	private static boolean hasSimple(Environment environment) {
		return Binder.get(environment)
			.bind("spring.cloud.discovery.client.simple.instances", Bindable.mapOf(String.class, Object.class))
			.isBound();
	}

}
