package org.rserpool.autoconfigure;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import io.micrometer.observation.ObservationRegistry;
import org.rserpool.rpc.PayloadCodec;
import org.rserpool.rpc.RSerPoolNode;
import org.rserpool.rpc.state.StateCodec;
import org.rserpool.rpc.state.StateSettings;
import org.rserpool.spring.element.LoadProviders;
import org.rserpool.spring.element.PoolElementBinding;
import org.rserpool.spring.element.PoolElementDiscoverer;
import org.rserpool.spring.element.PoolElementExecutor;
import org.rserpool.spring.element.PoolElementRegistry;
import org.rserpool.spring.element.PoolElementSettingsSource;
import org.rserpool.spring.element.RpcPoolElementBinding;
import org.rserpool.spring.node.LifecycleNode;
import org.rserpool.wire.ElementMetadata;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.thread.Threading;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} for {@link org.rserpool.spring.PoolElement}.
 *
 * @since 0.1
 */
@AutoConfiguration(after = { RSerPoolAutoConfiguration.class, TaskExecutionAutoConfiguration.class })
@ConditionalOnClass(LifecycleNode.class)
@ConditionalOnBooleanProperty(name = "rserpool.enabled", matchIfMissing = true)
@EnableConfigurationProperties(RSerPoolProperties.class)
public final class PoolElementAutoConfiguration {

	private static final Duration DEFAULT_SHUTDOWN_PHASE = Duration.ofSeconds(30);

	private static final Duration SHUTDOWN_RESERVE = Duration.ofSeconds(2);

	@Bean
	@ConditionalOnMissingBean(PoolElementSettingsSource.class)
	PropertiesPoolElementSettingsSource poolElementSettingsSource(RSerPoolProperties properties,
			Environment environment, ObjectProvider<StateCodec> stateCodec, ListableBeanFactory beanFactory,
			ObjectProvider<PoolElementExecutor> executors) {
		Duration shutdownPhase = Binder.get(environment)
			.bind("spring.lifecycle.timeout-per-shutdown-phase", Duration.class)
			.orElse(DEFAULT_SHUTDOWN_PHASE);
		Duration drainTimeout = shutdownPhase.compareTo(SHUTDOWN_RESERVE) > 0 ? shutdownPhase.minus(SHUTDOWN_RESERVE)
				: Duration.ZERO;
		Map<String, String> metadata = new HashMap<>();
		if (properties.zone() != null) {
			metadata.put(ElementMetadata.ZONE, properties.zone());
		}
		if (properties.version() != null) {
			metadata.put(ElementMetadata.VERSION, properties.version());
		}
		return new PropertiesPoolElementSettingsSource(properties.element(), properties.profile().lifetime(),
				drainTimeout, metadata,
				new SessionStateSource(() -> stateCodec.getIfAvailable(() -> StateSettings.DEFAULT_CODEC)),
				new PoolElementBeans(beanFactory, executors::getObject));
	}

	@Bean
	@ConditionalOnMissingBean
	PoolElementDiscoverer poolElementDiscoverer(ConfigurableListableBeanFactory beanFactory,
			ObjectProvider<PoolElementBinding> bindings, PoolElementSettingsSource settings) {
		return new PoolElementDiscoverer(beanFactory, bindings.orderedStream().toList(), settings);
	}

	@Bean
	@ConditionalOnMissingBean
	RpcPoolElementBinding rpcPoolElementBinding(PayloadCodec codec, PoolElementExecutor executor,
			ObjectProvider<ObservationRegistry> observations) {
		return new RpcPoolElementBinding(codec, executor, observations.getIfUnique(() -> ObservationRegistry.NOOP));
	}

	@Bean
	@ConditionalOnMissingBean
	PoolElementExecutor poolElementExecutorProvider(ListableBeanFactory beanFactory, Environment environment) {
		return new PoolElementExecutor(beanFactory, Threading.VIRTUAL.isActive(environment),
				PoolElementExecutor.BEAN_NAME, TaskExecutionAutoConfiguration.APPLICATION_TASK_EXECUTOR_BEAN_NAME);
	}

	/**
	 * Makes the registry. A context that is run as an application says when it accepts
	 * traffic, and its elements wait for that; any other context never does.
	 */
	@Bean
	@ConditionalOnMissingBean
	PoolElementRegistry poolElementRegistry(PoolElementDiscoverer discoverer, ObjectProvider<RSerPoolNode> node,
			ObjectProvider<ApplicationArguments> application, ListableBeanFactory beanFactory) {
		boolean registerOnStart = application.getIfAvailable() == null;
		return new PoolElementRegistry(discoverer, node::getObject, registerOnStart, LoadProviders.only(beanFactory));
	}

	@Bean
	@ConditionalOnMissingBean
	PoolElementReadinessListener poolElementReadinessListener(PoolElementRegistry registry) {
		return new PoolElementReadinessListener(registry);
	}

}
