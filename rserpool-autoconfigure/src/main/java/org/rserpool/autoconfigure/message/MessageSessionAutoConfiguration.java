package org.rserpool.autoconfigure.message;

import io.micrometer.observation.ObservationRegistry;
import org.rserpool.autoconfigure.PoolElementAutoConfiguration;
import org.rserpool.autoconfigure.PoolUserAutoConfiguration;
import org.rserpool.rpc.RSerPoolNode;
import org.rserpool.spring.element.PoolElementExecutor;
import org.rserpool.spring.message.SessionPoolElementBinding;
import org.rserpool.spring.message.SessionPoolUserClientFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} for sessions of messages, of pool elements and of pool users.
 *
 * @since 0.1
 */
@AutoConfiguration(after = { PoolElementAutoConfiguration.class, PoolUserAutoConfiguration.class })
@ConditionalOnClass(SessionPoolElementBinding.class)
@ConditionalOnBean(PoolElementExecutor.class)
public final class MessageSessionAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	SessionPoolElementBinding sessionPoolElementBinding(PoolElementExecutor executor,
			ObjectProvider<ObservationRegistry> observations) {
		return new SessionPoolElementBinding(executor, observations.getIfUnique(() -> ObservationRegistry.NOOP));
	}

	@Bean
	@ConditionalOnMissingBean
	SessionPoolUserClientFactory sessionPoolUserClientFactory(ObjectProvider<RSerPoolNode> node,
			PoolElementExecutor executor, ObjectProvider<ObservationRegistry> observations) {
		return new SessionPoolUserClientFactory(node::getObject, executor,
				observations.getIfUnique(() -> ObservationRegistry.NOOP));
	}

}
