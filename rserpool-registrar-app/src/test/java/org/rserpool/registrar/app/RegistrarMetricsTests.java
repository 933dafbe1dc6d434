package org.rserpool.registrar.app;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rserpool.registrar.RegistrarListener;
import org.rserpool.registrar.RegistrarSettings;
import org.rserpool.transport.TransportSettings;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The meters of a registrar, also while that does not answer.
 */
class RegistrarMetricsTests {

	private static final String RUNNING = "rserpool.registrar.running";

	private static final String RECEIVED = "rserpool.registrar.messages";

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final CountDownLatch released = new CountDownLatch(1);

	private Registrar registrar;

	/** Kept, as meters do not keep what they ask. */
	private RegistrarMetrics metrics;

	@BeforeEach
	void start() {
		RegistrarSettings settings = RegistrarSettings.builder()
			.identifier(7)
			.asapListen(AddressProperties.parse("asap", List.of("127.0.0.1:0")))
			.enrpListen(AddressProperties.parse("enrp", List.of("127.0.0.1:0")))
			.build();
		this.registrar = new Registrar(settings, TransportSettings.defaults(), new RegistrarListener() {
		}, null, Duration.ofHours(1), null);
		this.metrics = new RegistrarMetrics(this.registrar);
		this.metrics.bindTo(this.meters);
	}

	@AfterEach
	void stop() {
		this.released.countDown();
		this.registrar.stop();
	}

	@Test
	void areNoneBeforeTheRegistrarRuns() {
		assertThat(this.meters.get(RUNNING).gauge().value()).isZero();
		assertThat(this.meters.get(RECEIVED).functionCounters()).isNotEmpty()
			.allSatisfy((counter) -> assertThat(counter.count()).isZero());
	}

	@Test
	void areThoseOfTheRegistrarThatRuns() {
		this.registrar.start();
		Awaitility.await().untilAsserted(() -> assertThat(this.meters.get(RUNNING).gauge().value()).isOne());
	}

	@Test
	void areReadByManyWhileTheRegistrarDoesNotAnswer() throws Exception {
		this.registrar.start();
		Awaitility.await().untilAsserted(() -> assertThat(this.meters.get(RUNNING).gauge().value()).isOne());
		CompletableFuture<Boolean> held = hold();
		for (int scrape = 0; scrape < 3; scrape++) {
			assertThat(CompletableFuture.supplyAsync(this::unknown, RegistrarMetricsTests::start)
				.get(30, TimeUnit.SECONDS)).isTrue();
		}
		this.released.countDown();
		assertThat(held.get(10, TimeUnit.SECONDS)).isTrue();
		Awaitility.await().untilAsserted(() -> assertThat(this.meters.get(RUNNING).gauge().value()).isOne());
	}

	/**
	 * Reads all meters until that of the state is unknown, because what was known grew
	 * old.
	 */
	private boolean unknown() {
		Awaitility.await().until(() -> {
			this.meters.getMeters().forEach((meter) -> meter.measure().forEach((value) -> value.getValue()));
			return Double.isNaN(this.meters.get(RUNNING).gauge().value());
		});
		return true;
	}

	private CompletableFuture<Boolean> hold() throws Exception {
		CountDownLatch holds = new CountDownLatch(1);
		CompletableFuture<Boolean> held = this.registrar.askLater((role) -> {
			holds.countDown();
			try {
				return this.released.await(60, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return false;
			}
		});
		assertThat(holds.await(10, TimeUnit.SECONDS)).isTrue();
		return held;
	}

	private static void start(Runnable task) {
		Thread thread = new Thread(task, "scrape");
		thread.setDaemon(true);
		thread.start();
	}

}
