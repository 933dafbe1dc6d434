package org.rserpool.autoconfigure.cloud;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rserpool.autoconfigure.PoolUserAutoConfiguration;
import org.rserpool.autoconfigure.RSerPoolAutoConfiguration;
import org.rserpool.autoconfigure.TestRegistrar;
import org.rserpool.autoconfigure.http.RawElement;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.discovery.ReactiveDiscoveryClient;
import org.springframework.cloud.client.discovery.composite.CompositeDiscoveryClient;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.cloud.client.loadbalancer.LoadBalancerLifecycle;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import org.springframework.cloud.loadbalancer.support.LoadBalancerClientFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Applications of Spring Cloud that find pools, over sockets.
 */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class SpringCloudTests {

	private final List<AutoCloseable> open = new ArrayList<>();

	private TestRegistrar registrar;

	private RawElement first;

	private ConfigurableApplicationContext user;

	@BeforeEach
	void start() throws Exception {
		this.registrar = add(new TestRegistrar());
		this.first = add(new RawElement(this.registrar.port(), "shop", "first"));
		add(new RawElement(this.registrar.port(), "shop", "second"));
	}

	@AfterEach
	void close() throws Exception {
		for (int i = this.open.size() - 1; i >= 0; i--) {
			this.open.get(i).close();
		}
	}

	@Test
	void discoveryClientsSeeTheElementsOfAPool() {
		startUser("--rserpool.user.store.pool=shop");
		DiscoveryClient client = this.user.getBean(CompositeDiscoveryClient.class);
		assertThat(client.getInstances("store")).hasSize(2).allSatisfy((instance) -> {
			assertThat(instance.getServiceId()).isEqualTo("store");
			assertThat(instance.getHost()).isEqualTo("127.0.0.1");
			assertThat(instance.getPort()).isPositive();
			assertThat(instance.isSecure()).isFalse();
			assertThat(instance.getMetadata()).containsEntry("rserpool.pool", "shop")
				.containsEntry("rserpool.element", instance.getInstanceId());
		});
		assertThat(client.getInstances("nowhere")).isEmpty();
		assertThat(client.getServices()).contains("store", "shop");
		ReactiveDiscoveryClient reactive = this.user.getBean(RSerPoolReactiveDiscoveryClient.class);
		assertThat(reactive.getInstances("shop").map(ServiceInstance::getInstanceId).collectList().block()).hasSize(2);
		assertThat(reactive.getServices().collectList().block()).contains("shop");
	}

	@Test
	void whenAnElementFailsThenTheLoadBalancerLeavesItOutAtOnce() {
		startUser();
		RestClient client = this.user.getBean("balanced", RestClient.Builder.class).build();
		assertThat(Stream.generate(() -> get(client)).limit(4).distinct()).containsExactlyInAnyOrder("first GET /a",
				"second GET /a");
		this.first.kill();
		List<String> answers = Stream.generate(() -> get(client)).limit(10).toList();
		assertThat(answers).filteredOn((answer) -> answer.equals("failed")).hasSizeLessThanOrEqualTo(1);
		assertThat(answers.subList(5, 10)).containsOnly("second GET /a");
		Awaitility.await().until(() -> this.registrar.counters().get("failure_reports") > 0);
	}

	@Test
	void whenThereIsAnotherRegistryThenTheLoadBalancerIsLeftToIt() {
		startUser("--spring.cloud.discovery.client.simple.instances.shop[0].uri=http://localhost:1");
		assertThat(supplier("shop")).isNotInstanceOf(RSerPoolServiceInstanceListSupplier.class);
		assertThat(this.user.getBean(CompositeDiscoveryClient.class).getInstances("shop")).singleElement()
			.satisfies((instance) -> assertThat(instance.getPort()).isEqualTo(1));
	}

	@Test
	void whenTheLoadBalancerIsToldToThenItTakesPools() {
		startUser("--spring.cloud.discovery.client.simple.instances.other[0].uri=http://localhost:1",
				"--spring.cloud.loadbalancer.clients.shop.configurations=rserpool");
		assertThat(supplier("shop")).isInstanceOf(RSerPoolServiceInstanceListSupplier.class);
		assertThat(supplier("other")).isNotInstanceOf(RSerPoolServiceInstanceListSupplier.class);
	}

	@Test
	void whenNoRegistrarIsConfiguredThenNothingIsDiscovered() {
		runner().run((context) -> {
			assertThat(context.getBean(RSerPoolDiscoveryClient.class).getServices()).isEmpty();
			assertThat(context.getBean(RSerPoolDiscoveryClient.class).getInstances("shop")).isEmpty();
		});
	}

	@Test
	void whenPropertiesSayNoThenThereIsNoDiscoveryClient() {
		runner().withPropertyValues("spring.cloud.discovery.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(PoolServiceInstances.class)
				.doesNotHaveBean(RSerPoolLoadBalancerLifecycle.class));
		runner().withPropertyValues("spring.cloud.discovery.blocking.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(RSerPoolDiscoveryClient.class)
				.hasSingleBean(RSerPoolReactiveDiscoveryClient.class));
		runner().withPropertyValues("spring.cloud.discovery.reactive.enabled=false")
			.run((context) -> assertThat(context).hasSingleBean(RSerPoolDiscoveryClient.class)
				.doesNotHaveBean(RSerPoolReactiveDiscoveryClient.class));
		runner().withPropertyValues("spring.cloud.loadbalancer.enabled=false")
			.run((context) -> assertThat(context).hasSingleBean(RSerPoolDiscoveryClient.class)
				.doesNotHaveBean(RSerPoolLoadBalancerLifecycle.class));
		runner().withPropertyValues("rserpool.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(PoolServiceInstances.class));
	}

	@Test
	void whenSpringCloudIsMissingThenNothingIsConfigured() {
		runner().withClassLoader(new FilteredClassLoader(DiscoveryClient.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(PoolServiceInstances.class));
		runner().withClassLoader(new FilteredClassLoader(ServiceInstanceListSupplier.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(RSerPoolDiscoveryClient.class)
				.doesNotHaveBean(LoadBalancerLifecycle.class));
		runner().withClassLoader(new FilteredClassLoader("reactor"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(RSerPoolDiscoveryClient.class)
				.doesNotHaveBean("rserpoolReactiveDiscoveryClient"));
	}

	private static ApplicationContextRunner runner() {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(RSerPoolAutoConfiguration.class, PoolUserAutoConfiguration.class,
					RSerPoolDiscoveryClientAutoConfiguration.class, RSerPoolLoadBalancerAutoConfiguration.class));
	}

	private ServiceInstanceListSupplier supplier(String service) {
		Map<String, ServiceInstanceListSupplier> suppliers = this.user.getBean(LoadBalancerClientFactory.class)
			.getInstances(service, ServiceInstanceListSupplier.class);
		assertThat(suppliers).hasSize(1);
		return suppliers.values().iterator().next();
	}

	private void startUser(String... arguments) {
		this.user = add(new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.registerShutdownHook(false)
			.properties("rserpool.registrars=localhost:" + this.registrar.port(), "spring.main.banner-mode=off")
			.run(arguments));
	}

	private static String get(RestClient client) {
		try {
			return client.get().uri("http://shop/a").retrieve().body(String.class);
		}
		catch (ResourceAccessException ex) {
			return "failed";
		}
	}

	private <T extends AutoCloseable> T add(T closeable) {
		this.open.add(closeable);
		return closeable;
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		@LoadBalanced
		RestClient.Builder balanced() {
			return RestClient.builder();
		}

	}

}
