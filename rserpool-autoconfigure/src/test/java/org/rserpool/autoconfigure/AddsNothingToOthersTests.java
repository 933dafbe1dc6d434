package org.rserpool.autoconfigure;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application that depends on the starter and uses no pool is what it was before.
 */
class AddsNothingToOthersTests {

	private static final String EXCLUDE = "--spring.autoconfigure.exclude="
			+ "org.rserpool.autoconfigure.RSerPoolAutoConfiguration,"
			+ "org.rserpool.autoconfigure.PoolElementAutoConfiguration,"
			+ "org.rserpool.autoconfigure.PoolUserAutoConfiguration,"
			+ "org.rserpool.autoconfigure.actuate.RSerPoolEndpointAutoConfiguration,"
			+ "org.rserpool.autoconfigure.metrics.RSerPoolMetricsAutoConfiguration,"
			+ "org.rserpool.autoconfigure.health.RSerPoolHealthContributorAutoConfiguration";

	@Test
	void everyBeanOfBeforeIsTheSame() {
		Map<String, String> before = beans(EXCLUDE);
		Map<String, String> after = beans();
		assertThat(before).hasSizeGreaterThan(20)
			.allSatisfy((name, type) -> assertThat(type).as(name).doesNotStartWith("org.rserpool."));
		assertThat(after).containsAllEntriesOf(before);
	}

	@Test
	void everyNewBeanIsOfOurTypes() {
		Map<String, String> added = beans();
		added.keySet().removeAll(beans(EXCLUDE).keySet());
		assertThat(added).isNotEmpty()
			.allSatisfy((name, type) -> assertThat(type).as(name).startsWith("org.rserpool."));
	}

	private static Map<String, String> beans(String... arguments) {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.run(arguments)) {
			Map<String, String> beans = new LinkedHashMap<>();
			Arrays.stream(context.getBeanDefinitionNames())
				.filter((name) -> !context.getBeansOfType(Application.class).containsKey(name))
				.forEach((name) -> beans.put(name,
						Objects.requireNonNull(context.getType(name), name).getName().replaceAll("\\$\\$.*", "")));
			return beans;
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
