package org.rserpool.spring.config;

import org.rserpool.rpc.PayloadCodec;
import org.rserpool.rpc.RSerPoolNode;
import org.rserpool.spring.element.PoolElementDiscoverer;
import org.rserpool.spring.element.PoolElementExecutor;
import org.rserpool.spring.element.PoolElementRegistry;
import org.rserpool.spring.element.PoolElementSettingsSource;
import org.rserpool.spring.user.PoolUserProxyFactory;
import org.rserpool.spring.user.PoolUserScanner;
import org.rserpool.spring.user.PoolUserSettingsSource;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What {@link EnableRSerPool} brings.
 */
@Configuration(proxyBeanMethods = false)
class RSerPoolConfiguration {

	@Bean
	static PoolUserScanner poolUserScanner() {
		return new PoolUserScanner();
	}

	@Bean(PoolUserProxyFactory.BEAN_NAME)
	PoolUserProxyFactory poolUserProxyFactory(ObjectProvider<RSerPoolNode> node, PayloadCodec codec,
			ObjectProvider<PoolUserSettingsSource> settings) {
		return new PoolUserProxyFactory(node::getObject, codec,
				settings.getIfAvailable(() -> PoolUserSettingsSource.DEFAULTS));
	}

	@Bean
	PoolElementRegistry poolElementRegistry(ConfigurableListableBeanFactory beanFactory, PayloadCodec codec,
			ObjectProvider<PoolElementSettingsSource> settings, ObjectProvider<RSerPoolNode> node,
			PoolElementExecutor executor) {
		PoolElementDiscoverer discoverer = new PoolElementDiscoverer(beanFactory, codec,
				settings.getIfAvailable(() -> PoolElementSettingsSource.DEFAULTS));
		return new PoolElementRegistry(discoverer, node::getObject, executor, true);
	}

	@Bean
	PoolElementExecutor poolElementExecutorProvider(BeanFactory beanFactory) {
		return new PoolElementExecutor(beanFactory, PoolElementExecutor.BEAN_NAME);
	}

}
