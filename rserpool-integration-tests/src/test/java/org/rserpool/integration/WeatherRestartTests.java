package org.rserpool.integration;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.grpc.stub.StreamObserver;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.rserpool.Goal;
import org.rserpool.integration.weather.Place;
import org.rserpool.integration.weather.Report;
import org.rserpool.integration.weather.WeatherGrpc;
import org.rserpool.integration.weather.WeatherGrpc.WeatherBlockingStub;
import org.rserpool.spring.PoolElement;
import org.rserpool.test.embedded.EmbeddedRegistrar;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.grpc.client.GrpcChannelFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rserpool.test.assertions.RSerPoolAssertions.assertThat;

/**
 * A pool of gRPC servers whose elements are replaced one after the other while it is
 * called by a method that is not idempotent.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
@DisabledIfSystemProperty(named = "spring.aot.enabled", matches = "true",
		disabledReason = "Only contexts of Spring's own tests are generated ahead of time")
class WeatherRestartTests {

	private static final int ELEMENTS = 3;

	private static final int CALLERS = 2;

	/** How many calls are made between two restarts. */
	private static final int CALLS = 100;

	/** How often each call was carried out, by its number. */
	private static final Map<String, AtomicInteger> CARRIED_OUT = new ConcurrentHashMap<>();

	private final EmbeddedRegistrar registrar = EmbeddedRegistrar.start();

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
	@DisplayName("G4: a rolling restart of gRPC servers fails no call, and carries none out twice")
	void noCallFailsAndNoneIsMadeAgain() throws Exception {
		for (int i = 0; i < ELEMENTS; i++) {
			this.elements.add(start(ElementApplication.class));
		}
		awaitElements(ELEMENTS);
		try (ConfigurableApplicationContext user = start(UserApplication.class)) {
			WeatherBlockingStub weather = WeatherGrpc
				.newBlockingStub(user.getBean(GrpcChannelFactory.class).createChannel("rserpool:///weather"));
			List<Thread> callers = new ArrayList<>();
			for (int i = 0; i < CALLERS; i++) {
				Thread caller = new Thread(() -> makeCalls(weather));
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
		assertThat(CARRIED_OUT).hasSize(this.calls.get());
		assertThat(CARRIED_OUT.values()).allSatisfy((count) -> assertThat(count).hasValue(1));
	}

	private void makeCalls(WeatherBlockingStub weather) {
		while (!this.enough.get()) {
			try {
				weather.note(Report.newBuilder().setText("report " + this.calls.incrementAndGet()).build());
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
			.atMost(60, TimeUnit.SECONDS)
			.until(() -> this.answered.get() > before + CALLS || !this.failures.isEmpty());
	}

	private void awaitElements(int count) {
		assertThat(this.registrar).within(Duration.ofSeconds(60)).hasPool("weather").withElements(count);
	}

	private ConfigurableApplicationContext start(Class<?> application) {
		return new SpringApplicationBuilder(application).web(WebApplicationType.NONE)
			.registerShutdownHook(false)
			.properties("rserpool.registrars=" + this.registrar.hostAndPort(), "rserpool.listen=127.0.0.1:0",
					"rserpool.user.weather.deadline=60s", "spring.main.banner-mode=off", "spring.jmx.enabled=false")
			.run();
	}

	@PoolElement("weather")
	static class Weather extends WeatherGrpc.WeatherImplBase {

		@Override
		public void note(Report report, StreamObserver<Place> places) {
			CARRIED_OUT.computeIfAbsent(report.getText(), (key) -> new AtomicInteger()).incrementAndGet();
			places.onNext(Place.getDefaultInstance());
			places.onCompleted();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Weather.class)
	static class ElementApplication {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class UserApplication {

	}

}
