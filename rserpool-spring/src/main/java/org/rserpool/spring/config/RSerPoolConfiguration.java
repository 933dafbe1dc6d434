package org.rserpool.spring.config;

import io.micrometer.observation.ObservationRegistry;
import org.rserpool.rpc.PayloadCodec;
import org.rserpool.rpc.RSerPoolNode;
import org.rserpool.spring.element.LoadProviders;
import org.rserpool.spring.element.PoolElementBinding;
import org.rserpool.spring.element.PoolElementDiscoverer;
import org.rserpool.spring.element.PoolElementExecutor;
import org.rserpool.spring.element.PoolElementRegistry;
import org.rserpool.spring.element.PoolElementSettingsSource;
import org.rserpool.spring.element.RpcPoolElementBinding;
import org.rserpool.spring.message.SessionPoolElementBinding;
import org.rserpool.spring.message.SessionPoolUserClientFactory;
import org.rserpool.spring.session.PoolSessionScopeRegistrar;
import org.rserpool.spring.user.HandleResolverClientFactory;
import org.rserpool.spring.user.PoolSessionsClientFactory;
import org.rserpool.spring.user.PoolUserClientFactory;
import org.rserpool.spring.user.PoolUserProxyFactory;
import org.rserpool.spring.user.PoolUserScanner;
import org.rserpool.spring.user.PoolUserSettingsSource;
import org.rserpool.spring.user.RpcPoolUserClientFactory;

import org.springframework.beans.factory.ListableBeanFactory;
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
	PoolUserProxyFactory poolUserProxyFactory(ObjectProvider<PoolUserClientFactory> factories,
			ObjectProvider<PoolUserSettingsSource> settings) {
		return new PoolUserProxyFactory(() -> factories.orderedStream().toList(),
				settings.getIfAvailable(() -> PoolUserSettingsSource.DEFAULTS));
	}

	@Bean
	RpcPoolUserClientFactory rpcPoolUserClientFactory(ObjectProvider<RSerPoolNode> node, PayloadCodec codec,
			ObjectProvider<ObservationRegistry> observations) {
		return new RpcPoolUserClientFactory(node::getObject, codec,
				observations.getIfUnique(() -> ObservationRegistry.NOOP));
	}

	@Bean
	HandleResolverClientFactory handleResolverClientFactory(ObjectProvider<RSerPoolNode> node) {
		return new HandleResolverClientFactory(node::getObject);
	}

	@Bean
	static PoolSessionScopeRegistrar poolSessionScopeRegistrar() {
		return new PoolSessionScopeRegistrar();
	}

	@Bean
	PoolSessionsClientFactory poolSessionsClientFactory(ObjectProvider<RSerPoolNode> node, PayloadCodec codec,
			ObjectProvider<ObservationRegistry> observations) {
		return new PoolSessionsClientFactory(node::getObject, codec,
				observations.getIfUnique(() -> ObservationRegistry.NOOP));
	}

	@Bean
	RpcPoolElementBinding rpcPoolElementBinding(PayloadCodec codec, PoolElementExecutor executor,
			ObjectProvider<ObservationRegistry> observations) {
		return new RpcPoolElementBinding(codec, executor, observations.getIfUnique(() -> ObservationRegistry.NOOP));
	}

	@Bean
	SessionPoolElementBinding sessionPoolElementBinding(PoolElementExecutor executor,
			ObjectProvider<ObservationRegistry> observations) {
		return new SessionPoolElementBinding(executor, observations.getIfUnique(() -> ObservationRegistry.NOOP));
	}

	@Bean
	SessionPoolUserClientFactory sessionPoolUserClientFactory(ObjectProvider<RSerPoolNode> node,
			PoolElementExecutor executor, ObjectProvider<ObservationRegistry> observations) {
		return new SessionPoolUserClientFactory(node::getObject, executor,
				observations.getIfUnique(() -> ObservationRegistry.NOOP));
	}

	@Bean
	PoolElementRegistry poolElementRegistry(ConfigurableListableBeanFactory beanFactory,
			ObjectProvider<PoolElementBinding> bindings, ObjectProvider<PoolElementSettingsSource> settings,
			ObjectProvider<RSerPoolNode> node) {
		PoolElementDiscoverer discoverer = new PoolElementDiscoverer(beanFactory, bindings.orderedStream().toList(),
				settings.getIfAvailable(() -> PoolElementSettingsSource.DEFAULTS));
		return new PoolElementRegistry(discoverer, node::getObject, true, LoadProviders.only(beanFactory));
	}

	@Bean
	PoolElementExecutor poolElementExecutorProvider(ListableBeanFactory beanFactory) {
		return new PoolElementExecutor(beanFactory, PoolElementExecutor.BEAN_NAME);
	}

}
