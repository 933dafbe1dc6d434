package org.rserpool.autoconfigure.grpc;

import io.grpc.ManagedChannelBuilder;
import org.rserpool.spring.grpc.PoolChannels;

import org.springframework.boot.grpc.client.autoconfigure.GrpcClientProperties;
import org.springframework.boot.grpc.client.autoconfigure.GrpcClientProperties.Channel;
import org.springframework.core.env.PropertyResolver;
import org.springframework.grpc.client.GrpcChannelBuilderCustomizer;

/**
 * Configures the channels whose target is a pool, among all that Spring Boot makes. They
 * are known by the name of a channel or by their target.
 *
 * @param <T> the type of the builder
 */
class PoolChannelCustomizer<T extends ManagedChannelBuilder<T>> implements GrpcChannelBuilderCustomizer<T> {

	private final PoolChannels channels;

	private final GrpcClientProperties properties;

	private final PropertyResolver resolver;

	PoolChannelCustomizer(PoolChannels channels, GrpcClientProperties properties, PropertyResolver resolver) {
		this.channels = channels;
		this.properties = properties;
		this.resolver = resolver;
	}

	@Override
	public void customize(String name, T builder) {
		Channel channel = this.properties.getChannel().get(name);
		String target = this.resolver.resolvePlaceholders((channel != null) ? channel.getTarget() : name);
		if (PoolChannels.isPool(target)) {
			this.channels.configure(target, builder);
		}
	}

}
