package org.rserpool.integration;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.grpc.stub.StreamObserver;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.rserpool.Goal;
import org.rserpool.integration.Stocks.Quote;
import org.rserpool.integration.weather.Place;
import org.rserpool.integration.weather.Report;
import org.rserpool.integration.weather.WeatherGrpc;
import org.rserpool.integration.weather.WeatherGrpc.WeatherBlockingStub;
import org.rserpool.rpc.session.ElementSession;
import org.rserpool.rpc.session.MessageSession;
import org.rserpool.rpc.session.MessageSessionListener;
import org.rserpool.rpc.session.PoolSessionHandler;
import org.rserpool.rpc.session.SessionChange;
import org.rserpool.runtime.UserMessage;
import org.rserpool.spring.PoolElement;
import org.rserpool.spring.PoolUser;
import org.rserpool.spring.message.PoolSessionFactory;
import org.rserpool.test.autoconfigure.AutoConfigureRSerPool;
import org.rserpool.test.embedded.EmbeddedRegistrar;

import org.springframework.aot.AotDetector;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rserpool.test.assertions.RSerPoolAssertions.assertThat;

/**
 * An application with all bindings, the actuator and Spring Cloud, also when it is
 * generated ahead of time.
 */
@Goal("G17")
@DisplayName("G17: an application with all bindings works, also when it is generated ahead of time")
@SpringBootTest(classes = MarketTests.Application.class, webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "server.address=127.0.0.1", "rserpool.user.default.deadline=60s",
				"management.endpoints.web.exposure.include=*", "management.endpoint.health.show-details=always",
				// Ahead of time, Spring Cloud has to be told the services of its load
				// balancer.
				"spring.cloud.loadbalancer.eager-load.clients=stalls",
				"spring.cloud.gateway.server.webmvc.routes[0].id=stalls",
				"spring.cloud.gateway.server.webmvc.routes[0].uri=lb://stalls",
				"spring.cloud.gateway.server.webmvc.routes[0].predicates[0]=Path=/stalls/**" })
