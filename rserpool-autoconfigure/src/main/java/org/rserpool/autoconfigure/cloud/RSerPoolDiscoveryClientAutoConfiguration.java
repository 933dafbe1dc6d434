package org.rserpool.autoconfigure.cloud;

import org.rserpool.autoconfigure.NodeSettingsCustomizer;
import org.rserpool.autoconfigure.PoolUserAutoConfiguration;
import org.rserpool.autoconfigure.RSerPoolProperties;
import org.rserpool.autoconfigure.http.HttpPoolUserAutoConfiguration;
import org.rserpool.rpc.RSerPoolNode;
import org.rserpool.spring.http.HttpElementUris;
import org.rserpool.spring.user.PoolUserSettingsSource;
import org.rserpool.wire.AsapMessage.HandleResolution;
import reactor.core.publisher.Flux;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.cloud.client.ConditionalOnBlockingDiscoveryEnabled;
import org.springframework.cloud.client.ConditionalOnDiscoveryEnabled;
import org.springframework.cloud.client.ConditionalOnReactiveDiscoveryEnabled;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} for discovery clients of Spring Cloud.
 *
 * @since 0.1
 */
@AutoConfiguration(after = { PoolUserAutoConfiguration.class, HttpPoolUserAutoConfiguration.class }, beforeName = {
		"org.springframework.cloud.client.discovery.composite.CompositeDiscoveryClientAutoConfiguration",
		"org.springframework.cloud.client.discovery.composite.reactive.ReactiveCompositeDiscoveryClientAutoConfiguration" })
@ConditionalOnClass(DiscoveryClient.class)
@ConditionalOnDiscoveryEnabled
@ConditionalOnBean({ RSerPoolNode.class, PoolUserSettingsSource.class })
public final class RSerPoolDiscoveryClientAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	PoolServiceInstances poolServiceInstances(RSerPoolNode node, PoolUserSettingsSource settings,
			ObjectProvider<HttpElementUris> uris, RSerPoolProperties properties) {
		return new PoolServiceInstances(node, settings, uris.getIfAvailable(() -> HttpElementUris.PLAIN), properties);
	}

	@Bean
	@ConditionalOnMissingBean
	DiscoveryHeartbeats rserpoolDiscoveryHeartbeats(PoolServiceInstances instances, ApplicationEventPublisher publisher,
			RSerPoolProperties properties) {
		return new DiscoveryHeartbeats(instances, publisher, properties.cloud().discovery().checkedHeartbeatInterval());
	}

	/**
	 * Lets registrars name all elements of a pool, and not just those that the next calls
	 * need. Comes before other customizers, so that they may say otherwise.
	 */
	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	NodeSettingsCustomizer rserpoolDiscoveryCustomizer() {
		return (settings) -> settings.changeUser((user) -> user.withItems(HandleResolution.ALL_ITEMS));
	}

	/**
	 * For applications that wait.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBlockingDiscoveryEnabled
	static class BlockingConfiguration {

		@Bean
		@ConditionalOnMissingBean
		RSerPoolDiscoveryClient rserpoolDiscoveryClient(PoolServiceInstances instances) {
			return new RSerPoolDiscoveryClient(instances);
		}

	}

	/**
	 * Where Reactor is.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(Flux.class)
	@ConditionalOnReactiveDiscoveryEnabled
	static class ReactiveConfiguration {

		@Bean
		@ConditionalOnMissingBean
		RSerPoolReactiveDiscoveryClient rserpoolReactiveDiscoveryClient(PoolServiceInstances instances) {
			return new RSerPoolReactiveDiscoveryClient(instances);
		}

	}

}
