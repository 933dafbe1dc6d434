package org.rserpool.webflux;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rserpool.spring.PoolUser;
import org.rserpool.spring.element.PoolElementRegistry;
import org.rserpool.test.embedded.EmbeddedRegistrar;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.Transport;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.reactor.netty.NettyWebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpHeaders;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PostExchange;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reactive web applications that are pool elements, and those that send them requests,
 * all over sockets.
 */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class ReactiveElementTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final int REQUESTS = 50;

	private final EmbeddedRegistrar registrar = EmbeddedRegistrar.start();

	private final List<ConfigurableApplicationContext> open = new ArrayList<>();

	@AfterEach
	void close() {
		for (int i = this.open.size() - 1; i >= 0; i--) {
			this.open.get(i).close();
		}
		this.registrar.close();
	}

	@Test
	void thereIsNothingOfServlets() {
		assertThat(ClassUtils.isPresent("jakarta.servlet.Servlet", null)).isFalse();
	}

	@Test
	void whenTheWebServerRunsThenItsRealPortIsRegisteredUntilItStops() {
		ConfigurableApplicationContext element = startElement("one");
		assertThat(((WebServerApplicationContext) element).getWebServer()).isInstanceOf(NettyWebServer.class);
		awaitElements(1);
		PoolElement registered = this.registrar.elements("items").get(0);
		assertThat(registered.userTransport())
			.isEqualTo(new Transport.Tcp(port(element), InetAddress.getLoopbackAddress()));
		assertThat(registered.metadata().binding()).isEqualTo("http");
		element.close();
		assertThat(this.registrar.elements("items")).isEmpty();
	}

	@Test
	void requestsOfPoolUsersAndOfOthersAreServed() {
		ConfigurableApplicationContext element = startElement("one");
		awaitElements(1);
		User user = startUser();
		assertThat(user.items().find("a").block(PATIENCE)).isEqualTo("one:a");
		assertThat(user.client().get().uri("/items/b").retrieve().bodyToMono(String.class).block(PATIENCE))
			.isEqualTo("one:b");
		assertThat(get(element, "/items/c").block(PATIENCE)).isEqualTo("one:c");
		awaitInProgress(element, 0);
	}

	@Test
	void whenAnElementStopsThenARequestInProgressEndsAndOthersAreRefusedBeforeTheyBegin() throws Exception {
		ConfigurableApplicationContext element = startElement("one");
		awaitElements(1);
		ItemsController controller = element.getBean(ItemsController.class);
		CompletableFuture<String> answer = startUser().items().hold().toFuture();
		assertThat(controller.held.await(60, TimeUnit.SECONDS)).isTrue();
		awaitInProgress(element, 1);
		CompletableFuture<Void> closed = CompletableFuture.runAsync(element::close,
				(task) -> new Thread(task, "closing").start());
		awaitElements(0);
		assertThat(refusal(element, "items")).isEqualTo("503 draining");
		assertThat(get(element, "/items/a").block(PATIENCE)).isEqualTo("one:a");
		assertThat(answer).isNotDone();
		assertThat(closed).isNotDone();
		controller.released.tryEmitEmpty().orThrow();
		assertThat(answer).succeedsWithin(PATIENCE).isEqualTo("one held");
		assertThat(closed).succeedsWithin(PATIENCE);
		assertThat(((WebServerApplicationContext) element).getWebServer().getPort()).isEqualTo(-1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "interface", "WebClient" })
	void whenAnElementStopsThenNoPostFailsAndNoneIsCarriedOutTwice(String kind) throws Exception {
		ConfigurableApplicationContext leaving = startElement("one");
		ConfigurableApplicationContext staying = startElement("two");
		awaitElements(2);
		User user = startUser();
		UnaryOperator<String> post = kind.equals("interface") ? (id) -> user.items().add(id).block(PATIENCE)
				: (id) -> user.client().post().uri("/items/" + id).retrieve().bodyToMono(String.class).block(PATIENCE);
		AtomicInteger calls = new AtomicInteger();
		Map<String, AtomicInteger> served = new ConcurrentHashMap<>();
		List<Throwable> failures = new CopyOnWriteArrayList<>();
		AtomicBoolean enough = new AtomicBoolean();
		List<Thread> callers = Stream.generate(() -> caller(post, calls, served, failures, enough)).limit(2).toList();
		List<String> carriedOut = leaving.getBean(ItemsController.class).added;
		try {
			await().until(() -> count(served, "one") > REQUESTS && count(served, "two") > REQUESTS);
			leaving.close();
			int before = count(served, "two");
			await().until(() -> count(served, "two") > before + REQUESTS || !failures.isEmpty());
		}
		finally {
			enough.set(true);
			for (Thread caller : callers) {
				caller.join();
			}
		}
		assertThat(failures).isEmpty();
		List<String> all = new ArrayList<>(carriedOut);
		all.addAll(staying.getBean(ItemsController.class).added);
		assertThat(all).doesNotHaveDuplicates().hasSize(calls.get());
	}

	@Test
	void requestsBeyondTheLimitGoElsewhereOrAreRefused() throws Exception {
		ConfigurableApplicationContext full = startElement("full", "--rserpool.element.items.concurrency-limit=1");
		awaitElements(1);
		ItemsController controller = full.getBean(ItemsController.class);
		User user = startUser();
		CompletableFuture<String> answer = user.items().hold().toFuture();
		assertThat(controller.held.await(60, TimeUnit.SECONDS)).isTrue();
		assertThat(refusal(full, "items")).isEqualTo("503 overloaded");
		assertThat(get(full, "/items/a").block(PATIENCE)).isEqualTo("full:a");
		startElement("other");
		awaitElements(2);
		User later = startUser();
		for (int request = 0; request < 4; request++) {
			assertThat(later.items().add("a").block(PATIENCE)).isEqualTo("other:a");
		}
		controller.released.tryEmitEmpty().orThrow();
		assertThat(answer).succeedsWithin(PATIENCE).isEqualTo("full held");
		await().until(() -> refusal(full, "items").equals("200"));
	}

	@Test
	void aRequestThatIsGivenUpMakesRoomForOthers() throws Exception {
		ConfigurableApplicationContext element = startElement("one", "--rserpool.element.items.concurrency-limit=1");
		awaitElements(1);
		ItemsController controller = element.getBean(ItemsController.class);
		Disposable request = startUser().items().hold().subscribe();
		assertThat(controller.held.await(60, TimeUnit.SECONDS)).isTrue();
		assertThat(refusal(element, "items")).isEqualTo("503 overloaded");
		request.dispose();
		awaitInProgress(element, 0);
		assertThat(refusal(element, "items")).isEqualTo("200");
	}

	@Test
	void requestsForPoolsWithoutAnElementHereAreRefused() {
		ConfigurableApplicationContext element = startElement("one");
		awaitElements(1);
		assertThat(refusal(element, "items")).isEqualTo("200");
		assertThat(refusal(element, "other")).isEqualTo("503 unknown-pool");
	}

	@Test
	void whenTheApplicationRefusesTrafficThenItsElementLeavesAndComesBack() {
		ConfigurableApplicationContext element = startElement("one");
		awaitElements(1);
		AvailabilityChangeEvent.publish(element, ReadinessState.REFUSING_TRAFFIC);
		awaitElements(0);
		assertThat(refusal(element, "items")).isEqualTo("503 draining");
		AvailabilityChangeEvent.publish(element, ReadinessState.ACCEPTING_TRAFFIC);
		awaitElements(1);
		assertThat(refusal(element, "items")).isEqualTo("200");
	}

	/**
	 * Sends a request to an element as a pool user does.
	 * @return the status, with the reason if the request is refused
	 */
	private static String refusal(ConfigurableApplicationContext element, String pool) {
		return WebClient.create("http://127.0.0.1:" + port(element))
			.get()
			.uri("/items/a")
			.header("RSerPool-Pool", pool)
			.exchangeToMono((response) -> response.releaseBody()
				.thenReturn(status(response.statusCode().value(), response.headers().asHttpHeaders())))
			.block(PATIENCE);
	}

	private static String status(int status, HttpHeaders headers) {
		String refused = headers.getFirst("RSerPool-Refused");
		return (refused != null) ? status + " " + refused : Integer.toString(status);
	}

	private static Mono<String> get(ConfigurableApplicationContext element, String path) {
		return WebClient.create("http://127.0.0.1:" + port(element))
			.get()
			.uri(path)
			.retrieve()
			.bodyToMono(String.class);
	}

	private static int port(ConfigurableApplicationContext element) {
		return ((WebServerApplicationContext) element).getWebServer().getPort();
	}

	private void awaitElements(int count) {
		await().until(() -> this.registrar.elements("items").size() == count);
	}

	private static void awaitInProgress(ConfigurableApplicationContext element, int count) {
		PoolElementRegistry registry = element.getBean(PoolElementRegistry.class);
		await().untilAsserted(() -> assertThat(registry.status()).singleElement()
			.satisfies((status) -> assertThat(status.callsInProgress()).isEqualTo(count)));
	}

	private static ConditionFactory await() {
		return Awaitility.await().atMost(PATIENCE);
	}

	private ConfigurableApplicationContext startElement(String name, String... more) {
		return start(ElementApplication.class, WebApplicationType.REACTIVE,
				Stream.concat(Stream.of("--name=" + name), Stream.of(more)).toArray(String[]::new));
	}

	private User startUser() {
		return start(UserApplication.class, WebApplicationType.NONE).getBean(User.class);
	}

	private ConfigurableApplicationContext start(Class<?> application, WebApplicationType type, String... arguments) {
		ConfigurableApplicationContext context = new SpringApplicationBuilder(application).web(type)
			.registerShutdownHook(false)
			.properties("rserpool.registrars=" + this.registrar.hostAndPort(), "server.port=0",
					"rserpool.user.default.deadline=60s", "spring.main.banner-mode=off", "spring.jmx.enabled=false")
			.run(arguments);
		this.open.add(context);
		return context;
	}

	private static Thread caller(UnaryOperator<String> post, AtomicInteger calls, Map<String, AtomicInteger> served,
			List<Throwable> failures, AtomicBoolean enough) {
		Thread thread = new Thread(() -> {
			while (!enough.get()) {
				try {
					String name = post.apply(Integer.toString(calls.incrementAndGet())).replaceAll(":.*", "");
					served.computeIfAbsent(name, (key) -> new AtomicInteger()).incrementAndGet();
				}
				catch (RuntimeException ex) {
					failures.add(ex);
					return;
				}
			}
		});
		thread.start();
		return thread;
	}

	private static int count(Map<String, AtomicInteger> served, String name) {
		return served.getOrDefault(name, new AtomicInteger()).get();
	}

	interface Items {

		@GetExchange("/items/{id}")
		Mono<String> find(@PathVariable("id") String id);

		@PostExchange("/items/{id}")
		Mono<String> add(@PathVariable("id") String id);

		@GetExchange("/hold")
		Mono<String> hold();

	}

	record User(@PoolUser("items") Items items, @PoolUser("items") WebClient client) {
	}

	/**
	 * Gives each application event loops of its own: those that all in one process share
	 * end with the first application.
	 */
	@Configuration(proxyBeanMethods = false)
	static class OwnLoops {

		@Bean
		ReactorResourceFactory reactorResourceFactory() {
			ReactorResourceFactory resources = new ReactorResourceFactory();
			resources.setUseGlobalResources(false);
			return resources;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ OwnLoops.class, ItemsController.class })
	static class ElementApplication {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ OwnLoops.class, User.class })
	static class UserApplication {

	}

}
