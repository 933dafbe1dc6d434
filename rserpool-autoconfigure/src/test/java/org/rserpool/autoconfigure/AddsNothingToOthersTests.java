package org.rserpool.autoconfigure;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

import org.rserpool.Goal;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application that depends on the starter and uses no pool is what it was before (goal
 * G19).
 */
@Goal("G19")
class AddsNothingToOthersTests {

	private static final String EXCLUDE = "--spring.autoconfigure.exclude="
			+ ImportCandidates.load(AutoConfiguration.class, AddsNothingToOthersTests.class.getClassLoader())
				.getCandidates()
				.stream()
				.filter((name) -> name.startsWith("org.rserpool."))
				.collect(Collectors.joining(","));

	@ParameterizedTest
	@EnumSource(names = { "NONE", "SERVLET" })
	void everyBeanOfBeforeIsTheSame(WebApplicationType type) {
		Map<String, String> before = beans(type, EXCLUDE);
		Map<String, String> after = beans(type);
		assertThat(before).hasSizeGreaterThan(20)
			.allSatisfy((name, bean) -> assertThat(bean).as(name).doesNotStartWith("org.rserpool."));
		assertThat(after).containsAllEntriesOf(before);
		after.keySet().removeAll(before.keySet());
		assertThat(after).isNotEmpty()
			.allSatisfy((name, bean) -> assertThat(bean).as(name)
				.matches("org\\.rserpool\\..*|.*LoadBalancerClientSpecification"));
	}

	@Test
	void buildersOfHttpClientsAreStillUnique() {
		try (ConfigurableApplicationContext context = run(WebApplicationType.SERVLET)) {
			assertThat(context.getBeansOfType(RestClient.Builder.class)).hasSize(1);
			assertThat(context.getBeansOfType(WebClient.Builder.class)).hasSize(1);
			assertThat(context.getBeansOfType(RestClient.class)).isEmpty();
			assertThat(context.getBeansOfType(WebClient.class)).isEmpty();
		}
	}

	private static Map<String, String> beans(WebApplicationType type, String... arguments) {
		try (ConfigurableApplicationContext context = run(type, arguments)) {
			Map<String, String> beans = new LinkedHashMap<>();
			Arrays.stream(context.getBeanDefinitionNames())
				.filter((name) -> !context.getBeansOfType(Application.class).containsKey(name))
				.forEach((name) -> beans.put(name,
						Objects.requireNonNull(context.getType(name), name).getName().replaceAll("\\$\\$.*", "")));
			return beans;
		}
	}

	private static ConfigurableApplicationContext run(WebApplicationType type, String... arguments) {
		return new SpringApplicationBuilder(Application.class).web(type)
			.properties("server.port=0", "spring.main.banner-mode=off")
			.run(arguments);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
