package org.rserpool.autoconfigure.grpc;

import io.grpc.ManagedChannelBuilder;
import io.grpc.stub.AbstractStub;
import io.micrometer.observation.ObservationRegistry;
import org.rserpool.autoconfigure.PoolUserAutoConfiguration;
import org.rserpool.autoconfigure.RSerPoolProperties;
import org.rserpool.rpc.RSerPoolNode;
import org.rserpool.spring.grpc.GrpcPoolUserClientFactory;
import org.rserpool.spring.grpc.PoolChannels;
import org.rserpool.spring.user.PoolUserClientFactory;
import org.rserpool.spring.user.PoolUserSettingsSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.grpc.client.autoconfigure.GrpcClientAutoConfiguration;
import org.springframework.boot.grpc.client.autoconfigure.GrpcClientProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.grpc.client.GrpcClientFactory;
import org.springframework.util.function.SingletonSupplier;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} for pool users that call by gRPC.
 *
 * @since 0.1
 */
@AutoConfiguration(after = { PoolUserAutoConfiguration.class, GrpcClientAutoConfiguration.class })
@ConditionalOnClass({ PoolUserClientFactory.class, AbstractStub.class, GrpcClientFactory.class,
		GrpcClientAutoConfiguration.class })
@ConditionalOnBean({ PoolUserSettingsSource.class, GrpcClientProperties.class })
public final class GrpcPoolUserAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	PoolChannels poolChannels(ObjectProvider<RSerPoolNode> node, PoolUserSettingsSource settings,
			RSerPoolProperties properties, ObjectProvider<ObservationRegistry> observations) {
		return new PoolChannels(node::getObject, settings, properties.session().connectTimeout(),
				observations.getIfUnique(() -> ObservationRegistry.NOOP));
	}

	@Bean
	@ConditionalOnMissingBean
	<T extends ManagedChannelBuilder<T>> PoolChannelCustomizer<T> poolChannelCustomizer(PoolChannels channels,
			GrpcClientProperties properties, Environment environment) {
		return new PoolChannelCustomizer<>(channels, properties, environment);
	}

	@Bean
	@ConditionalOnMissingBean
	GrpcPoolUserClientFactory grpcPoolUserClientFactory(PoolChannels channels,
			ObjectProvider<GrpcClientFactory> clients, ApplicationContext context) {
		return new GrpcPoolUserClientFactory(channels,
				SingletonSupplier.of(() -> clients.getIfAvailable(() -> clients(context))));
	}

	/**
	 * Makes what an application has only if it imports clients of its own.
	 */
	private static GrpcClientFactory clients(ApplicationContext context) {
		GrpcClientFactory clients = new GrpcClientFactory();
		clients.setApplicationContext(context);
		return clients;
	}

}
