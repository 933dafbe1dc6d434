package org.rserpool.autoconfigure.grpc;

import io.grpc.BindableService;
import org.rserpool.autoconfigure.PoolElementAutoConfiguration;
import org.rserpool.spring.element.PoolElementBinding;
import org.rserpool.spring.element.PoolElementRegistry;
import org.rserpool.spring.grpc.GrpcElementCalls;
import org.rserpool.spring.grpc.GrpcPoolElementBinding;
import org.rserpool.spring.grpc.PoolServerInterceptor;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.grpc.server.autoconfigure.GrpcServerAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.grpc.server.GlobalServerInterceptor;
import org.springframework.grpc.server.lifecycle.GrpcServerLifecycle;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} for gRPC servers that are pool elements.
 *
 * @since 0.1
 */
@AutoConfiguration(before = PoolElementAutoConfiguration.class)
@ConditionalOnClass({ PoolElementBinding.class, BindableService.class, GrpcServerLifecycle.class,
		GrpcServerAutoConfiguration.class })
@ConditionalOnBooleanProperty(name = "rserpool.enabled", matchIfMissing = true)
public final class GrpcPoolElementAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	GrpcElementCalls grpcElementCalls() {
		return new GrpcElementCalls();
	}

	@Bean
	@ConditionalOnMissingBean
	RunningGrpcServer runningGrpcServer() {
		return new RunningGrpcServer();
	}

	@Bean
	@ConditionalOnMissingBean
	GrpcPoolElementBinding grpcPoolElementBinding(ApplicationContext context, RunningGrpcServer server,
			GrpcElementCalls calls) {
		return new GrpcPoolElementBinding(server,
				() -> context.getEnvironment().getProperty("spring.application.name", ""), calls);
	}

	@Bean
	@ConditionalOnMissingBean
	@GlobalServerInterceptor
	PoolServerInterceptor poolServerInterceptor(GrpcElementCalls calls) {
		return new PoolServerInterceptor(calls);
	}

	@Bean
	@ConditionalOnMissingBean
	GrpcElementsLeave grpcElementsLeave(ApplicationContext context, PoolElementRegistry registry,
			GrpcPoolElementBinding binding) {
		return new GrpcElementsLeave(context, registry, binding);
	}

}
