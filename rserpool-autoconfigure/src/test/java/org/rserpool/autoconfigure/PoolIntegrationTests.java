package org.rserpool.autoconfigure;

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

import com.google.protobuf.Int64Value;
import com.google.protobuf.StringValue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rserpool.autoconfigure.health.HealthParts;
import org.rserpool.rpc.FailoverCall;
import org.rserpool.rpc.RSerPoolNode;
import org.rserpool.rpc.RemoteInvocationException;
import org.rserpool.spring.PoolElement;
import org.rserpool.spring.PoolUser;
import org.rserpool.spring.user.HandleResolver;
import org.rserpool.wire.Transport;
import reactor.core.publisher.Flux;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Applications that find each other by a registrar, all over sockets.
 */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class PoolIntegrationTests {

	/**
	 * Not the common pool, which may have one thread only: what waits there would hold up
	 * the HTTP client, whose answers it completes.
	 */
	private static final Executor THREADS = (task) -> new Thread(task, "waiting").start();

	private static final int CALLS = 200;

	private final List<AutoCloseable> open = new CopyOnWriteArrayList<>();

	@AfterEach
	void close() throws Exception {
		for (int i = this.open.size() - 1; i >= 0; i--) {
			this.open.get(i).close();
		}
	}

	@Test
	void whenAnElementIsRegisteredThenItIsCalled() {
		TestRegistrar registrar = registrar(0);
		startElement(registrar.port(), "one");
		awaitElements(registrar, 1);
		Names names = startUser(registrar.port());
		assertThat(names.greet("you")).isEqualTo("one greets you");
		assertThatThrownBy(() -> names.refuse("no")).isExactlyInstanceOf(RefusedException.class)
			.hasMessage("no")
			.hasCauseInstanceOf(RemoteInvocationException.class);
	}

	@Test
	void whenAnElementStopsThenNoCallFails() throws Exception {
		TestRegistrar registrar = registrar(0);
		ConfigurableApplicationContext first = startElement(registrar.port(), "one");
		startElement(registrar.port(), "two");
		awaitElements(registrar, 2);
		Names names = startUser(registrar.port());
		Map<String, AtomicInteger> served = new ConcurrentHashMap<>();
		List<Throwable> failures = new CopyOnWriteArrayList<>();
		AtomicBoolean enough = new AtomicBoolean();
		List<Thread> callers = List.of(caller(names, served, failures, enough), caller(names, served, failures, enough),
				caller(names, served, failures, enough));
		try {
			Awaitility.await().until(() -> count(served, "one") > CALLS && count(served, "two") > CALLS);
			first.close();
			int before = count(served, "two");
			Awaitility.await().until(() -> count(served, "two") > before + CALLS || !failures.isEmpty());
		}
		finally {
			enough.set(true);
			for (Thread caller : callers) {
				caller.join();
			}
		}
		assertThat(failures).isEmpty();
		assertThat(registrar.elements()).isEqualTo(1);
	}

	@Test
	void whenAnElementStopsThenACallInProgressEnds() {
		TestRegistrar registrar = registrar(0);
		ConfigurableApplicationContext element = startElement(registrar.port(), "one");
		awaitElements(registrar, 1);
		Names names = startUser(registrar.port());
		NamesElement bean = element.getBean(NamesElement.class);
		CompletableFuture<String> answer = CompletableFuture.supplyAsync(names::hold, THREADS);
		Awaitility.await().until(() -> bean.held.getCount() == 0);
		CompletableFuture<Void> closed = CompletableFuture.runAsync(element::close, THREADS);
		awaitElements(registrar, 0);
		assertThat(answer).isNotDone();
		assertThat(closed).isNotDone();
		bean.released.countDown();
		assertThat(answer.join()).isEqualTo("one held");
		closed.join();
	}

	@Test
	void whenNoRegistrarAnswersThenTheApplicationStartsAndJoinsLater() {
		TestRegistrar gone = registrar(0);
		int port = gone.port();
		this.open.remove(gone);
		gone.close();
		ConfigurableApplicationContext element = startElement(port, "one");
		assertThat(HealthParts.status(element)).isEqualTo(Status.OUT_OF_SERVICE);
		assertThat(HealthParts.part(element, "registrar").getDetails()).containsEntry("registrars",
				List.of("127.0.0.1:" + port));
		TestRegistrar registrar = registrar(port);
		awaitElements(registrar, 1);
		Awaitility.await().until(() -> HealthParts.status(element).equals(Status.UP));
		assertThat(element.getBean(RSerPoolNode.class).home()).isNotNull();
	}

	@Test
	void whenAllRegistrarsAreLostThenCallsGoOnAndElementsRegisterAgain() {
		TestRegistrar registrar = registrar(0);
		int port = registrar.port();
		ConfigurableApplicationContext element = startElement(port, "one");
		awaitElements(registrar, 1);
		ConfigurableApplicationContext user = start(UserApplication.class, port, "--rserpool.user.names.eager=true",
				"--rserpool.user.names.stale-cache-value=10ms");
		Names names = user.getBean(Caller.class).names();
		assertThat(names.greet("you")).isEqualTo("one greets you");
		this.open.remove(registrar);
		registrar.close();
		for (ConfigurableApplicationContext application : List.of(element, user)) {
			Awaitility.await().until(() -> HealthParts.status(application).equals(Status.DOWN));
			assertThat(HealthParts.part(application, "registrar").getDetails()).containsKey("reason");
		}
		assertThat(HealthParts.part(user, "pools").getStatus()).isEqualTo(Status.UP);
		assertThat(names.greet("them")).isEqualTo("one greets them");
		awaitElements(registrar(port), 1);
		for (ConfigurableApplicationContext application : List.of(element, user)) {
			Awaitility.await().until(() -> HealthParts.status(application).equals(Status.UP));
		}
	}

	@Test
	void whenThePolicyIsNotThatOfThePoolThenTheElementIsRefused() {
		TestRegistrar registrar = registrar(0);
		startElement(registrar.port(), "one");
		awaitElements(registrar, 1);
		ConfigurableApplicationContext second = startElement(registrar.port(), "two",
				"--rserpool.element.names.policy=least-used");
		Awaitility.await().until(() -> HealthParts.status(second).equals(Status.DOWN));
		assertThat(HealthParts.part(second, "elements").getDetails()).extractingByKey("elements")
			.asString()
			.contains("rejection=");
		assertThat(registrar.elements()).isEqualTo(1);
	}

	@Test
	void whenBothSidesHaveJsonThenCallsAreMadeAndWhenOneHasThenItIsSaid() {
		TestRegistrar registrar = registrar(0);
		startElement(registrar.port(), "one", "--rserpool.payload=json");
		awaitElements(registrar, 1);
		Names json = start(UserApplication.class, registrar.port(), "--rserpool.payload=json").getBean(Caller.class)
			.names();
		assertThat(json.greet("you")).isEqualTo("one greets you");
		Names cbor = startUser(registrar.port());
		assertThatThrownBy(() -> cbor.greet("you")).isExactlyInstanceOf(RemoteInvocationException.class)
			.hasMessageContaining("its pool user encodes payloads in cbor, and the element of pool names in json");
	}

	@Test
	void whenBothSidesHaveProtocolBuffersThenMessagesAreExchanged() {
		TestRegistrar registrar = registrar(0);
		ConfigurableApplicationContext both = start(LetterApplication.class, registrar.port(),
				"--rserpool.payload=protobuf");
		awaitElements(registrar, 1);
		LetterUser user = both.getBean(LetterUser.class);
		assertThat(user.letters().count(StringValue.of("letter"))).isEqualTo(Int64Value.of(6));
		assertThat(user.letters().streamed(StringValue.of("abc")).collectList().block())
			.containsExactly(StringValue.of("a"), StringValue.of("b"), StringValue.of("c"));
		assertThatThrownBy(() -> user.letters().plain("text"))
			.hasMessageContaining("java.lang.String is no protobuf message");
	}

	@Test
	void whenAPoolIsResolvedThenItsElementsAreFound() throws Exception {
		TestRegistrar registrar = registrar(0);
		startElement(registrar.port(), "one", "--rserpool.element.names.identifier=7");
		awaitElements(registrar, 1);
		HandleResolver resolver = start(ResolverApplication.class, registrar.port()).getBean(Resolver.class).names();
		var element = resolver.select().get(30, TimeUnit.SECONDS);
		assertThat(element.identifier()).isEqualTo(7);
		assertThat(element.userTransport()).isInstanceOf(Transport.class);
		assertThat(resolver.elements().get(30, TimeUnit.SECONDS)).containsExactly(element);
		FailoverCall call = resolver.call("greet", true);
		assertThat(call.next().get(30, TimeUnit.SECONDS)).isEqualTo(element);
		call.answered();
	}

	private TestRegistrar registrar(int port) {
		TestRegistrar registrar = new TestRegistrar(port);
		this.open.add(registrar);
		Awaitility.await().until(() -> registrar.port() != 0);
		return registrar;
	}

	private static void awaitElements(TestRegistrar registrar, int count) {
		Awaitility.await().until(() -> registrar.elements() == count);
	}

	private ConfigurableApplicationContext startElement(int port, String name, String... more) {
		String[] arguments = new String[more.length + 1];
		arguments[0] = "--name=" + name;
		System.arraycopy(more, 0, arguments, 1, more.length);
		return start(ElementApplication.class, port, arguments);
	}

	private Names startUser(int port) {
		return start(UserApplication.class, port).getBean(Caller.class).names();
	}

	private ConfigurableApplicationContext start(Class<?> application, int port, String... arguments) {
		ConfigurableApplicationContext context = new SpringApplicationBuilder(application).web(WebApplicationType.NONE)
			.registerShutdownHook(false)
			.properties("rserpool.registrars=127.0.0.1:" + port, "rserpool.listen=127.0.0.1:0",
					"rserpool.user.names.deadline=60s", "spring.main.banner-mode=off", "spring.jmx.enabled=false")
			.run(arguments);
		this.open.add(context);
		return context;
	}

	private static Thread caller(Names names, Map<String, AtomicInteger> served, List<Throwable> failures,
			AtomicBoolean enough) {
		Thread thread = new Thread(() -> {
			while (!enough.get()) {
				try {
					String name = names.greet("you").replace(" greets you", "");
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

	interface Names {

		String greet(String whom);

		String hold();

		void refuse(String reason) throws RefusedException;

	}

	static class RefusedException extends Exception {

		private static final long serialVersionUID = 1L;

		RefusedException(String message) {
			super(message);
		}

	}

	@PoolElement("names")
	static class NamesElement implements Names {

		private final CountDownLatch held = new CountDownLatch(1);

		private final CountDownLatch released = new CountDownLatch(1);

		private final String name;

		NamesElement(@Value("${name}") String name) {
			this.name = name;
		}

		@Override
		public String greet(String whom) {
			return this.name + " greets " + whom;
		}

		@Override
		public String hold() {
			this.held.countDown();
			try {
				this.released.await();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException("The call was interrupted", ex);
			}
			return this.name + " held";
		}

		@Override
		public void refuse(String reason) throws RefusedException {
			throw new RefusedException(reason);
		}

	}

	record Caller(@PoolUser("names") Names names) {
	}

	interface Letters {

		Int64Value count(StringValue letters);

		Flux<StringValue> streamed(StringValue letters);

		String plain(String letters);

	}

	@PoolElement("letters")
	static class LettersElement implements Letters {

		@Override
		public Int64Value count(StringValue letters) {
			return Int64Value.of(letters.getValue().length());
		}

		@Override
		public Flux<StringValue> streamed(StringValue letters) {
			return Flux.fromArray(letters.getValue().split("")).map(StringValue::of);
		}

		@Override
		public String plain(String letters) {
			return letters;
		}

	}

	record LetterUser(@PoolUser("letters") Letters letters) {
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ LettersElement.class, LetterUser.class })
	static class LetterApplication {

	}

	record Resolver(@PoolUser("names") HandleResolver names) {
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Resolver.class)
	static class ResolverApplication {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(NamesElement.class)
	static class ElementApplication {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Caller.class)
	static class UserApplication {

	}

}
