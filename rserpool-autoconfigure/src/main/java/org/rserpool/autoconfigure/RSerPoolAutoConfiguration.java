package org.rserpool.autoconfigure;

import io.micrometer.observation.ObservationRegistry;
import org.rserpool.rpc.CallListener;
import org.rserpool.rpc.PayloadCodec;
import org.rserpool.rpc.RSerPoolNode;
import org.rserpool.spring.node.LifecycleNode;
import org.rserpool.spring.node.NodeFactory;
import org.rserpool.spring.node.StartupFailurePolicy;
import org.rserpool.spring.observation.RegistrationObservations;
import org.rserpool.spring.observation.ResolutionObservations;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} for an application's node in its operation scope.
 *
 * @since 0.1
 */
@AutoConfiguration
@ConditionalOnClass(LifecycleNode.class)
@ConditionalOnBooleanProperty(name = "rserpool.enabled", matchIfMissing = true)
@EnableConfigurationProperties(RSerPoolProperties.class)
public final class RSerPoolAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(RSerPoolConnectionDetails.class)
	PropertiesRSerPoolConnectionDetails rserpoolConnectionDetails(RSerPoolProperties properties) {
		return new PropertiesRSerPoolConnectionDetails(properties);
	}

	@Bean
	@ConditionalOnMissingBean
	PayloadCodec rserpoolPayloadCodec(RSerPoolProperties properties) {
		return properties.payload().codec();
	}

	@Bean
	@ConditionalOnMissingBean(NodeFactory.class)
	NetworkNodeFactory rserpoolNodeFactory(RSerPoolConnectionDetails connectionDetails, RSerPoolProperties properties,
			ObjectProvider<CallListener> callListeners, ObjectProvider<SslBundles> sslBundles,
			ObjectProvider<NodeSettingsCustomizer> customizers) {
		return new NetworkNodeFactory(connectionDetails, properties, callListeners.orderedStream().toList(),
				sslBundles.getIfAvailable(), customizers.orderedStream().toList());
	}

	/**
	 * Observes what registrars are asked. Comes before other customizers, so that they
	 * may tell somebody else instead.
	 */
	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	NodeSettingsCustomizer rserpoolObservationCustomizer(ObjectProvider<ObservationRegistry> observations) {
		return (settings) -> observations
			.ifUnique((registry) -> settings.resolutionListener(new ResolutionObservations(registry))
				.elementListener(new RegistrationObservations(registry)));
	}

	@Bean
	@ConditionalOnMissingBean(RSerPoolNode.class)
	LifecycleNode rserpoolNode(NodeFactory factory, ConfigurableListableBeanFactory beanFactory,
			RSerPoolProperties properties) {
		StartupProperties startup = properties.startup();
		Timers.check("rserpool.startup.timeout", startup.timeout());
		return new LifecycleNode(factory, new PoolUse(beanFactory),
				(startup.failurePolicy() == StartupFailurePolicy.FAIL) ? startup.timeout() : null);
	}

	@Bean
	UnusedConfigurationListener rserpoolUnusedConfigurationListener(ApplicationContext context,
			RSerPoolProperties properties, ObjectProvider<PropertiesPoolElementSettingsSource> elements,
			ObjectProvider<PropertiesPoolUserSettingsSource> users) {
		return new UnusedConfigurationListener(context, properties, elements, users);
	}

}
