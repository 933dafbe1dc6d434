package org.rserpool.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rserpool.Goal;
import org.rserpool.rpc.CallAttempt;
import org.rserpool.rpc.CallListener;
import org.rserpool.rpc.CallOutcome;
import org.rserpool.rpc.EndedCall;
import org.rserpool.spring.PoolElement;
import org.rserpool.spring.PoolUser;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Applications that are stopped and started again, one after the other, while they are
 * called.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class RollingRestartTests {

	private static final int ELEMENTS = 5;

	private static final int CALLERS = 4;

	/** How many calls are made between two restarts. */
	private static final int CALLS = 300;

	/** How often each call was carried out, by its number. */
	private static final Map<Integer, AtomicInteger> CARRIED_OUT = new ConcurrentHashMap<>();

	/** The calls that have ended, as the application is told. */
	private static final List<EndedCall> ENDED = new CopyOnWriteArrayList<>();

	private final TestRegistrar registrar = new TestRegistrar();

	private final List<ConfigurableApplicationContext> elements = new ArrayList<>();

	private final AtomicInteger calls = new AtomicInteger();

	private final AtomicInteger answered = new AtomicInteger();

	private final List<Throwable> failures = new CopyOnWriteArrayList<>();

	private final AtomicBoolean enough = new AtomicBoolean();

	@AfterEach
	void close() {
		this.enough.set(true);
		this.elements.forEach(ConfigurableApplicationContext::close);
		this.registrar.close();
	}

	@Test
	@Goal("G4")
	@DisplayName("G4: a rolling restart of 5 elements fails no call, and carries none out twice")
	void noCallFailsAndNoneIsMadeAgain() throws Exception {
		Awaitility.await().until(() -> this.registrar.port() != 0);
		for (int i = 0; i < ELEMENTS; i++) {
			this.elements.add(start(ElementApplication.class));
		}
		awaitElements(ELEMENTS);
		try (ConfigurableApplicationContext user = start(UserApplication.class)) {
			Counters counters = user.getBean(Caller.class).counters();
			List<Thread> callers = new ArrayList<>();
			for (int i = 0; i < CALLERS; i++) {
				Thread caller = new Thread(() -> makeCalls(counters));
				caller.start();
				callers.add(caller);
			}
			for (int i = 0; i < ELEMENTS; i++) {
				awaitCalls();
				this.elements.get(i).close();
				awaitElements(ELEMENTS - 1);
				awaitCalls();
				this.elements.set(i, start(ElementApplication.class));
				awaitElements(ELEMENTS);
			}
			awaitCalls();
			this.enough.set(true);
			for (Thread caller : callers) {
				caller.join();
			}
		}
		assertThat(this.failures).isEmpty();
		assertThat(this.answered).hasValue(this.calls.get());
		assertThat(ENDED).hasSize(this.calls.get()).allSatisfy((call) -> {
			assertThat(call.outcome()).isEqualTo(CallOutcome.ANSWERED);
			assertThat(call.failedAttempts()).extracting(CallAttempt::outcome)
				.allSatisfy((outcome) -> assertThat(outcome).isEqualTo(CallOutcome.NOT_SENT));
		});
		assertThat(CARRIED_OUT).hasSize(this.calls.get());
		assertThat(CARRIED_OUT.values()).allSatisfy((count) -> assertThat(count).hasValue(1));
	}

	private void makeCalls(Counters counters) {
		while (!this.enough.get()) {
			try {
				counters.count(this.calls.incrementAndGet());
				this.answered.incrementAndGet();
			}
			catch (RuntimeException ex) {
				this.failures.add(ex);
				return;
			}
		}
	}

	private void awaitCalls() {
		int before = this.answered.get();
		Awaitility.await()
			.atMost(30, TimeUnit.SECONDS)
			.until(() -> this.answered.get() > before + CALLS || !this.failures.isEmpty());
	}

	private void awaitElements(int count) {
		Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> this.registrar.elements() == count);
	}

	private ConfigurableApplicationContext start(Class<?> application) {
		return new SpringApplicationBuilder(application).web(WebApplicationType.NONE)
			.registerShutdownHook(false)
			.properties("rserpool.registrars=127.0.0.1:" + this.registrar.port(), "rserpool.listen=127.0.0.1:0",
					"rserpool.user.counters.deadline=60s", "spring.main.banner-mode=off", "spring.jmx.enabled=false")
			.run();
	}

	interface Counters {

		void count(int number);

	}

	@PoolElement("counters")
	static class CountersElement implements Counters {

		@Override
		public void count(int number) {
			CARRIED_OUT.computeIfAbsent(number, (key) -> new AtomicInteger()).incrementAndGet();
		}

	}

	record Caller(@PoolUser("counters") Counters counters) {
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(CountersElement.class)
	static class ElementApplication {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Caller.class)
	static class UserApplication {

		@Bean
		CallListener endedCalls() {
			return ENDED::add;
		}

	}

}
