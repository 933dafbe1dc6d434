package org.rserpool.autoconfigure.metrics;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rserpool.autoconfigure.EchoElement;
import org.rserpool.autoconfigure.EchoUser;
import org.rserpool.autoconfigure.TestRegistrar;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the dashboard for applications shows is what an application exports that is
 * element and user of a pool.
 */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class GrafanaDashboardTests {

	private static final Pattern METER = Pattern.compile("rserpool_\\w+");

	@Test
	void everyMetricOfTheDashboardIsExported() {
		Set<String> used = new TreeSet<>();
		for (JsonNode panel : JsonMapper.shared()
			.readTree(Path.of("..", "deploy", "grafana", "applications.json"))
			.path("panels")) {
			assertThat(panel.path("targets")).isNotEmpty();
			for (JsonNode target : panel.path("targets")) {
				List<String> names = METER.matcher(target.path("expr").asString())
					.results()
					.map(MatchResult::group)
					.toList();
				assertThat(names).as(panel.path("title").asString()).isNotEmpty();
				used.addAll(names);
			}
		}
		try (TestRegistrar registrar = new TestRegistrar();
				ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
					.web(WebApplicationType.NONE)
					.registerShutdownHook(false)
					.properties("rserpool.registrars=127.0.0.1:" + registrar.port(), "rserpool.listen=127.0.0.1:0",
							"spring.main.banner-mode=off", "rserpool.user.default.deadline=30s")
					.run()) {
			Awaitility.await().until(() -> registrar.elements() == 1);
			context.getBean(EchoUser.class).echo().echo("a").join();
			PrometheusMeterRegistry registry = context.getBean(PrometheusMeterRegistry.class);
			Awaitility.await().untilAsserted(() -> assertThat(exported(registry)).containsAll(used));
		}
	}

	private static Set<String> exported(PrometheusMeterRegistry registry) {
		return registry.scrape()
			.lines()
			.filter((line) -> !line.startsWith("#"))
			.map((line) -> line.split("[{ ]")[0])
			.collect(Collectors.toSet());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ EchoElement.class, EchoUser.class })
	static class Application {

		@Bean
		PrometheusMeterRegistry meterRegistry() {
			return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
		}

	}

}
