package org.rserpool.autoconfigure.cloud;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
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
import org.rserpool.rpc.DataElementSpecification;
import org.rserpool.rpc.ElementSelector;
import org.rserpool.rpc.ElementSpecification;
import org.rserpool.rpc.NodeSettings;
import org.rserpool.rpc.RSerPoolNode;
import org.rserpool.wire.ElementMetadata;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PoolHandle;

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
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientRequestException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

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
	void whenAnElementFailsThenTheReactiveLoadBalancerLeavesItOutAtOnce() {
		startUser();
		WebClient client = this.user.getBean("reactive", WebClient.Builder.class).build();
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
	void allElementsOfALargePoolAreDiscovered() throws Exception {
		RSerPoolNode elements = add(RSerPoolNode
			.start(NodeSettings.builder(List.of(new InetSocketAddress("127.0.0.1", this.registrar.port()))).build()));
		for (int port = 1; port <= 20; port++) {
			elements
				.register(new DataElementSpecification(PoolHandle.of("large"), port, MemberSelectionPolicy.ROUND_ROBIN,
						ElementSpecification.DEFAULT_LIFETIME, null, ElementMetadata.NONE,
						new InetSocketAddress("127.0.0.1", port)))
				.registered()
				.get(20, TimeUnit.SECONDS);
		}
		startUser();
		assertThat(this.user.getBean(RSerPoolDiscoveryClient.class).getInstances("large")).hasSize(20);
	}

	@Test
	void instancesTellWhatElementsSayOfThemselves() throws Exception {
		add(new RawElement(this.registrar.port(), "told", "told",
				Map.of("zone", "eu-1", "version", "2.1", "hint", "blue", "rserpool.pool", "lie")));
		startUser();
		assertThat(this.user.getBean(RSerPoolDiscoveryClient.class).getInstances("told")).singleElement()
			.satisfies((instance) -> assertThat(instance.getMetadata()).containsEntry("zone", "eu-1")
				.containsEntry("version", "2.1")
				.containsEntry("hint", "blue")
				.containsEntry("rserpool.pool", "told"));
	}

	@Test
	void whenThereIsAnElementInTheZoneThenTheLoadBalancerCanPreferIt() throws Exception {
		add(new RawElement(this.registrar.port(), "zoned", "far", Map.of("zone", "us-1")));
		add(new RawElement(this.registrar.port(), "zoned", "near", Map.of("zone", "eu-1")));
		startUser("--spring.cloud.loadbalancer.zone=eu-1",
				"--spring.cloud.loadbalancer.configurations=zone-preference");
		RestClient client = this.user.getBean("balanced", RestClient.Builder.class).build();
		assertThat(Stream.generate(() -> get(client, "zoned")).limit(4)).containsOnly("near GET /a");
	}

	@Test
	void registrarsThatAnnounceThemselvesAreEnough() throws Exception {
		InetSocketAddress group = new InetSocketAddress("239.255.7.21", freePort());
		TestRegistrar announced = add(new TestRegistrar(group));
		add(new RawElement(announced.port(), "found", "found"));
		this.user = add(application().run("--rserpool.announcements.groups=239.255.7.21:" + group.getPort()));
		DiscoveryClient client = this.user.getBean(CompositeDiscoveryClient.class);
		Awaitility.await().untilAsserted(() -> assertThat(client.getInstances("found")).hasSize(1));
		assertThat(client.getServices()).contains("found");
		assertThat(supplier("found")).isInstanceOf(RSerPoolServiceInstanceListSupplier.class);
		RestClient balanced = this.user.getBean("balanced", RestClient.Builder.class).build();
		assertThat(get(balanced, "found")).isEqualTo("found GET /a");
	}

	@Test
	void whenNothingIsKnownInTimeThenNobodyWaitsLonger() {
		ElementSelector silent = mock();
		given(silent.resolve(any())).willReturn(new CompletableFuture<>());
		given(silent.pools()).willReturn(new CompletableFuture<>());
		RSerPoolNode node = mock();
		given(node.selector()).willReturn(silent);
		runner().withBean(RSerPoolNode.class, () -> node)
			.withPropertyValues("rserpool.user.default.deadline=50ms", "rserpool.user.store.pool=shop")
			.run((context) -> {
				DiscoveryClient client = context.getBean(RSerPoolDiscoveryClient.class);
				assertThat(client.getInstances("shop")).isEmpty();
				assertThat(client.getServices()).containsExactly("store");
				ReactiveDiscoveryClient reactive = context.getBean(RSerPoolReactiveDiscoveryClient.class);
				assertThat(reactive.getInstances("shop").collectList().block()).isEmpty();
				assertThat(reactive.getServices().collectList().block()).containsExactly("store");
			});
	}

	@Test
	void whenNoRegistrarCanBeFoundThenNothingIsDiscovered() {
		runner().withPropertyValues("rserpool.announcements.enabled=false").run((context) -> {
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
		this.user = add(
				application().properties("rserpool.registrars=localhost:" + this.registrar.port()).run(arguments));
	}

	private static SpringApplicationBuilder application() {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.registerShutdownHook(false)
			.properties("spring.main.banner-mode=off");
	}

	private static int freePort() throws IOException {
		try (DatagramSocket socket = new DatagramSocket()) {
			return socket.getLocalPort();
		}
	}

	private static String get(RestClient client) {
		return get(client, "shop");
	}

	private static String get(RestClient client, String service) {
		try {
			return client.get().uri("http://" + service + "/a").retrieve().body(String.class);
		}
		catch (ResourceAccessException ex) {
			return "failed";
		}
	}

	private static String get(WebClient client) {
		return client.get()
			.uri("http://shop/a")
			.retrieve()
			.bodyToMono(String.class)
			.onErrorReturn(WebClientRequestException.class, "failed")
			.block();
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

		@Bean
		@LoadBalanced
		WebClient.Builder reactive() {
			return WebClient.builder();
		}

	}

}
