package org.rserpool.autoconfigure.grpc;

import io.grpc.BindableService;
import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannelBuilder;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.AbstractStub;
import org.junit.jupiter.api.Test;
import org.rserpool.autoconfigure.FakeNode;
import org.rserpool.autoconfigure.PoolElementAutoConfiguration;
import org.rserpool.autoconfigure.PoolUserAutoConfiguration;
import org.rserpool.autoconfigure.RSerPoolAutoConfiguration;
import org.rserpool.spring.PoolElement;
import org.rserpool.spring.element.PoolElementRegistry;
import org.rserpool.spring.grpc.GrpcPoolElementBinding;
import org.rserpool.spring.grpc.GrpcPoolUserClientFactory;
import org.rserpool.spring.grpc.PoolChannels;
import org.rserpool.spring.grpc.PoolServerInterceptor;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.grpc.client.autoconfigure.GrpcClientAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.grpc.server.GlobalServerInterceptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.mockingDetails;
import static org.mockito.Mockito.verify;

class GrpcAutoConfigurationTests {

	private final ApplicationContextRunner contexts = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(RSerPoolAutoConfiguration.class, PoolElementAutoConfiguration.class,
				PoolUserAutoConfiguration.class, GrpcPoolElementAutoConfiguration.class,
				GrpcPoolUserAutoConfiguration.class, GrpcClientAutoConfiguration.class, SslAutoConfiguration.class));

	@Test
	void whenGrpcIsThereThenItsServersAndChannelsArePartOfPools() {
		this.contexts.run((context) -> {
			assertThat(context).hasSingleBean(GrpcPoolElementBinding.class)
				.hasSingleBean(GrpcPoolUserClientFactory.class)
				.hasSingleBean(PoolChannels.class);
			assertThat(context.getBeanNamesForAnnotation(GlobalServerInterceptor.class))
				.containsExactly(context.getBeanNamesForType(PoolServerInterceptor.class));
		});
	}

	@Test
	void whenThereIsNoServerThenOnlyChannelsAre() {
		this.contexts.withClassLoader(new FilteredClassLoader("org.springframework.boot.grpc.server"))
			.run((context) -> assertThat(context).doesNotHaveBean(GrpcPoolElementBinding.class)
				.hasSingleBean(PoolChannels.class));
	}

	@Test
	void whenThereAreNoStubsThenOnlyServersAre() {
		this.contexts.withClassLoader(new FilteredClassLoader(AbstractStub.class))
			.run((context) -> assertThat(context).hasSingleBean(GrpcPoolElementBinding.class)
				.doesNotHaveBean(PoolChannels.class));
	}

	@Test
	void whenPoolsAreDisabledThenNothingIs() {
		this.contexts.withPropertyValues("rserpool.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(GrpcPoolElementBinding.class)
				.doesNotHaveBean(PoolChannels.class));
	}

	@Test
	void onlyChannelsWhoseTargetIsAPoolAreConfigured() {
		this.contexts
			.withPropertyValues("spring.grpc.client.channel.shop.target=rserpool:///${shop.pool}", "shop.pool=items",
					"spring.grpc.client.channel.other.target=static://localhost:9090")
			.run((context) -> {
				PoolChannelCustomizer<?> customizer = context.getBean(PoolChannelCustomizer.class);
				assertThat(configured(customizer, "shop")).isTrue();
				assertThat(configured(customizer, "rserpool:///items")).isTrue();
				assertThat(configured(customizer, "other")).isFalse();
				assertThat(configured(customizer, "localhost:9090")).isFalse();
			});
	}

	@Test
	void whenNoServerRunsThenAnElementIsNotRegistered() {
		this.contexts.withUserConfiguration(Service.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(GrpcPoolElementBinding.class).used()).isTrue();
			assertThat(context.getBean(PoolElementRegistry.class).elements()).isEmpty();
		});
	}

	@SuppressWarnings({ "unchecked", "rawtypes" })
	private static boolean configured(PoolChannelCustomizer customizer, String name) {
		ManagedChannelBuilder builder = mock(ManagedChannelBuilder.class);
		customizer.customize(name, builder);
		if (mockingDetails(builder).getInvocations().isEmpty()) {
			return false;
		}
		verify(builder).defaultLoadBalancingPolicy("rserpool");
		verify(builder).intercept(any(ClientInterceptor.class));
		return true;
	}

	@Configuration(proxyBeanMethods = false)
	static class Service {

		@Bean
		FakeNode node() {
			return new FakeNode();
		}

		@Bean
		@PoolElement("shop")
		BindableService shop() {
			return () -> ServerServiceDefinition.builder("test.Shop").build();
		}

	}

}
