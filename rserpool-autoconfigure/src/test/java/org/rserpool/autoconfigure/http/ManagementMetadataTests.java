package org.rserpool.autoconfigure.http;

import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointProperties;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementServerProperties;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ManagementMetadata}.
 */
class ManagementMetadataTests {

	private static final String REAL_PORT = "local.management.port=40001";

	private final WebApplicationContextRunner contexts = new WebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(HttpPoolElementAutoConfiguration.class))
		.withUserConfiguration(Actuator.class);

	@Test
	void whereTheActuatorIsAtItsUsualPlaceThereIsNothingToSay() {
		assertSays(Map.of());
		assertSays(Map.of(), "management.server.port=8080", "server.port=8080", "management.server.base-path=/ignored");
		assertSays(Map.of(), "management.server.port=-1", "management.endpoints.web.base-path=/ignored",
				"management.endpoints.web.path-mapping.health=ignored");
	}

	@Test
	void whereItHasAPortOfItsOwnThatIsSaid() {
		assertSays(Map.of("management.port", "8081"), "management.server.port=8081");
		assertSays(Map.of("management.port", "40001"), "management.server.port=0", REAL_PORT);
		assertSays(Map.of("management.port", "8081", "management.context-path", "/manage/actuator"),
				"management.server.port=8081", "management.server.base-path=/manage",
				"server.servlet.context-path=/shop");
		assertSays(Map.of("management.port", "8081", "management.context-path", "/"), "management.server.port=8081",
				"management.endpoints.web.base-path=/");
	}

	@Test
	void aPortThatIsNotKnownYetIsNotSaid() {
		assertSays(Map.of(), "management.server.port=0", "management.server.address=127.0.0.2");
	}

	@Test
	void whereItHasAnAddressOfItsOwnThatIsSaid() {
		assertSays(Map.of("management.port", "8081", "management.address", "127.0.0.2"), "management.server.port=8081",
				"management.server.address=127.0.0.2");
		assertSays(Map.of("management.port", "8081"), "management.server.port=8081",
				"management.server.address=0.0.0.0");
	}

	@Test
	void whereOnlyOneOfBothIsEncryptedThatIsSaid() {
		assertSays(Map.of("management.port", "8081", "management.scheme", "https"), "management.server.port=8081",
				"management.server.ssl.bundle=one");
		assertSays(Map.of("management.port", "8081", "management.scheme", "http"), "management.server.port=8081",
				"server.ssl.bundle=one");
		assertSays(Map.of("management.port", "8081"), "management.server.port=8081", "server.ssl.bundle=one",
				"management.server.ssl.bundle=one");
	}

	@Test
	void pathsThatAreNotTheUsualOnesAreSaid() {
		assertSays(Map.of("management.context-path", "/manage", "health.path", "alive"),
				"management.endpoints.web.base-path=/manage", "management.endpoints.web.path-mapping.health=alive");
		assertSays(Map.of("management.context-path", "/shop/mvc/actuator"), "server.servlet.context-path=/shop",
				"spring.mvc.servlet.path=/mvc", "spring.webflux.base-path=/ignored");
		assertSays(Map.of(), "spring.mvc.servlet.path=/");
	}

	@Test
	void aReactiveApplicationHasABasePath() {
		new ReactiveWebApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(HttpPoolElementAutoConfiguration.class))
			.withUserConfiguration(Actuator.class)
			.withPropertyValues("spring.webflux.base-path=/shop", "server.servlet.context-path=/ignored")
			.run((context) -> assertThat(context.getBean(ManagementMetadata.class).get())
				.isEqualTo(Map.of("management.context-path", "/shop/actuator")));
	}

	@Test
	void whereThereIsNoActuatorThereIsNothingToSay() {
		new WebApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(HttpPoolElementAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("rserpoolManagementMetadata"));
	}

	private void assertSays(Map<String, String> expected, String... properties) {
		this.contexts.withPropertyValues(properties)
			.run((context) -> assertThat(context.getBean(ManagementMetadata.class).get()).isEqualTo(expected));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties({ ManagementServerProperties.class, WebEndpointProperties.class,
			ServerProperties.class })
	static class Actuator {

	}

}
