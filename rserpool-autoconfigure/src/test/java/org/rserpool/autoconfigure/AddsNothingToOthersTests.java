package org.rserpool.autoconfigure;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

import org.rserpool.Goal;
import org.rserpool.spring.PoolElement;
import org.rserpool.spring.PoolUser;

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
	@EnumSource
	void everyBeanOfBeforeIsTheSame(WebApplicationType type) {
		Map<String, String> before = beans(type, EXCLUDE);
		Map<String, String> after = beans(type);
		assertThat(before).hasSizeGreaterThan(20)
			.allSatisfy((name, bean) -> assertThat(bean).as(name).doesNotContain("org.rserpool."));
		assertThat(after).containsAllEntriesOf(before);
		after.keySet().removeAll(before.keySet());
		assertThat(after).isNotEmpty()
			.allSatisfy((name, bean) -> assertThat(bean).as(name)
				.containsAnyOf("org.rserpool.", "LoadBalancerClientSpecification"));
	}

	@ParameterizedTest
	@EnumSource
	void anElementAndPoolUsersChangeNoBeanOfBefore(WebApplicationType type) {
		Map<String, String> before = beans(type, EXCLUDE);
		Map<String, String> after;
		try (TestRegistrar registrar = new TestRegistrar()) {
			after = beans(type, List.of(Application.class, Taking.class),
					"--rserpool.registrars=127.0.0.1:" + registrar.port(), "--rserpool.listen=127.0.0.1:0");
		}
		assertThat(after).containsAllEntriesOf(before);
		after.keySet().removeAll(before.keySet());
		assertThat(after.keySet()).filteredOn((name) -> name.startsWith("poolUser.")).hasSize(5);
	}

	@ParameterizedTest
	@EnumSource
	void buildersOfHttpClientsAreStillUnique(WebApplicationType type) {
		try (ConfigurableApplicationContext before = run(type, List.of(Application.class), EXCLUDE);
				ConfigurableApplicationContext unused = run(type, List.of(Application.class));
				ConfigurableApplicationContext used = run(type, List.of(Application.class, Taking.class),
						"--rserpool.listen=127.0.0.1:0", "--rserpool.registrars=127.0.0.1:1")) {
			List<Long> counts = counts(before);
			assertThat(counts).first().isIn(0L, 1L);
			assertThat(counts).element(1).isEqualTo(1L);
			assertThat(counts(unused)).isEqualTo(counts);
			assertThat(counts(used)).isEqualTo(counts);
		}
	}

	/**
	 * Counts what is injected where no pool is asked for.
	 */
	private static List<Long> counts(ConfigurableApplicationContext context) {
		Builders builders = context.getAutowireCapableBeanFactory().createBean(Builders.class);
		return List.of(builders.blocking().stream().count(), builders.reactive().stream().count(),
				builders.client().stream().count(), builders.reactiveClient().stream().count());
	}

	private static Map<String, String> beans(WebApplicationType type, String... arguments) {
		return beans(type, List.of(Application.class), arguments);
	}

	private static Map<String, String> beans(WebApplicationType type, List<Class<?>> application, String... arguments) {
		try (ConfigurableApplicationContext context = run(type, application, arguments)) {
			Map<String, String> beans = new LinkedHashMap<>();
			Arrays.stream(context.getBeanDefinitionNames())
				.filter((name) -> !application.contains(context.getType(name)))
				.forEach((name) -> beans.put(name, describe(context.getBeanFactory().getMergedBeanDefinition(name))));
			return beans;
		}
	}

	/**
	 * Says where a bean comes from, and what decides whether it is injected.
	 */
	private static String describe(BeanDefinition bean) {
		return "%s by %s of %s, %s, primary %s, candidate %s, lazy %s".formatted(bean.getBeanClassName(),
				bean.getFactoryMethodName(), bean.getFactoryBeanName(), bean.getScope(), bean.isPrimary(),
				bean.isAutowireCandidate(), bean.isLazyInit());
	}

	private static ConfigurableApplicationContext run(WebApplicationType type, List<Class<?>> application,
			String... arguments) {
		return new SpringApplicationBuilder(application.toArray(Class<?>[]::new)).web(type)
			.registerShutdownHook(false)
			.properties("server.port=0", "spring.main.banner-mode=off")
			.run(arguments);
	}

	record Builders(ObjectProvider<RestClient.Builder> blocking, ObjectProvider<WebClient.Builder> reactive,
			ObjectProvider<RestClient> client, ObjectProvider<WebClient> reactiveClient) {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

	/**
	 * Takes part in pools: as an element, and as a pool user by all kinds of clients.
	 */
	@Configuration(proxyBeanMethods = false)
	static class Taking {

		Taking(@PoolUser("echo") Echo echo, @PoolUser("shop") RestClient client, @PoolUser("shop") WebClient reactive,
				@PoolUser("shop") RestClient.Builder builder, @PoolUser("shop") WebClient.Builder reactiveBuilder) {
			assertThat(Arrays.asList(echo, client, reactive, builder, reactiveBuilder)).doesNotContainNull();
		}

		@Bean
		@PoolElement("echo")
		EchoElement echoElement() {
			return new EchoElement();
		}

	}

}
