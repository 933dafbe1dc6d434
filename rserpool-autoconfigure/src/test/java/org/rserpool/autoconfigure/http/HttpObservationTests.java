package org.rserpool.autoconfigure.http;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.micrometer.observation.Observation;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rserpool.autoconfigure.TestRegistrar;
import org.rserpool.autoconfigure.Traces;
import org.rserpool.autoconfigure.http.RawElement.Behaviour;
import org.rserpool.rpc.NoPoolElementException;
import org.rserpool.spring.PoolUser;
import org.rserpool.spring.observation.PoolObservation;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Requests to pools are observed below those of the framework, and each attempt takes its
 * own trace context along.
 */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class HttpObservationTests {

	private TestRegistrar registrar;

	private RawElement first;

	private RawElement second;

	private ConfigurableApplicationContext context;

	private Traces traces;

	@BeforeEach
	void start() throws Exception {
		this.registrar = new TestRegistrar();
		this.first = new RawElement(this.registrar.port(), "shop", "first");
		this.second = new RawElement(this.registrar.port(), "shop", "second");
		this.context = new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.registerShutdownHook(false)
			.properties("rserpool.registrars=localhost:" + this.registrar.port(), "spring.main.banner-mode=off",
					"rserpool.user.shop.deadline=30s")
			.run();
		this.traces = this.context.getBean(Traces.class);
	}

	@AfterEach
	void close() {
		Stream.of(this.context, this.first, this.second, this.registrar).forEach((each) -> {
			try {
				each.close();
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		});
	}

	@ParameterizedTest
	@EnumSource
	void eachAttemptIsAChildOfItsCallWithATraceOfItsOwn(Client client) {
		this.first.behave(Behaviour.BREAK);
		while (this.first.requests() == 0) {
			assertThat(client.request(this.context)).startsWith("second");
		}
		Observation.Context call = call("2");
		assertThat(Traces.value(call, "pool")).isEqualTo("shop");
		assertThat(Traces.value(call, "binding")).isEqualTo("http");
		assertThat(Traces.value(call, "method")).isEqualTo("GET");
		assertThat(Traces.value(call, "outcome")).isEqualTo("ANSWERED");
		assertThat(call.getError()).isNull();
		assertThat(this.traces.events(call)).containsExactly("failover");
		assertThat(Traces.parent(call).getName()).isEqualTo("http.client.requests");
		List<Observation.Context> attempts = this.traces.attempts(call);
		assertThat(attempts).extracting((attempt) -> Traces.value(attempt, "outcome"))
			.containsExactly("UNKNOWN", "ANSWERED");
		assertThat(attempts).allSatisfy((attempt) -> {
			assertThat(Traces.value(attempt, "binding")).isEqualTo("http");
			assertThat(Traces.value(attempt, "element")).startsWith("0x");
			assertThat(Traces.value(attempt, "address")).startsWith("127.0.0.1:");
		});
		assertThat(this.traces.events(attempts.get(0))).containsExactly("endpoint-unreachable", "failed");
		assertThat(this.traces.events(attempts.get(1))).isEmpty();
		assertThat(this.first.traces()).isNotEmpty().containsOnly(Traces.id(attempts.get(0)));
		assertThat(this.second.traces()).last().isEqualTo(Traces.id(attempts.get(1)));
	}

	@ParameterizedTest
	@EnumSource
	void aCallThatFailsSaysWhy(Client client) {
		this.first.kill();
		this.second.kill();
		assertThatExceptionOfType(NoPoolElementException.class).isThrownBy(() -> client.request(this.context));
		assertThat(this.traces.of(PoolObservation.CLIENT)).singleElement().satisfies((call) -> {
			assertThat(Traces.value(call, "outcome")).isEqualTo("NOT_SENT");
			assertThat(call.getError()).isInstanceOf(NoPoolElementException.class);
			assertThat(this.traces.attempts(call)).hasSizeGreaterThan(1)
				.allSatisfy((attempt) -> assertThat(Traces.value(attempt, "outcome")).isEqualTo("NOT_SENT"));
		});
	}

	@ParameterizedTest
	@EnumSource
	void resolutionsAreObserved(Client client) {
		client.request(this.context);
		assertThat(this.traces.of(PoolObservation.RESOLUTION)).singleElement().satisfies((resolution) -> {
			assertThat(Traces.value(resolution, "pool")).isEqualTo("shop");
			assertThat(Traces.value(resolution, "outcome")).isEqualTo("FOUND");
			assertThat(Traces.value(resolution, "registrar")).endsWith(":" + this.registrar.port());
		});
	}

	private Observation.Context call(String attempts) {
		Awaitility.await()
			.until(() -> this.traces.of(PoolObservation.CLIENT)
				.stream()
				.anyMatch((call) -> Traces.value(call, "attempts").equals(attempts)));
		return this.traces.of(PoolObservation.CLIENT)
			.stream()
			.filter((call) -> Traces.value(call, "attempts").equals(attempts))
			.findFirst()
			.orElseThrow();
	}

	enum Client {

		REST_CLIENT {

			@Override
			String request(ConfigurableApplicationContext context) {
				return context.getBean(Clients.class).restClient().get().uri("/items").retrieve().body(String.class);
			}

		},

		WEB_CLIENT {

			@Override
			String request(ConfigurableApplicationContext context) {
				return context.getBean(Clients.class)
					.webClient()
					.get()
					.uri("/items")
					.retrieve()
					.bodyToMono(String.class)
					.block();
			}

		};

		abstract String request(ConfigurableApplicationContext context);

	}

	record Clients(@PoolUser("shop") RestClient restClient, @PoolUser("shop") WebClient webClient) {
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Clients.class)
	static class Application {

		@Bean
		Traces traces() {
			return new Traces();
		}

	}

}
