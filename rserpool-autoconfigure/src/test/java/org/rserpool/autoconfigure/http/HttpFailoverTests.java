package org.rserpool.autoconfigure.http;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rserpool.Goal;
import org.rserpool.autoconfigure.TestRegistrar;
import org.rserpool.autoconfigure.http.RawElement.Behaviour;
import org.rserpool.rpc.CallOutcomeUnknownException;
import org.rserpool.rpc.DeadlineExceededException;
import org.rserpool.rpc.NoPoolElementException;
import org.rserpool.rpc.RSerPoolException;
import org.rserpool.spring.PoolUser;
import org.rserpool.wire.ElementMetadata;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientResponseException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Requests to web servers that break in all ways, over sockets.
 */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class HttpFailoverTests {

	/**
	 * Not the common pool, which may have one thread only: what waits there would hold up
	 * the HTTP client, whose answers it completes.
	 */
	private static final Executor THREADS = (task) -> new Thread(task, "waiting").start();

	private static final int REQUESTS = 90;

	private final List<AutoCloseable> open = new ArrayList<>();

	private TestRegistrar registrar;

	private RawElement first;

	private RawElement second;

	@BeforeEach
	void start() throws Exception {
		this.registrar = add(new TestRegistrar());
		this.first = add(new RawElement(this.registrar.port(), "shop", "first"));
		this.second = add(new RawElement(this.registrar.port(), "shop", "second"));
	}

	@AfterEach
	void close() throws Exception {
		for (int i = this.open.size() - 1; i >= 0; i--) {
			this.open.get(i).close();
		}
	}

	@ParameterizedTest
	@EnumSource
	void requestsReachAllElements(Client client) {
		Function<HttpMethod, String> requests = client(client);
		assertThat(Stream.generate(() -> requests.apply(HttpMethod.GET)).limit(4).distinct())
			.containsExactlyInAnyOrder("first GET /items?a=b%20c", "second GET /items?a=b%20c");
		assertThat(requests.apply(HttpMethod.POST)).endsWith("POST /items?a=b%20c body");
	}

	@ParameterizedTest
	@EnumSource
	void whenAnElementDiesThenNoIdempotentRequestFails(Client client) {
		Function<HttpMethod, String> requests = client(client);
		for (int request = 0; request < REQUESTS; request++) {
			if (request == REQUESTS / 3) {
				this.first.kill();
			}
			assertThat(requests.apply(HttpMethod.GET)).contains("GET /items");
		}
		assertThat(this.second.requests()).isGreaterThan(REQUESTS / 2);
		Awaitility.await().until(() -> this.registrar.counters().get("failure_reports") > 0);
	}

	@ParameterizedTest
	@EnumSource
	void whenARequestWasNotSentThenItFailsOverThoughItIsNotIdempotent(Client client) {
		Function<HttpMethod, String> requests = client(client);
		this.first.kill();
		for (int request = 0; request < 10; request++) {
			assertThat(requests.apply(HttpMethod.POST)).startsWith("second POST");
		}
	}

	@ParameterizedTest
	@EnumSource
	void whenNobodyKnowsWhetherARequestWasCarriedOutThenItFailsUnlessItIsIdempotent(Client client) {
		Function<HttpMethod, String> requests = client(client);
		this.first.behave(Behaviour.BREAK);
		this.second.behave(Behaviour.BREAK);
		assertThatExceptionOfType(CallOutcomeUnknownException.class).isThrownBy(() -> requests.apply(HttpMethod.POST))
			.withMessageContaining("POST in pool shop")
			.withMessageContaining("not idempotent")
			.satisfies((failure) -> assertThat(failure.attempts()).hasSize(1))
			.satisfies((failure) -> assertThat(failure.getSuppressed()).isNotEmpty());
		assertThat(this.first.requests() + this.second.requests()).isEqualTo(1);
		this.second.behave(Behaviour.ANSWER);
		assertThat(requests.apply(HttpMethod.PUT)).startsWith("second PUT");
		assertThat(requests.apply(HttpMethod.PUT)).startsWith("second PUT");
	}

	@ParameterizedTest
	@EnumSource
	void whenAnAnswerBreaksOffThenAnIdempotentRequestFailsOver(Client client) {
		Function<HttpMethod, String> requests = client(client);
		this.first.behave(Behaviour.BREAK_IN_BODY);
		for (int request = 0; request < 4; request++) {
			assertThat(requests.apply(HttpMethod.GET)).startsWith("second GET");
		}
		assertThat(this.first.requests()).isPositive();
	}

	@ParameterizedTest
	@EnumSource
	void anAnswerIsAnAnswerWhateverItsStatus(Client client) {
		Function<HttpMethod, String> requests = client(client);
		this.first.behave(Behaviour.FAIL);
		this.second.behave(Behaviour.FAIL);
		Throwable failure = catchThrowable(() -> requests.apply(HttpMethod.GET));
		HttpStatusCode status = (failure instanceof WebClientResponseException web) ? web.getStatusCode()
				: ((HttpServerErrorException) failure).getStatusCode();
		assertThat(status.value()).isEqualTo(503);
		assertThat(this.first.requests() + this.second.requests()).isEqualTo(1);
	}

	@ParameterizedTest
	@EnumSource
	void whenAnElementRefusesThenARequestGoesElsewhereThoughItIsNotIdempotent(Client client) {
		Function<HttpMethod, String> requests = client(client);
		this.first.behave(Behaviour.REFUSE);
		for (int request = 0; request < 4; request++) {
			assertThat(requests.apply(HttpMethod.POST)).startsWith("second POST");
		}
		assertThat(this.first.requests()).isEqualTo(1);
		assertThat(this.registrar.counters()).containsEntry("failure_reports", 0L);
	}

	@ParameterizedTest
	@EnumSource
	void whenAWebServerIsNoElementOfThePoolThenItIsReported(Client client) {
		Function<HttpMethod, String> requests = client(client);
		this.first.behave(Behaviour.DISOWN);
		for (int request = 0; request < 4; request++) {
			assertThat(requests.apply(HttpMethod.POST)).startsWith("second POST");
		}
		Awaitility.await().until(() -> this.registrar.counters().get("failure_reports") > 0);
	}

	@ParameterizedTest
	@EnumSource
	void theDeadlineHoldsOverAllAttempts(Client client) {
		Function<HttpMethod, String> requests = client(client, "--rserpool.user.shop.deadline=300ms");
		this.first.behave(Behaviour.HANG);
		this.second.behave(Behaviour.HANG);
		assertThatExceptionOfType(DeadlineExceededException.class).isThrownBy(() -> requests.apply(HttpMethod.GET))
			.withMessageContaining("300 ms")
			.satisfies((failure) -> assertThat(failure.attempts()).hasSize(1));
		assertThat(Thread.currentThread().isInterrupted()).isFalse();
	}

	@ParameterizedTest
	@EnumSource
	void whenAllElementsAreDeadThenEachAttemptIsNamed(Client client) {
		Function<HttpMethod, String> requests = client(client);
		this.first.kill();
		this.second.kill();
		assertThatExceptionOfType(NoPoolElementException.class).isThrownBy(() -> requests.apply(HttpMethod.GET))
			.withMessageContaining("GET in pool shop")
			.satisfies((failure) -> assertThat(failure.attempts()).hasSizeBetween(2, 3)
				.allSatisfy((attempt) -> assertThat(attempt.error()).containsAnyOf("ConnectException",
						"Connection refused"))
				.extracting((attempt) -> attempt.element())
				.satisfies((elements) -> assertThat(elements.subList(0, 2)).doesNotHaveDuplicates()));
	}

	@ParameterizedTest
	@EnumSource
	void whenThePoolIsUnknownThenItIsNamed(Client client) {
		Function<HttpMethod, String> requests = client(client, "--rserpool.user.shop.pool=nowhere");
		assertThatExceptionOfType(RSerPoolException.class).isThrownBy(() -> requests.apply(HttpMethod.GET))
			.withMessageContaining("nowhere");
	}

	@ParameterizedTest
	@EnumSource
	void whenAMethodIsConfiguredAsIdempotentThenItIs(Client client) {
		Function<HttpMethod, String> requests = client(client, "--rserpool.user.shop.idempotent-methods=POST");
		this.first.behave(Behaviour.BREAK);
		for (int request = 0; request < 4; request++) {
			assertThat(requests.apply(HttpMethod.POST)).startsWith("second POST");
		}
		assertThat(this.first.requests()).isPositive();
	}

	@ParameterizedTest
	@EnumSource
	void aResponseMayHaveALengthAndNoBody(Client client) {
		assertThat(client(client).apply(HttpMethod.HEAD)).isNull();
	}

	@ParameterizedTest
	@EnumSource
	@Goal("G12")
	@DisplayName("G12: a web server with three addresses, one silent and one that refuses, is reached at the first attempt")
	void requestsArriveByTheAddressThatAnswers(Client client) throws Exception {
		add(new RawElement(this.registrar.port(), "moved", "moved",
				ElementMetadata.NONE.with(ElementMetadata.ADDRESSES, "=127.0.0.2,127.0.0.3,127.0.0.1"), false));
		Function<HttpMethod, String> requests = client(client, "--rserpool.user.shop.pool=moved",
				"--rserpool.user.shop.max-attempts=1");
		for (int request = 0; request < 3; request++) {
			assertThat(requests.apply(HttpMethod.POST)).startsWith("moved POST");
		}
		assertThat(this.registrar.counters()).containsEntry("failure_reports", 0L);
	}

	@ParameterizedTest
	@EnumSource
	@Goal("G10")
	@DisplayName("G10: a request in flight fails over when its web server drops all packets")
	void requestsInFlightFailOverWhenAnElementFallsSilent(Client client) throws Exception {
		RawElement silent = add(new RawElement(this.registrar.port(), "black", "silent", ElementMetadata.NONE, true));
		silent.behave(Behaviour.HANG);
		Function<HttpMethod, String> requests = client(client, "--rserpool.user.shop.pool=black");
		CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> requests.apply(HttpMethod.GET), THREADS);
		Awaitility.await().until(() -> silent.requests() == 1);
		add(new RawElement(this.registrar.port(), "black", "other"));
		silent.fallSilent();
		assertThat(answer.get(20, TimeUnit.SECONDS)).startsWith("other GET /items");
		for (int request = 0; request < 10; request++) {
			assertThat(requests.apply(HttpMethod.POST)).startsWith("other POST");
		}
		assertThat(silent.requests()).isEqualTo(1);
	}

	private Function<HttpMethod, String> client(Client client, String... arguments) {
		ConfigurableApplicationContext context = add(
				new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
					.registerShutdownHook(false)
					.properties("rserpool.registrars=localhost:" + this.registrar.port(), "spring.main.banner-mode=off",
							"rserpool.user.shop.deadline=30s")
					.run(arguments));
		Clients clients = context.getBean(Clients.class);
		return (method) -> client.request(clients, method);
	}

	private <T extends AutoCloseable> T add(T closeable) {
		this.open.add(closeable);
		return closeable;
	}

	enum Client {

		REST_CLIENT {

			@Override
			String request(Clients clients, HttpMethod method) {
				RestClient.RequestBodySpec request = clients.restClient().method(method).uri("/items?a={a}", "b c");
				if (method == HttpMethod.POST) {
					request.body("body");
				}
				return request.retrieve().body(String.class);
			}

		},

		WEB_CLIENT {

			@Override
			String request(Clients clients, HttpMethod method) {
				WebClient.RequestBodySpec request = clients.webClient().method(method).uri("/items?a={a}", "b c");
				if (method == HttpMethod.POST) {
					request.bodyValue("body");
				}
				return request.retrieve().bodyToMono(String.class).block();
			}

		};

		abstract String request(Clients clients, HttpMethod method);

	}

	record Clients(@PoolUser("shop") RestClient restClient, @PoolUser("shop") WebClient webClient) {
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Clients.class)
	static class Application {

	}

}
