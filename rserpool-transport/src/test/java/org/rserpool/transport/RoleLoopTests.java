package org.rserpool.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import org.rserpool.Conformance;
import org.rserpool.runtime.EndpointSpecification;
import org.rserpool.runtime.EndpointSpecification.Channel;
import org.rserpool.runtime.Timer;
import org.rserpool.runtime.TransportProtocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * The loop on which roles live.
 */
class RoleLoopTests {

	private final RoleLoop loop = RoleLoop.start("loop under test");

	@AfterEach
	void closeLoop() {
		this.loop.close();
	}

	@Test
	void callReturnsTheResultFromTheLoop() {
		assertThat(this.loop.call(() -> Thread.currentThread().getName())).isEqualTo("loop under test");
	}

	/**
	 * What loops draw, such as the identifier of a pool element, begins with a seed from
	 * a secure source.
	 */
	@Test
	@Conformance("PE6")
	void loopsDrawDifferentNumbers() {
		Set<Long> drawn = new HashSet<>();
		for (int i = 0; i < 20; i++) {
			try (RoleLoop other = RoleLoop.start("loop " + i)) {
				drawn.add(other.call(() -> other.random().nextLong()));
			}
		}
		assertThat(drawn).hasSize(20);
	}

	@Test
	void callOnTheLoopJustRuns() {
		assertThat(this.loop.call(() -> this.loop.call(() -> 7))).isEqualTo(7);
	}

	@Test
	void callThrowsWhatWasThrown() {
		IllegalArgumentException thrown = new IllegalArgumentException("thrown on the loop");
		assertThatIllegalArgumentException().isThrownBy(() -> this.loop.call(() -> {
			throw thrown;
		})).isSameAs(thrown);
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> this.loop.call(() -> {
			throw new AssertionError("thrown on the loop");
		}));
	}

	@Test
	void taskThatFailsDoesNotEndTheLoop() {
		this.loop.execute(() -> {
			throw new IllegalStateException("thrown by a test");
		});
		this.loop.call(() -> this.loop.schedule(Duration.ZERO, () -> {
			throw new IllegalStateException("thrown by a timer of a test");
		}));
		assertThat(this.loop.call(() -> 1)).isEqualTo(1);
	}

	@Test
	void timersRunInTheirOrderAndNotInsideTheCall() {
		ConcurrentLinkedQueue<String> order = new ConcurrentLinkedQueue<>();
		this.loop.call(() -> {
			this.loop.schedule(Duration.ofMillis(20), () -> order.add("late"));
			this.loop.schedule(Duration.ofMillis(5), () -> order.add("early"));
			this.loop.schedule(Duration.ofSeconds(-1), () -> order.add("at once"));
			return order.add("call");
		});
		await().until(() -> order.size() == 4);
		assertThat(order).containsExactly("call", "at once", "early", "late");
	}

	@Test
	void cancelledTimerDoesNotRun() {
		ConcurrentLinkedQueue<String> ran = new ConcurrentLinkedQueue<>();
		this.loop.call(() -> {
			Timer timer = this.loop.schedule(Duration.ofMillis(1), () -> ran.add("cancelled"));
			this.loop.schedule(Duration.ofMillis(1), () -> ran.add("kept"));
			timer.cancel();
			this.loop.schedule(Duration.ofDays(Long.MAX_VALUE / 86400), () -> ran.add("in the far future"));
			return true;
		});
		await().until(() -> !ran.isEmpty());
		assertThat(ran).containsExactly("kept");
	}

	@Test
	void endpointIsOpenedOnTheLoopOnly() {
		Recorder recorder = new Recorder(this.loop);
		assertThatIllegalStateException().isThrownBy(
				() -> this.loop.open(EndpointSpecification.connecting(TransportProtocol.TCP, Channel.ASAP), recorder));
	}

	@Test
	void closedLoopRefusesWork() {
		this.loop.close();
		assertThatIllegalStateException().isThrownBy(() -> this.loop.call(() -> 1))
			.withMessageContaining("loop under test");
		assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> this.loop.execute(() -> {
		}));
		this.loop.close();
	}

	@Test
	void interruptedCallerIsToldAndStaysInterrupted() {
		CountDownLatch busy = new CountDownLatch(1);
		this.loop.execute(() -> {
			try {
				busy.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
		Thread.currentThread().interrupt();
		try {
			assertThatIllegalStateException().isThrownBy(() -> this.loop.call(() -> 1));
			assertThat(Thread.currentThread().isInterrupted()).isTrue();
		}
		finally {
			busy.countDown();
			assertThat(Thread.interrupted()).isTrue();
		}
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void closeLeavesNoThreadAndNoFileBehind() throws IOException {
		cycle();
		long files = openFiles();
		for (int round = 0; round < 20; round++) {
			cycle();
		}
		assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName).doesNotContain("short life");
		await().untilAsserted(() -> assertThat(openFiles()).isLessThanOrEqualTo(files));
	}

	private static void cycle() {
		try (RoleLoop shortLife = RoleLoop.start("short life")) {
			Recorder recorder = new Recorder(shortLife);
			shortLife.call(() -> {
				InetSocketAddress address = shortLife
					.open(EndpointSpecification.listening(TransportProtocol.TCP, Channel.SESSION,
							new InetSocketAddress("127.0.0.1", 0)), recorder)
					.localAddresses()
					.get(0);
				return shortLife
					.open(EndpointSpecification.connecting(TransportProtocol.TCP, Channel.SESSION), recorder)
					.associate(List.of(address));
			});
			await().until(() -> recorder.events("up").size() == 2);
		}
	}

	private static long openFiles() throws IOException {
		try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
			return files.count();
		}
	}

}
