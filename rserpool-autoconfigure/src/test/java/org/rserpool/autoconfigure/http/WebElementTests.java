package org.rserpool.autoconfigure.http;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rserpool.Goal;
import org.rserpool.autoconfigure.TestRegistrar;
import org.rserpool.spring.Idempotent;
import org.rserpool.spring.PoolElement;
import org.rserpool.spring.PoolUser;
import org.rserpool.spring.http.PoolClientHttpRequestInterceptor;
import org.rserpool.wire.Transport;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.service.registry.ImportHttpServices;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Web applications that are pool elements, and those that send them requests, all over
 * sockets.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class WebElementTests {

	/**
	 * Not the common pool, which may have one thread only: what waits there would hold up
	 * the HTTP client, whose answers it completes.
	 */
	private static final Executor THREADS = (task) -> new Thread(task, "waiting").start();

	private static final int REQUESTS = 50;

	private final List<AutoCloseable> open = new ArrayList<>();

	private TestRegistrar registrar;

	@BeforeEach
	void start() {
		this.registrar = new TestRegistrar();
		this.open.add(this.registrar);
	}

	@AfterEach
	void close() throws Exception {
		for (int i = this.open.size() - 1; i >= 0; i--) {
			this.open.get(i).close();
		}
	}

	@Test
	void whenTheWebServerRunsThenItsRealPortIsRegistered() {
		ConfigurableApplicationContext element = startElement(ControllerElement.class, "one");
		awaitElements(1);
		assertThat(transports()).singleElement()
			.isEqualTo(new Transport.Tcp(port(element), InetAddress.getLoopbackAddress()));
		assertThat(this.registrar.snapshot().pools().get(0).elements().get(0).metadata().binding()).isEqualTo("http");
		element.close();
		assertThat(transports()).isEmpty();
	}

	@Test
	void whenTheApplicationIsTheElementThenItsNameIsThePool() {
		startElement(ApplicationElement.class, "one", "--spring.application.name=application");
		awaitElements(1);
		assertThat(this.registrar.snapshot().pools()).singleElement()
			.satisfies((pool) -> assertThat(pool.handle()).hasToString("application"));
	}

	@Test
	void whenSeveralControllersAreOfOnePoolThenTheyAreOneElement() {
		startElement(TwoControllers.class, "one");
		awaitElements(1);
	}

	@Test
	void everyKindOfPoolUserIsInjectedInEveryStyle() {
		startElement(ControllerElement.class, "one");
		awaitElements(1);
		ConfigurableApplicationContext user = startUser();
		assertThat(user.getBean(ByConstructor.class).items().find("a")).isEqualTo("one:a");
		assertThat(user.getBean(ByField.class).restClient.get().uri("/items/b").retrieve().body(String.class))
			.isEqualTo("one:b");
		assertThat(user.getBean(ByObjectProvider.class)
			.webClient()
			.getObject()
			.get()
			.uri("/items/c")
			.retrieve()
			.bodyToMono(String.class)
			.block()).isEqualTo("one:c");
		assertThat(user.getBean(ByMethod.class).client.get().uri("/items/d").retrieve().body(String.class))
			.isEqualTo("one:d");
		assertThat(user.getBean(ByBeanMethod.class).items().find("e").block()).isEqualTo("one:e");
	}

	@Test
	void anyClientMayUseTheScheme() {
		startElement(ControllerElement.class, "one");
		awaitElements(1);
		ConfigurableApplicationContext user = startUser();
		RestClient client = RestClient.builder()
			.requestInterceptor(user.getBean(PoolClientHttpRequestInterceptor.class))
			.build();
		assertThat(client.get().uri("rserpool://items/items/a").retrieve().body(String.class)).isEqualTo("one:a");
	}

	@Test
	void groupsOfHttpServicesMayUseTheScheme() {
		startElement(ControllerElement.class, "one");
		awaitElements(1);
		ConfigurableApplicationContext user = start(GroupUser.class, WebApplicationType.NONE,
				"--spring.http.serviceclient.schemed.base-url=rserpool://items", "--rserpool.user.named.pool=items",
				"--spring.cloud.loadbalancer.enabled=false");
		assertThat(user.getBean(SchemedItems.class).find("a")).isEqualTo("one:a");
		assertThat(user.getBean(NamedItems.class).find("b")).isEqualTo("one:b");
	}

	@ParameterizedTest
	@ValueSource(strings = { "interface", "WebClient" })
	@Goal("G4")
	@DisplayName("G4: when a web element stops in order, no POST fails, and none is carried out twice")
	void whenAnElementStopsThenNoRequestFailsAndNoneIsMadeAgain(String kind) throws Exception {
		ConfigurableApplicationContext leaving = startElement(ControllerElement.class, "one");
		ConfigurableApplicationContext staying = startElement(ControllerElement.class, "two");
		awaitElements(2);
		ConfigurableApplicationContext user = startUser();
		Items items = user.getBean(ByConstructor.class).items();
		WebClient client = user.getBean(ByObjectProvider.class).webClient().getObject();
		UnaryOperator<String> post = kind.equals("interface") ? items::add
				: (id) -> client.post().uri("/items/" + id).retrieve().bodyToMono(String.class).block();
		AtomicInteger calls = new AtomicInteger();
		Map<String, AtomicInteger> served = new ConcurrentHashMap<>();
		List<Throwable> failures = new CopyOnWriteArrayList<>();
		AtomicBoolean enough = new AtomicBoolean();
		List<Thread> callers = Stream.generate(() -> caller(post, calls, served, failures, enough)).limit(2).toList();
		List<String> carriedOut = leaving.getBean(ItemsController.class).added;
		try {
			Awaitility.await().until(() -> count(served, "one") > REQUESTS && count(served, "two") > REQUESTS);
			leaving.close();
			int before = count(served, "two");
			Awaitility.await().until(() -> count(served, "two") > before + REQUESTS || !failures.isEmpty());
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
	void whenAnElementStopsThenARequestInProgressEnds() {
		ConfigurableApplicationContext element = startElement(ControllerElement.class, "one");
		awaitElements(1);
		Items items = startUser().getBean(ByConstructor.class).items();
		ItemsController controller = element.getBean(ItemsController.class);
		CompletableFuture<String> answer = CompletableFuture.supplyAsync(items::hold, THREADS);
		Awaitility.await().until(() -> controller.held.getCount() == 0);
		CompletableFuture<Void> closed = CompletableFuture.runAsync(element::close, THREADS);
		awaitElements(0);
		assertThat(answer).isNotDone();
		assertThat(closed).isNotDone();
		RestClient direct = RestClient.create("http://127.0.0.1:" + port(element));
		assertThat(direct.get().uri("/items/a").retrieve().body(String.class)).isEqualTo("one:a");
		assertThat(refusal(direct, "items")).isEqualTo("draining");
		controller.released.countDown();
		assertThat(answer.join()).isEqualTo("one held");
		closed.join();
	}

	@Test
	void whenTheApplicationRefusesTrafficThenItsElementLeavesAndComesBack() {
		ConfigurableApplicationContext element = startElement(ControllerElement.class, "one");
		awaitElements(1);
		RestClient direct = RestClient.create("http://127.0.0.1:" + port(element));
		AvailabilityChangeEvent.publish(element, ReadinessState.REFUSING_TRAFFIC);
		awaitElements(0);
		assertThat(refusal(direct, "items")).isEqualTo("draining");
		assertThat(refusal(direct, "other")).isEqualTo("unknown-pool");
		AvailabilityChangeEvent.publish(element, ReadinessState.ACCEPTING_TRAFFIC);
		awaitElements(1);
		assertThat(refusal(direct, "items")).isNull();
	}

	@Test
	void anIdempotentMethodOfAnInterfaceFailsOverThoughItIsAPost() throws Exception {
		RawElement broken = new RawElement(this.registrar.port(), "items", "broken");
		this.open.add(broken);
		startElement(ControllerElement.class, "one");
		awaitElements(2);
		broken.behave(RawElement.Behaviour.BREAK);
		Items items = startUser().getBean(ByConstructor.class).items();
		for (int request = 0; request < 4; request++) {
			assertThat(items.put("a")).isEqualTo("one:a");
		}
		assertThat(broken.requests()).isPositive();
	}

	private static String refusal(RestClient direct, String pool) {
		return direct.get()
			.uri("/items/a")
			.header("RSerPool-Pool", pool)
			.exchange((request, response) -> response.getHeaders().getFirst("RSerPool-Refused"));
	}

	private void awaitElements(int count) {
		Awaitility.await().until(() -> this.registrar.elements() == count);
	}

	private List<Transport> transports() {
		return this.registrar.snapshot()
			.pools()
			.stream()
			.flatMap((pool) -> pool.elements().stream())
			.map((element) -> element.userTransport())
			.toList();
	}

	private static int port(ConfigurableApplicationContext element) {
		return ((WebServerApplicationContext) element).getWebServer().getPort();
	}

	private ConfigurableApplicationContext startElement(Class<?> application, String name, String... more) {
		return start(application, WebApplicationType.SERVLET,
				Stream.concat(Stream.of("--name=" + name), Stream.of(more)).toArray(String[]::new));
	}

	private ConfigurableApplicationContext startUser() {
		return start(UserApplication.class, WebApplicationType.NONE);
	}

	private ConfigurableApplicationContext start(Class<?> application, WebApplicationType type, String... arguments) {
		ConfigurableApplicationContext context = new SpringApplicationBuilder(application).web(type)
			.registerShutdownHook(false)
			.properties("rserpool.registrars=localhost:" + this.registrar.port(), "server.port=0",
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
		String find(@PathVariable("id") String id);

		@PostExchange("/items/{id}")
		String add(@PathVariable("id") String id);

		@Idempotent
		@PostExchange("/items/{id}")
		String put(@PathVariable("id") String id);

		@GetExchange("/hold")
		String hold();

	}

	interface SchemedItems extends Items {

	}

	interface NamedItems extends Items {

	}

	interface LaterItems {

		@GetExchange("/items/{id}")
		Mono<String> find(@PathVariable("id") String id);

	}

	@RestController
	@PoolElement("items")
	static class ItemsController {

		private final List<String> added = new CopyOnWriteArrayList<>();

		private final CountDownLatch held = new CountDownLatch(1);

		private final CountDownLatch released = new CountDownLatch(1);

		private final String name;

		ItemsController(@Value("${name}") String name) {
			this.name = name;
		}

		@GetMapping("/items/{id}")
		String find(@PathVariable String id) {
			return this.name + ":" + id;
		}

		@PostMapping("/items/{id}")
		String add(@PathVariable String id) {
			this.added.add(id);
			return this.name + ":" + id;
		}

		@GetMapping("/hold")
		String hold() throws InterruptedException {
			this.held.countDown();
			this.released.await();
			return this.name + " held";
		}

	}

	@RestController
	@PoolElement("items")
	static class OtherController {

		@GetMapping("/other")
		String other() {
			return "other";
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(ItemsController.class)
	static class ControllerElement {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ ItemsController.class, OtherController.class })
	static class TwoControllers {

	}

	@Configuration
	@EnableAutoConfiguration
	@PoolElement
	static class ApplicationElement {

	}

	record ByConstructor(@PoolUser("items") Items items) {
	}

	static class ByField {

		@Autowired
		@PoolUser("items")
		RestClient restClient;

	}

	record ByObjectProvider(@PoolUser("items") ObjectProvider<WebClient> webClient) {
	}

	static class ByMethod {

		private RestClient client;

		@Autowired
		void use(@PoolUser("items") RestClient.Builder builder) {
			this.client = builder.build();
		}

	}

	record ByBeanMethod(LaterItems items) {
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ ByConstructor.class, ByField.class, ByObjectProvider.class, ByMethod.class })
	static class UserApplication {

		@Bean
		ByBeanMethod byBeanMethod(@PoolUser("items") LaterItems items) {
			return new ByBeanMethod(items);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@ImportHttpServices(group = "schemed", types = SchemedItems.class)
	@ImportHttpServices(group = "named", types = NamedItems.class)
	static class GroupUser {

	}

}
