package org.rserpool.autoconfigure.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import org.rserpool.autoconfigure.PoolElementAutoConfiguration;
import org.rserpool.autoconfigure.RSerPoolAutoConfiguration;
import org.rserpool.rpc.RSerPoolNode;
import org.rserpool.spring.element.PoolElementRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} for the meters of pools.
 *
 * @since 0.1
 */
@AutoConfiguration(after = { RSerPoolAutoConfiguration.class, PoolElementAutoConfiguration.class },
		afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({ MeterRegistry.class, RSerPoolNode.class, PoolElementRegistry.class })
public final class RSerPoolMetricsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	RSerPoolMetrics rserpoolMetrics(ObjectProvider<RSerPoolNode> node, ObjectProvider<PoolElementRegistry> elements) {
		return new RSerPoolMetrics(node::getObject, elements::getObject);
	}

}
