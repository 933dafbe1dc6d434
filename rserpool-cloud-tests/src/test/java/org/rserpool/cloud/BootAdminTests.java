package org.rserpool.cloud;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import de.codecentric.boot.admin.server.config.EnableAdminServer;
import de.codecentric.boot.admin.server.domain.entities.Instance;
import de.codecentric.boot.admin.server.services.InstanceRegistry;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rserpool.test.embedded.EmbeddedRegistrar;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A Spring Boot Admin server that shows the elements of a pool.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class BootAdminTests {

	private final List<AutoCloseable> open = new ArrayList<>();

	private EmbeddedRegistrar registrar;

	private ConfigurableApplicationContext admin;

	@BeforeEach
	void start() {
		this.registrar = add(EmbeddedRegistrar.start());
	}

	@AfterEach
	void close() throws Exception {
		for (int i = this.open.size() - 1; i >= 0; i--) {
			this.open.get(i).close();
		}
	}

	@Test
	void elementsAreShownUpFromWhenTheyJoinUntilTheyLeave() {
		ConfigurableApplicationContext first = startElement();
		startAdmin("1h");
		awaitShown(address(first, "local.server.port"));
		ConfigurableApplicationContext second = startElement();
		awaitShown(address(first, "local.server.port"), address(second, "local.server.port"));
		first.close();
		awaitShown(address(second, "local.server.port"));
		await(() -> assertThat(shown()).singleElement().satisfies((instance) -> {
			assertThat(instance.getRegistration().getName()).isEqualTo("shop");
			assertThat(instance.getRegistration().getMetadata()).containsEntry("binding", "http");
			assertThat(instance.getEndpoints().get("health")).isPresent();
		}));
	}

	@Test
	void anElementIsShownUpByTheActuatorThatHasAPortAndAPathOfItsOwn() {
		ConfigurableApplicationContext element = startElement("--management.server.port=0",
				"--management.endpoints.web.base-path=/manage", "--management.endpoints.web.path-mapping.health=alive");
		startAdmin("1h");
		awaitShown(address(element, "local.server.port"));
		await(() -> assertThat(shown()).singleElement()
			.satisfies((instance) -> assertThat(instance.getRegistration().getHealthUrl())
				.isEqualTo(address(element, "local.management.port") + "/manage/alive")));
	}

	@Test
	void anElementOfAPoolThatWasEmptyIsShownUp() {
		startAdmin("50ms");
		ConfigurableApplicationContext element = startElement();
		awaitShown(address(element, "local.server.port"));
		element.close();
		awaitShown();
		awaitShown(address(startElement(), "local.server.port"));
	}

	private ConfigurableApplicationContext startElement(String... arguments) {
		return add(Shop.start(this.registrar.hostAndPort(), arguments));
	}

	private void startAdmin(String heartbeatInterval) {
		this.admin = add(new SpringApplicationBuilder(Admin.class).web(WebApplicationType.SERVLET)
			.registerShutdownHook(false)
			.properties("spring.application.name=admin", "rserpool.registrars=" + this.registrar.hostAndPort(),
					"rserpool.user.shop.pool=shop", "rserpool.cloud.discovery.heartbeat-interval=" + heartbeatInterval)
			.run());
	}

	private void awaitShown(String... addresses) {
		await(() -> assertThat(shown())
			.allSatisfy((instance) -> assertThat(instance.getStatusInfo().getStatus()).isEqualTo("UP"))
			.map((instance) -> instance.getRegistration().getServiceUrl())
			.containsExactlyInAnyOrder(addresses));
	}

	private static void await(ThrowingRunnable assertion) {
		Awaitility.await().atMost(60, TimeUnit.SECONDS).untilAsserted(assertion);
	}

	private List<Instance> shown() {
		List<Instance> shown = this.admin.getBean(InstanceRegistry.class)
			.getInstances()
			.filter(Instance::isRegistered)
			.collectList()
			.block();
		return (shown != null) ? shown : List.of();
	}

	private static String address(ConfigurableApplicationContext element, String port) {
		Environment environment = element.getEnvironment();
		return "http://127.0.0.1:" + environment.getRequiredProperty(port);
	}

	private <T extends AutoCloseable> T add(T closeable) {
		this.open.add(closeable);
		return closeable;
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EnableAdminServer
	static class Admin {

	}

}
