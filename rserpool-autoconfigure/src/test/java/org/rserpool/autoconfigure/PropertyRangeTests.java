package org.rserpool.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rserpool.autoconfigure.cloud.RSerPoolDiscoveryClientAutoConfiguration;
import org.rserpool.spring.PoolElement;
import org.rserpool.spring.PoolUser;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * A property with a value outside of its range is named, with what is allowed.
 */
@ExtendWith(OutputCaptureExtension.class)
class PropertyRangeTests {

	private static final Set<String> RANGED = Set.of("java.time.Duration", "java.lang.Integer", "java.lang.Long",
			"java.lang.Double");

	/** Have exceptions of their own, because values may be secrets. */
	private static final String STATE = "rserpool.element.default.state.";

	private final ApplicationContextRunner contexts = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(RSerPoolAutoConfiguration.class, PoolElementAutoConfiguration.class,
				PoolUserAutoConfiguration.class, RSerPoolDiscoveryClientAutoConfiguration.class))
		.withUserConfiguration(Beans.class)
		.withPropertyValues("rserpool.listen=127.0.0.1:0", "rserpool.registrars=127.0.0.1:1",
				"rserpool.csp.server=127.0.0.1:2960");

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			rserpool.cloud.discovery.heartbeat-interval     | -1s     | not to be negative
			rserpool.csp.interval                           | 9ms     | 10ms to 1h
			rserpool.element.default.concurrency-limit      | 0       | at least 1
			rserpool.element.default.drain-timeout          | -1s     | not to be negative
			rserpool.element.default.lifetime               | 0s      | positive
			rserpool.element.default.load                   | 1.1     | from 0.0 to 1.0
			rserpool.element.default.load-degradation       | -0.1    | from 0.0 to 1.0
			rserpool.element.default.load-threshold         | NaN     | from 0.0 to 1.0
			rserpool.element.default.priority               | -1      | from 0 to 4294967295
			rserpool.element.default.renewal-interval       | 0s      | positive
			rserpool.element.default.weight                 | -3      | from 0 to 4294967295
			rserpool.hunt.attempt-timeout                   | 0s      | positive
			rserpool.hunt.max-attempt-timeout               | -1s     | positive
			rserpool.hunt.max-pause                         | 0s      | positive
			rserpool.hunt.pause                             | 0s      | positive
			rserpool.hunt.resolve-interval                  | 0s      | positive
			rserpool.hunt.standbys                          | 3       | from 0 to 2
			rserpool.registration.deregistration-timeout    | 0s      | positive
			rserpool.registration.max-attempts              | 0       | at least 1
			rserpool.registration.timeout                   | 0s      | positive
			rserpool.request.max-retransmits                | -1      | at least 0
			rserpool.request.registrar-timeout              | 0s      | positive
			rserpool.request.timeout                        | 0s      | positive
			rserpool.session.connect-timeout                | 0s      | positive
			rserpool.session.heartbeat-interval             | 0s      | positive
			rserpool.session.heartbeat-timeout              | 200ms   | longer than rserpool.session.heartbeat-interval
			rserpool.startup.timeout                        | -1s     | positive
			rserpool.user.default.deadline                  | 0s      | positive
			rserpool.user.default.max-attempts              | 0       | at least 1
			rserpool.user.default.retry-budget              | -0.1    | not to be negative
			rserpool.user.default.stale-cache-value         | -1s     | not to be negative
			""")
	void thePropertyAndItsRangeAreNamed(String property, String value, String range) {
		assertNamed(property, value, range);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			rserpool.element.greeters.weight                | 4294967296  | from 0 to 4294967295
			rserpool.element.greeters.identifier            | 0           | from 1 to 0xffffffff
			rserpool.element.greeters.identifier            | 0x100000000 | from 1 to 0xffffffff
			rserpool.element.greeters.renewal-interval      | 1h          | shorter than the lifetime
			rserpool.element.greeters.failover-order        | e2          | "e2" is not an identifier
			rserpool.element.greeters.addresses.include     | 10.0.0.0/99 | prefix of 99 bits
			rserpool.element.default.addresses.include      | nix         | No address of this host
			rserpool.element.greeters.metadata              | x=binding   | cannot be configured
			rserpool.user.greeters.deadline                 | -1s         | positive
			rserpool.user.greeters.max-attempts             | -1          | at least 1
			rserpool.user[My_Users].retry-budget            | -1          | not to be negative
			""")
	void thatOfOneIsNamed(String property, String value, String range) {
		if (value.startsWith("x=")) {
			this.contexts.withPropertyValues(property + "." + value.substring(2) + "=x")
				.run((context) -> assertThat(invalid(context.getStartupFailure()).getName()).isEqualTo(property));
		}
		else {
			assertNamed(property, value, range);
		}
	}

	private void assertNamed(String property, String value, String range) {
		this.contexts.withPropertyValues(property + "=" + value).run((context) -> {
			assertThat(context).hasFailed();
			InvalidConfigurationPropertyValueException invalid = invalid(context.getStartupFailure());
			assertThat(invalid.getName()).isEqualTo(property);
			assertThat(invalid.getReason()).contains(range);
		});
	}

	private static InvalidConfigurationPropertyValueException invalid(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof InvalidConfigurationPropertyValueException invalid) {
				return invalid;
			}
		}
		throw new AssertionError("No property is named", failure);
	}

	@Test
	void allPropertiesWithRangesAreTried() throws Exception {
		String tried = PropertyRangeTests.class
			.getDeclaredMethod("thePropertyAndItsRangeAreNamed", String.class, String.class, String.class)
			.getAnnotation(CsvSource.class)
			.textBlock();
		Set<String> names = new TreeSet<>();
		tried.lines().forEach((line) -> names.add(line.substring(0, line.indexOf('|')).trim()));
		assertThat(names).isEqualTo(ranged());
	}

	private static Set<String> ranged() throws IOException {
		Set<String> ranged = new TreeSet<>();
		try (InputStream json = PropertyRangeTests.class
			.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
			Iterator<JsonNode> properties = new JsonMapper().readTree(json).get("properties").iterator();
			properties.forEachRemaining((property) -> {
				String name = property.get("name").asString();
				if (name.startsWith("rserpool.") && !name.startsWith(STATE)
						&& RANGED.contains(property.get("type").asString())) {
					ranged.add(name);
				}
			});
		}
		return ranged;
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			--rserpool.element.greeters.weight=-3 | rserpool.element.greeters.weight | -3
			--rserpool.element.greeters.concurrencyLimit=0 | rserpool.element.greeters.concurrency-limit | 0
			--rserpool.hunt.pause=-1s | rserpool.hunt.pause | -1s
			--rserpool.registrars=one:1,two | rserpool.registrars[1] | two
			""")
	void anApplicationSaysWhichPropertyIsWrong(String argument, String property, String value, CapturedOutput output) {
		SpringApplication application = new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.build();
		List<String> arguments = Arrays.asList("--rserpool.listen=127.0.0.1:0", argument,
				"--logging.level.org.springframework.boot.diagnostics=error");
		assertThatException().isThrownBy(() -> application.run(arguments.toArray(String[]::new)));
		assertThat(output).contains("APPLICATION FAILED TO START",
				"The property '" + property + "' has the value '" + value + "'",
				"Correct the property '" + property + "'.");
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ RSerPoolAutoConfiguration.class, PoolElementAutoConfiguration.class,
			PoolUserAutoConfiguration.class })
	@Import(Beans.class)
	static class Application {

	}

	@Configuration(proxyBeanMethods = false)
	@Import({ Greeter.class, Caller.class, OtherCaller.class })
	static class Beans {

	}

	@PoolElement("greeters")
	static class Greeter implements Echo {

		@Override
		public CompletableFuture<String> echo(String text) {
			return CompletableFuture.completedFuture(text);
		}

	}

	static class Caller {

		Caller(@PoolUser("greeters") Echo greeter) {
		}

	}

	static class OtherCaller {

		OtherCaller(@PoolUser("My_Users") Echo other) {
		}

	}

}
