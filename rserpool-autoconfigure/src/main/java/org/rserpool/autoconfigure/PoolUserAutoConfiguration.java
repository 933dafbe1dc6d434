package org.rserpool.autoconfigure;

import io.micrometer.observation.ObservationRegistry;
import org.rserpool.rpc.PayloadCodec;
import org.rserpool.rpc.RSerPoolNode;
import org.rserpool.spring.node.LifecycleNode;
import org.rserpool.spring.user.HandleResolverClientFactory;
import org.rserpool.spring.user.PoolUserClientFactory;
import org.rserpool.spring.user.PoolUserProxyFactory;
import org.rserpool.spring.user.PoolUserScanner;
import org.rserpool.spring.user.PoolUserSettingsSource;
import org.rserpool.spring.user.RpcPoolUserClientFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} for {@link org.rserpool.spring.PoolUser}.
 *
 * @since 0.1
 */
@AutoConfiguration(after = RSerPoolAutoConfiguration.class)
@ConditionalOnClass(LifecycleNode.class)
@ConditionalOnBooleanProperty(name = "rserpool.enabled", matchIfMissing = true)
@EnableConfigurationProperties(RSerPoolProperties.class)
public final class PoolUserAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	static PoolUserScanner poolUserScanner() {
		return new PoolUserScanner();
	}

	@Bean
	@ConditionalOnMissingBean(PoolUserSettingsSource.class)
	PropertiesPoolUserSettingsSource poolUserSettingsSource(RSerPoolProperties properties) {
		return new PropertiesPoolUserSettingsSource(properties.user());
	}

	@Bean
	@ConditionalOnMissingBean
	RpcPoolUserClientFactory rpcPoolUserClientFactory(ObjectProvider<RSerPoolNode> node, PayloadCodec codec,
			ObjectProvider<ObservationRegistry> observations) {
		return new RpcPoolUserClientFactory(node::getObject, codec,
				observations.getIfUnique(() -> ObservationRegistry.NOOP));
	}

	@Bean
	@ConditionalOnMissingBean
	HandleResolverClientFactory handleResolverClientFactory(ObjectProvider<RSerPoolNode> node) {
		return new HandleResolverClientFactory(node::getObject);
	}

	@Bean(PoolUserProxyFactory.BEAN_NAME)
	@ConditionalOnMissingBean
	PoolUserProxyFactory poolUserProxyFactory(ObjectProvider<PoolUserClientFactory> factories,
			PoolUserSettingsSource settings) {
		return new PoolUserProxyFactory(() -> factories.orderedStream().toList(), settings);
	}

}
