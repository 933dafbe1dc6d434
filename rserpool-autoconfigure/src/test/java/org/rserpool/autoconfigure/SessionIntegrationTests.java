package org.rserpool.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rserpool.Goal;
import org.rserpool.rpc.RemoteInvocationException;
import org.rserpool.rpc.SessionRefusedException;
import org.rserpool.spring.PoolElement;
import org.rserpool.spring.PoolUser;
import org.rserpool.spring.session.PoolSession;
import org.rserpool.spring.session.PoolSessionContext;
import org.rserpool.spring.session.PoolSessionScope;
import org.rserpool.spring.session.PoolSessions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Sessions over sockets, between applications that come and go.
 */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class SessionIntegrationTests {

	private static final String KEYS = "rserpool.element.cart.state.keys=";

	private static final String KEY = "a:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

	private static final String OTHER_KEY = "b:AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

	private final List<ConfigurableApplicationContext> contexts = new ArrayList<>();

	private TestRegistrar registrar;

	private Shop shop;

	@BeforeEach
	void start() {
		this.registrar = new TestRegistrar(0);
		Awaitility.await().until(() -> this.registrar.port() != 0);
		this.shop = run(UserApplication.class).getBean(Shop.class);
	}

	@AfterEach
	void stop() {
		this.contexts.forEach(ConfigurableApplicationContext::close);
		this.registrar.close();
	}

	private ConfigurableApplicationContext run(Class<?> application, String... properties) {
		ConfigurableApplicationContext context = new SpringApplicationBuilder(application).web(WebApplicationType.NONE)
			.registerShutdownHook(false)
			.properties("rserpool.registrars=127.0.0.1:" + this.registrar.port(), "rserpool.listen=127.0.0.1:0",
					"rserpool.user.default.deadline=30s", "spring.main.banner-mode=off", "spring.jmx.enabled=false")
			.properties(properties)
			.run();
		this.contexts.add(context);
		return context;
	}

	private ConfigurableApplicationContext element(String... properties) {
		int before = this.registrar.elements();
		ConfigurableApplicationContext context = run(ElementApplication.class, properties);
		Awaitility.await().until(() -> this.registrar.elements() > before);
		return context;
	}

	@Test
	@Goal("G7")
	@DisplayName("G7: a session goes from one application to the next as often as its own ends, and loses nothing")
	void sessionGoesFromApplicationToApplication() {
		ConfigurableApplicationContext current = element(KEYS + KEY);
		try (PoolSession<Cart> session = this.shop.carts.open()) {
			Cart cart = session.service();
			for (int round = 1; round <= 4; round++) {
				assertThat(cart.add(new Item("apple", round))).isEqualTo(2 * round - 1);
				ConfigurableApplicationContext next = element(KEYS + KEY);
				current.close();
				current = next;
				assertThat(cart.add(new Item("pear", round))).isEqualTo(2 * round);
			}
			assertThat(cart.items()).hasSize(8).startsWith(new Item("apple", 1)).endsWith(new Item("pear", 4));
			assertThat(cart.context()).endsWith(" 10");
			assertThat(session.version()).isGreaterThanOrEqualTo(8);
		}
	}

	@Test
	void sessionsAreKeptApartAndInOrder() {
		element(KEYS + KEY, "rserpool.element.cart.state.encrypted=true");
		try (PoolSession<Cart> one = this.shop.carts.open(); PoolSession<Cart> two = this.shop.carts.open()) {
			List<CompletableFuture<Integer>> results = new ArrayList<>();
			for (int count = 0; count < 10; count++) {
				results.add(one.service().addLater(new Item("a", count)));
				results.add(two.service().addReactive(new Item("b", count)).toFuture());
			}
			CompletableFuture.allOf(results.toArray(CompletableFuture<?>[]::new)).join();
			assertThat(one.service().items()).extracting(Item::count).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
			assertThat(two.service().items()).hasSize(10).allMatch((item) -> item.name().equals("b"));
			assertThat(one.id()).isNotEqualTo(two.id());
			assertThat(one.service().context()).startsWith(one.id());
		}
	}

	@Test
	void stateWithoutABeanIsKeptToo() {
		element(KEYS + KEY);
		try (PoolSession<Cart> session = this.shop.carts.open()) {
			assertThat(session.service().visits()).isEqualTo(1);
			assertThat(session.service().visits()).isEqualTo(2);
		}
	}

	@Test
	void elementWithAnotherKeySaysSo() {
		ConfigurableApplicationContext first = element(KEYS + KEY);
		try (PoolSession<Cart> session = this.shop.carts.open()) {
			session.service().add(new Item("apple", 1));
			element(KEYS + OTHER_KEY);
			first.close();
			assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> session.service().items())
				.withMessageContaining("the key \"a\" of the cookie is not known here; known are [b]");
			element(KEYS + OTHER_KEY + "," + KEY);
			assertThat(session.service().items()).hasSize(1);
		}
	}

	@Test
	void closedSessionMakesNoCalls() {
		element(KEYS + KEY);
		PoolSession<Cart> session = this.shop.carts.open();
		session.close();
		session.close();
		assertThatIllegalStateException().isThrownBy(() -> session.service().items()).withMessageContaining("closed");
	}

	@Test
	void callWithoutASessionHasNoState() {
		element(KEYS + KEY);
		assertThatExceptionOfType(RemoteInvocationException.class).isThrownBy(() -> this.shop.plain.items())
			.withMessageContaining("poolSession");
		assertThat(this.shop.plain.hello()).isEqualTo("hello");
	}

	@Test
	void stateOverTheLimitIsUndone() {
		element(KEYS + KEY, "rserpool.element.cart.state.max-size=200B");
		try (PoolSession<Cart> session = this.shop.carts.open()) {
			session.service().add(new Item("a", 1));
			assertThatExceptionOfType(RemoteInvocationException.class)
				.isThrownBy(() -> session.service().add(new Item("x".repeat(200), 2)))
				.withMessageContaining("state.max-size");
			assertThat(session.service().items()).containsExactly(new Item("a", 1));
		}
	}

	@Test
	void aStreamIsRefusedInASession() {
		element(KEYS + KEY);
		try (PoolSession<Cart> session = this.shop.carts.open()) {
			session.service().add(new Item("apple", 1));
			Flux<String> names = session.service().names();
			assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> names.blockLast())
				.withMessageContaining("names")
				.withMessageContaining("answered by a stream, which is part of no session");
			assertThat(session.service().items()).hasSize(1);
		}
		assertThat(this.shop.plain.names().collectList().block()).containsExactly("apple", "pear");
	}

	@Test
	void elementWithoutKeysDoesNotStartAndSaysWhatToSet() {
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> run(ElementApplication.class))
			.withStackTraceContaining("'cart' depends on")
			.withStackTraceContaining("@PoolSessionScope")
			.satisfies((ex) -> {
				FailureAnalysis analysis = new PoolSessionKeysMissingFailureAnalyzer().analyze(ex);
				assertThat(analysis.getDescription()).contains("'cart'", "@PoolSessionScope");
				assertThat(analysis.getAction()).contains("'rserpool.element.cart.state.keys'", "IDENTIFIER:SECRET",
						"'rserpool.element.cart.state.ephemeral-key=true'");
			});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					rserpool.element.cart.state.keys=c2VjcmV0c2VjcmV0c2VjcmV0            | element.cart.state.keys    | no colon
					rserpool.element.cart.state.keys=a:secret!secret!secret              | element.cart.state.keys    | "a" is not in Base64
					rserpool.element.default.state.keys=a:AAAA                           | element.default.state.keys | at least 16
					rserpool.element.cart.state.keys=a:AAAAAAAAAAAAAAAAAAAAAAAA,a:AAAAAAAAAAAAAAAAAAAAAAAA | element.cart.state.keys | Two keys
					rserpool.element.cart.state.max-size=2MB                             | element.cart.state.max-size | from 1 to 1048576
					rserpool.element.default.state.expiry=0s                             | element.default.state.expiry | not positive
					""")
	void invalidStateIsNamedWithItsPropertyAndWithoutSecrets(String property, String name, String reason) {
		List<String> properties = property.contains("keys=") ? List.of(property) : List.of(KEYS + KEY, property);
		assertThatExceptionOfType(RuntimeException.class)
			.isThrownBy(() -> run(ElementApplication.class, properties.toArray(String[]::new)))
			.satisfies((ex) -> {
				FailureAnalysis analysis = new InvalidSessionStateFailureAnalyzer().analyze(ex);
				assertThat(analysis).isNotNull();
				assertThat(analysis.getDescription()).contains("'rserpool." + name + "'", reason)
					.doesNotContain("c2Vj", "secret!");
				assertThat(analysis.getAction()).contains("'rserpool." + name + "'");
			});
	}

	@Test
	void ephemeralKeyIsForOneElement() {
		ConfigurableApplicationContext first = element("rserpool.element.default.state.ephemeral-key=true");
		try (PoolSession<Cart> session = this.shop.carts.open()) {
			assertThat(session.service().add(new Item("a", 1))).isOne();
			assertThat(session.service().add(new Item("a", 2))).isEqualTo(2);
			element("rserpool.element.default.state.ephemeral-key=true");
			first.close();
			assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> session.service().items())
				.withMessageContaining("not known here");
		}
	}

	@Test
	void sessionWithAnElementWithoutSessionsIsRefused() {
		run(StatelessApplication.class);
		Awaitility.await().until(() -> this.registrar.elements() == 1);
		try (PoolSession<Cart> session = this.shop.carts.open()) {
			assertThatExceptionOfType(SessionRefusedException.class).isThrownBy(() -> session.service().hello())
				.withMessageContaining("rserpool.element.cart.state.keys");
		}
	}

	interface Cart {

		int add(Item item);

		CompletableFuture<Integer> addLater(Item item);

		Mono<Integer> addReactive(Item item);

		List<Item> items();

		String context();

		int visits();

		String hello();

		Flux<String> names();

	}

	record Item(String name, int count) {
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Shop.class)
	static class UserApplication {

	}

	static class Shop {

		private final PoolSessions<Cart> carts;

		private final Cart plain;

		Shop(@PoolUser("cart") PoolSessions<Cart> carts, @PoolUser("cart") Cart plain) {
			this.carts = carts;
			this.plain = plain;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ CartService.class, CartState.class })
	static class ElementApplication {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class StatelessApplication {

		@Bean
		@PoolElement("cart")
		CartService cartService() {
			return new CartService(new CartState());
		}

	}

	@PoolElement("cart")
	static class CartService implements Cart {

		private final CartState state;

		CartService(CartState state) {
			this.state = state;
		}

		@Override
		public int add(Item item) {
			this.state.items().add(item);
			return this.state.items().size();
		}

		@Override
		public CompletableFuture<Integer> addLater(Item item) {
			return CompletableFuture.completedFuture(add(item));
		}

		@Override
		public Mono<Integer> addReactive(Item item) {
			return Mono.just(add(item));
		}

		@Override
		public List<Item> items() {
			return List.copyOf(this.state.items());
		}

		@Override
		public String context() {
			PoolSessionContext context = PoolSessionContext.current();
			return context.id() + " " + context.callNumber();
		}

		@Override
		public int visits() {
			return ++PoolSessionContext.current().state(Visits.class).count;
		}

		@Override
		public String hello() {
			return "hello";
		}

		@Override
		public Flux<String> names() {
			return Flux.just("apple", "pear");
		}

	}

	@PoolSessionScope
	static class CartState {

		private final List<Item> items = new ArrayList<>();

		List<Item> items() {
			return this.items;
		}

	}

	static class Visits {

		private int count;

	}

}