@AutoConfigureRSerPool
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class MarketTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	@Autowired
	private EmbeddedRegistrar registrar;

	@Autowired
	private Customer customer;

	@LocalServerPort
	private int port;

	@BeforeEach
	void awaitElements() {
		for (String pool : List.of("weather", "chat", "stocks", "market")) {
			assertThat(this.registrar).within(PATIENCE).hasPool(pool).withElements(1);
		}
	}

	@Test
	void runsInTheModeThatIsMeant() {
		assertThat(AotDetector.useGeneratedArtifacts()).isEqualTo(Boolean.getBoolean("spring.aot.enabled"));
	}

	@Test
	void callsByGrpcGoThroughThePool() {
		assertThat(this.customer.weather().tell(Place.newBuilder().setName("Kiel").build()).getText())
			.isEqualTo("rain in Kiel");
	}

	@Test
	void requestsByWebClientGoThroughThePool() {
		assertThat(this.customer.requests().get().uri("/open/fish").retrieve().bodyToMono(Quote.class).block())
			.isEqualTo(new Quote("fish", 4));
	}

	@Test
	void sessionsCarryMessages() throws InterruptedException {
		Talk talk = new Talk();
		try (MessageSession session = this.customer.chat().open(talk)) {
			assertThat(talk.heard.poll(60, TimeUnit.SECONDS)).isEqualTo("HELLO");
		}
	}

	@Test
	void methodsReturnWhatComesLater() {
		Stocks stocks = this.customer.stocks();
		assertThat(stocks.quote("fish").block()).isEqualTo(new Quote("fish", 4));
		assertThat(stocks.quotes("fish", 100).map(Quote::price).collectList().block()).hasSize(100).isSorted();
		assertThat(stocks.find("fish")).contains(new Quote("fish", 4));
		assertThat(stocks.find("")).isEmpty();
		assertThat(stocks.later("fish").toCompletableFuture().join()).isEqualTo(new Quote("fish", 4));
	}

	@Test
	void whenAnElementIsKilledThenIdempotentCallsGoOn(@TempDir Path directory) throws Exception {
		Process process = start(directory);
		try {
			assertThat(this.registrar).within(PATIENCE).hasPool("stocks").withElements(2);
			Stocks stocks = this.customer.stocks();
			Awaitility.await().atMost(PATIENCE).until(() -> stocks.process() == process.pid());
			process.destroyForcibly().waitFor();
			assertThat(Stream.generate(stocks::process).limit(20)).containsOnly(ProcessHandle.current().pid());
		}
		finally {
			process.destroyForcibly().waitFor();
		}
		assertThat(this.registrar).within(PATIENCE).hasPool("stocks").withElements(1);
	}

	@Test
	void theActuatorDrainsAndUndrains() {
		assertThat(get("/actuator/health")).contains("\"rserpool\"").contains("\"status\":\"UP\"");
		change("drain");
		assertThat(this.registrar).within(PATIENCE).hasNoPool("weather");
		assertThat(get("/actuator/rserpool")).contains("\"drained\":true");
		change("undrain");
		assertThat(this.registrar).within(PATIENCE).hasPool("weather").withElements(1);
	}

	@Test
	void springCloudFindsPools(@Autowired DiscoveryClient discovery) {
		assertThat(discovery.getInstances("market")).extracting(ServiceInstance::getPort).containsExactly(this.port);
		assertThat(discovery.getServices()).contains("market");
	}

	@Test
	void whenAnElementIsKilledThenTheGatewayGoesOnWithTheOther() throws Exception {
		try (Stall first = new Stall(this.registrar.address(), "stalls", "first");
				Stall second = new Stall(this.registrar.address(), "stalls", "second")) {
			Awaitility.await()
				.atMost(PATIENCE)
				.untilAsserted(
						() -> assertThat(List.of(route(), route())).containsExactlyInAnyOrder("first", "second"));
			first.kill();
			List<String> answers = Stream.generate(this::route).limit(10).toList();
			assertThat(answers).filteredOn("failed"::equals).hasSizeLessThanOrEqualTo(1);
			assertThat(answers.subList(5, 10)).containsOnly("second");
			second.kill();
		}
	}

	private String route() {
		try {
			return get("/stalls/fish");
		}
		catch (HttpServerErrorException ex) {
			return "failed";
		}
	}

	private String get(String path) {
		return Objects.requireNonNull(
				RestClient.create("http://127.0.0.1:" + this.port).get().uri(path).retrieve().body(String.class));
	}

	private void change(String action) {
		RestClient.create("http://127.0.0.1:" + this.port)
			.post()
			.uri("/actuator/rserpool")
			.contentType(MediaType.APPLICATION_JSON)
			.body(Map.of("action", action, "pool", "weather"))
			.retrieve()
			.toBodilessEntity();
	}

	private Process start(Path directory) throws IOException {
		return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-Xmx128m", "-cp", System.getProperty("java.class.path"),
				StocksElement.class.getName(), "--rserpool.listen=127.0.0.1:0",
				"--rserpool.registrars=" + this.registrar.hostAndPort())
			.redirectErrorStream(true)
			.redirectOutput(directory.resolve("stocks.log").toFile())
			.start();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ Market.class, Customer.class, Weather.class, Chat.class })
	static class Application {

		@Bean
		@PoolElement("stocks")
		Stocks knownStocks() {
			return new StocksElement();
		}

	}

	record Customer(@PoolUser("weather") WeatherBlockingStub weather, @PoolUser("market") WebClient requests,
			@PoolUser("chat") PoolSessionFactory chat, @PoolUser("stocks") Stocks stocks) {
	}

	@RestController
	@PoolElement("market")
	static class Market {

		@GetMapping("/open/{share}")
		Quote open(@PathVariable String share) {
			return new Quote(share, share.length());
		}

	}

	@PoolElement("weather")
	static class Weather extends WeatherGrpc.WeatherImplBase {

		@Override
		public void tell(Place place, StreamObserver<Report> reports) {
			reports.onNext(Report.newBuilder().setText("rain in " + place.getName()).build());
			reports.onCompleted();
		}

	}

	@PoolElement("chat")
	static class Chat implements PoolSessionHandler {

		@Override
		public void message(ElementSession session, UserMessage message) {
			session.send(said(text(message).toUpperCase(Locale.ROOT)));
		}

	}

	private static UserMessage said(String text) {
		return new UserMessage(0, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
	}

	private static String text(UserMessage message) {
		return StandardCharsets.UTF_8.decode(message.data()).toString();
	}

	private static final class Talk implements MessageSessionListener {

		private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

		@Override
		public void connected(MessageSession session, SessionChange change) {
			session.send(said("hello"));
		}

		@Override
		public void message(MessageSession session, UserMessage message) {
			this.heard.add(text(message));
		}

	}

}
