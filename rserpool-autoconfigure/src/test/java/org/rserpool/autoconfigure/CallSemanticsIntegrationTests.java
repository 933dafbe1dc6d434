package org.rserpool.autoconfigure;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rserpool.rpc.CallContext;
import org.rserpool.rpc.DeadlineExceededException;
import org.rserpool.rpc.RSerPoolException;
import org.rserpool.rpc.RemoteInvocationException;
import org.rserpool.spring.Deadline;
import org.rserpool.spring.Idempotent;
import org.rserpool.spring.PoolElement;
import org.rserpool.spring.PoolUser;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Results, deadlines and observations of calls, over sockets: one application is element
 * and user of two pools.
 */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class CallSemanticsIntegrationTests {

	private static final int TOO_LARGE = 16 << 20;

	private static TestRegistrar registrar;

	private static ConfigurableApplicationContext context;

	private static Numbers numbers;

	private static NumbersElement element;

	@BeforeAll
	static void start() {
		registrar = new TestRegistrar(0);
		Awaitility.await().until(() -> registrar.port() != 0);
		context = new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.registerShutdownHook(false)
			.properties("rserpool.registrars=127.0.0.1:" + registrar.port(), "rserpool.listen=127.0.0.1:0",
					"rserpool.user.default.deadline=30s", "rserpool.user.numbers.eager=true",
					"spring.main.banner-mode=off", "spring.jmx.enabled=false")
			.run();
		numbers = context.getBean(Caller.class).numbers();
		element = context.getBean(NumbersElement.class);
		Awaitility.await().until(() -> registrar.elements() == 2);
	}

	@AfterAll
	static void stop() {
		context.close();
		registrar.close();
	}

	@BeforeEach
	void clear() {
		context.getBean(TestObservationRegistry.class).clear();
	}

	@Test
	void monoHasTheResult() {
		assertThat(numbers.later(20).block()).isEqualTo(21);
		assertThat(numbers.none().block()).isNull();
		assertThatExceptionOfType(RSerPoolException.class).isThrownBy(() -> numbers.later(-1).block())
			.withMessageContaining("negative");
	}

	@Test
	void fluxHasAllItems() {
		assertThat(numbers.count(1000).collectList().block()).hasSize(1000).isSorted().startsWith(0).endsWith(999);
		assertThatExceptionOfType(RSerPoolException.class).isThrownBy(() -> numbers.count(-1).blockLast())
			.withMessageContaining("negative");
	}

	@Test
	void whenAnArgumentIsTooLargeThenThatCallAloneFailsAndIsNotMade() {
		int before = element.large.get();
		assertThatExceptionOfType(RSerPoolException.class).isThrownBy(() -> numbers.large(new byte[TOO_LARGE], 1))
			.withMessageContaining("cannot be sent: A message of ")
			.withMessageContaining("is longer than the 16777216 that a session carries");
		assertThat(element.large).hasValue(before);
		assertThat(numbers.large(new byte[1], 2)).hasSize(2);
	}

	@Test
	void whenAResultIsTooLargeThenThatCallAloneFailsAndIsNotMadeAgain() {
		int before = element.large.get();
		Mono<Integer> other = numbers.later(3).cache();
		other.subscribe();
		assertThatExceptionOfType(RemoteInvocationException.class)
			.isThrownBy(() -> numbers.large(new byte[1], TOO_LARGE))
			.withMessageContaining("is longer than the 16777216 that a session carries");
		assertThat(element.large).hasValue(before + 1);
		assertThat(other.block()).isEqualTo(4);
		assertThat(numbers.large(new byte[1], 2)).hasSize(2);
	}

	@Test
	void whenAnItemIsTooLargeThenItsStreamFailsAndEndsAtItsElement() {
		List<byte[]> items = new CopyOnWriteArrayList<>();
		assertThatExceptionOfType(RemoteInvocationException.class)
			.isThrownBy(() -> numbers.largeItems(1, TOO_LARGE, 2).doOnNext(items::add).blockLast())
			.withMessageContaining("is longer than the 16777216 that a session carries");
		assertThat(items).singleElement().satisfies((item) -> assertThat(item).hasSize(1));
		Awaitility.await().untilTrue(element.largeCancelled);
	}

	@Test
	void fluxThatIsCancelledEndsAtItsElement() {
		List<Integer> items = new CopyOnWriteArrayList<>();
		BaseSubscriber<Integer> subscriber = new BaseSubscriber<>() {

			@Override
			protected void hookOnNext(Integer item) {
				items.add(item);
			}

		};
		numbers.endless().subscribe(subscriber);
		Awaitility.await().until(() -> items.size() > 100);
		assertThat(element.cancelled).isFalse();
		subscriber.cancel();
		Awaitility.await().untilTrue(element.cancelled);
	}

	@Test
	void deadlineOfTheMethodEndsTheCallAndInterruptsItsElement() {
		assertThatExceptionOfType(DeadlineExceededException.class).isThrownBy(numbers::slow)
			.withMessageContaining("200 ms");
		Awaitility.await().until(() -> element.interrupted.getCount() == 0);
	}

	@Test
	void nestedCallsInheritTheDeadline() {
		assertThat(numbers.nested()).isBetween(1L, 10_000L);
		assertThat(numbers.nestedLater().block()).isBetween(1L, 10_000L);
	}

	@Test
	void callsAttemptsAndTheirExecutionAreObserved() {
		numbers.later(1).block();
		TestObservationRegistry observations = context.getBean(TestObservationRegistry.class);
		Awaitility.await().untilAsserted(() -> {
			TestObservationRegistryAssert.assertThat(observations)
				.hasObservationWithNameEqualTo("rserpool.client")
				.that()
				.hasLowCardinalityKeyValue("pool", "numbers")
				.hasLowCardinalityKeyValue("binding", "rpc")
				.hasLowCardinalityKeyValue("method", "Numbers.later")
				.hasLowCardinalityKeyValue("outcome", "ANSWERED")
				.hasLowCardinalityKeyValue("attempts", "1")
				.hasBeenStopped();
			TestObservationRegistryAssert.assertThat(observations)
				.hasObservationWithNameEqualTo("rserpool.client.attempt")
				.that()
				.hasLowCardinalityKeyValue("outcome", "ANSWERED")
				.hasHighCardinalityKeyValueWithKey("address")
				.hasParentObservationContextMatching((parent) -> parent.getName().equals("rserpool.client"))
				.hasBeenStopped();
			TestObservationRegistryAssert.assertThat(observations)
				.hasObservationWithNameEqualTo("rserpool.server")
				.that()
				.hasLowCardinalityKeyValue("method", "Numbers.later")
				.hasBeenStopped();
		});
	}

	interface Numbers {

		Mono<Integer> later(int number);

		Mono<Void> none();

		Flux<Integer> count(int end);

		Flux<Integer> endless();

		@Deadline("200ms")
		void slow();

		@Deadline("10s")
		long nested();

		@Deadline("10s")
		Mono<Long> nestedLater();

		@Idempotent
		byte[] large(byte[] argument, int size);

		Flux<byte[]> largeItems(int... sizes);

	}

	interface Time {

		long left();

	}

	@PoolElement("time")
	static class TimeElement implements Time {

		@Override
		public long left() {
			return CallContext.current().remaining().toMillis();
		}

	}

	@PoolElement("numbers")
	static class NumbersElement implements Numbers {

		private final AtomicBoolean cancelled = new AtomicBoolean();

		private final AtomicInteger large = new AtomicInteger();

		private final AtomicBoolean largeCancelled = new AtomicBoolean();

		private final CountDownLatch interrupted = new CountDownLatch(1);

		private final Time time;

		NumbersElement(@PoolUser("time") Time time) {
			this.time = time;
		}

		@Override
		public Mono<Integer> later(int number) {
			return (number < 0) ? Mono.error(new IllegalArgumentException("negative"))
					: Mono.delay(Duration.ofMillis(1)).map((tick) -> number + 1);
		}

		@Override
		public byte[] large(byte[] argument, int size) {
			this.large.incrementAndGet();
			return new byte[size];
		}

		@Override
		public Flux<byte[]> largeItems(int... sizes) {
			return Flux.fromStream(Arrays.stream(sizes).mapToObj(byte[]::new))
				.concatWith(Flux.never())
				.doOnCancel(() -> this.largeCancelled.set(true));
		}

		@Override
		public Mono<Void> none() {
			return Mono.empty();
		}

		@Override
		public Flux<Integer> count(int end) {
			if (end < 0) {
				throw new IllegalArgumentException("negative");
			}
			return Flux.range(0, end);
		}

		@Override
		public Flux<Integer> endless() {
			AtomicInteger next = new AtomicInteger();
			return Flux.<Integer>generate((sink) -> sink.next(next.getAndIncrement()))
				.doOnCancel(() -> this.cancelled.set(true));
		}

		@Override
		public void slow() {
			try {
				new CountDownLatch(1).await();
			}
			catch (InterruptedException ex) {
				this.interrupted.countDown();
			}
		}

		@Override
		public long nested() {
			return this.time.left();
		}

		@Override
		public Mono<Long> nestedLater() {
			return Mono.delay(Duration.ofMillis(1))
				.flatMap((tick) -> Mono
					.deferContextual((view) -> Mono.fromCallable(() -> view.<CallContext>get("org.rserpool.call"))))
				.map((served) -> {
					try (CallContext.Scope scope = served.open()) {
						return served.remaining().toMillis();
					}
				});
		}

	}

	record Caller(@PoolUser("numbers") Numbers numbers) {
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ Caller.class, NumbersElement.class, TimeElement.class })
	static class Application {

		@Bean
		TestObservationRegistry observationRegistry() {
			return TestObservationRegistry.create();
		}

	}

}
