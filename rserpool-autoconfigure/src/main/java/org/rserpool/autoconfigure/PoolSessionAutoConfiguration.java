package org.rserpool.autoconfigure;

import io.micrometer.observation.ObservationRegistry;
import org.rserpool.rpc.PayloadCodec;
import org.rserpool.rpc.RSerPoolNode;
import org.rserpool.spring.node.LifecycleNode;
import org.rserpool.spring.session.PoolSessionScopeRegistrar;
import org.rserpool.spring.user.PoolSessionsClientFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} for sessions with pools:
 * {@link org.rserpool.spring.session.PoolSessions} and
 * {@link org.rserpool.spring.session.PoolSessionScope}.
 *
 * @since 0.1
 */
@AutoConfiguration(after = RSerPoolAutoConfiguration.class)
@ConditionalOnClass(LifecycleNode.class)
@ConditionalOnBooleanProperty(name = "rserpool.enabled", matchIfMissing = true)
public final class PoolSessionAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	static PoolSessionScopeRegistrar poolSessionScopeRegistrar() {
		return new PoolSessionScopeRegistrar();
	}

	@Bean
	@ConditionalOnMissingBean
	PoolSessionsClientFactory poolSessionsClientFactory(ObjectProvider<RSerPoolNode> node, PayloadCodec codec,
			ObjectProvider<ObservationRegistry> observations) {
		return new PoolSessionsClientFactory(node::getObject, codec,
				observations.getIfUnique(() -> ObservationRegistry.NOOP));
	}

}
