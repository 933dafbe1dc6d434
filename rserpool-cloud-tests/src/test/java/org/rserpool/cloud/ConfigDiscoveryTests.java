package org.rserpool.cloud;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rserpool.spring.PoolElement;
import org.rserpool.test.embedded.EmbeddedRegistrar;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.config.client.ConfigServerInstanceProvider;
import org.springframework.cloud.config.server.EnableConfigServer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.rserpool.test.assertions.RSerPoolAssertions.assertThat;

/**
 * Applications that get their configuration from a pool of config servers.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ConfigDiscoveryTests {

	private final List<AutoCloseable> open = new ArrayList<>();

	@TempDir
	private Path served;

	private EmbeddedRegistrar registrar;

	@BeforeEach
	void start() throws IOException {
		this.registrar = add(EmbeddedRegistrar.start());
		Files.writeString(this.served.resolve("client.properties"), "greeting=hello from the pool\n");
	}

	@AfterEach
	void close() throws Exception {
		for (int i = this.open.size() - 1; i >= 0; i--) {
			this.open.get(i).close();
		}
	}

	@Test
	void anApplicationTakesItsConfigurationFromThePool() {
		startServer("configserver", 1);
		assertThat(startClient().getEnvironment().getProperty("greeting")).isEqualTo("hello from the pool");
	}

	@Test
	void thePoolMayHaveAnotherName() {
		startServer("settings", 1);
		assertThat(startClient("--rserpool.user.configserver.pool=settings").getEnvironment().getProperty("greeting"))
			.isEqualTo("hello from the pool");
		assertThat(startClient("--spring.cloud.config.discovery.service-id=settings").getEnvironment()
			.getProperty("greeting")).isEqualTo("hello from the pool");
	}

	@Test
	void heartbeatsTellOfConfigServersThatComeAndGo() {
		ConfigurableApplicationContext first = startServer("configserver", 1);
		ConfigurableApplicationContext client = startClient("--rserpool.user.configserver.pool=configserver",
				"--rserpool.cloud.discovery.heartbeat-interval=1h");
		awaitUris(client, first);
		ConfigurableApplicationContext second = startServer("configserver", 2);
		awaitUris(client, first, second);
		first.close();
		awaitUris(client, second);
	}

	@Test
	void whenThereIsNoConfigServerThenTheStartFails() {
		assertThatException().isThrownBy(this::startClient).withMessageContaining("No instances found of configserver");
	}

	@ParameterizedTest
	@ValueSource(strings = { "--rserpool.enabled=false", "--spring.cloud.discovery.enabled=false",
			"--rserpool.registrars=" })
	void whenPropertiesSayNoThenNoPoolIsAsked(String argument) {
		startServer("configserver", 1);
		assertThatException().isThrownBy(() -> startClient(argument, "--rserpool.announcements.enabled=false"))
			.withMessageContaining("No instances found of configserver");
	}

	@Test
	void whenSomethingElseFindsConfigServersThenItIsLeftToIt() {
		int port = port(startServer("elsewhere", 1));
		SpringApplicationBuilder application = client().addBootstrapRegistryInitializer((registry) -> registry
			.registerIfAbsent(ConfigServerInstanceProvider.Function.class, (context) -> (serviceId) -> List
				.of(new DefaultServiceInstance("other", serviceId, "127.0.0.1", port, false))));
		assertThat(add(application.run(arguments())).getEnvironment().getProperty("greeting"))
			.isEqualTo("hello from the pool");
	}

	private ConfigurableApplicationContext startServer(String pool, int elements) {
		ConfigurableApplicationContext server = add(
				new SpringApplicationBuilder(Server.class).web(WebApplicationType.SERVLET)
					.registerShutdownHook(false)
					.properties("spring.application.name=" + pool,
							"rserpool.registrars=" + this.registrar.hostAndPort(), "spring.profiles.active=native",
							"spring.cloud.config.server.native.search-locations=" + this.served.toUri())
					.run());
		assertThat(this.registrar).within(Duration.ofSeconds(30)).hasPool(pool).withElements(elements);
		return server;
	}

	private ConfigurableApplicationContext startClient(String... more) {
		return add(client().run(arguments(more)));
	}

	private static SpringApplicationBuilder client() {
		return new SpringApplicationBuilder(Client.class).web(WebApplicationType.NONE).registerShutdownHook(false);
	}

	private String[] arguments(String... more) {
		return Stream
			.concat(Stream.of("--spring.application.name=client", "--spring.config.import=configserver:",
					"--spring.cloud.config.enabled=true", "--spring.cloud.config.discovery.enabled=true",
					"--spring.cloud.config.fail-fast=true"),
					Stream.concat(
							Stream.of(more).anyMatch((argument) -> argument.startsWith("--rserpool.registrars="))
									? Stream.of() : Stream.of("--rserpool.registrars=" + this.registrar.hostAndPort()),
							Stream.of(more)))
			.toArray(String[]::new);
	}

	private static void awaitUris(ConfigurableApplicationContext client, ConfigurableApplicationContext... servers) {
		String[] expected = Stream.of(servers)
			.map((server) -> "http://127.0.0.1:" + port(server) + "/")
			.toArray(String[]::new);
		Awaitility.await()
			.atMost(60, TimeUnit.SECONDS)
			.untilAsserted(() -> assertThat(client.getBean("configServerInstanceMonitor"))
				.extracting("config.uri", InstanceOfAssertFactories.array(String[].class))
				.containsExactlyInAnyOrder(expected));
	}

	private static int port(ConfigurableApplicationContext server) {
		return server.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	private <T extends AutoCloseable> T add(T closeable) {
		this.open.add(closeable);
		return closeable;
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EnableConfigServer
	@PoolElement
	static class Server {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Client {

	}

}
