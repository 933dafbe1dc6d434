package org.rserpool.transport;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import org.rserpool.csp.ComponentIdentifier;
import org.rserpool.csp.ComponentStatus;
import org.rserpool.csp.StatusReportSettings;

import static org.assertj.core.api.Assertions.assertThat;

class StatusReporterTests {

	private static final ComponentIdentifier ONE = ComponentIdentifier.registrar(1);

	private static final ComponentIdentifier TWO = ComponentIdentifier.poolElement(2);

	private static final Duration OFTEN = Duration.ofMillis(20);

	private final List<ComponentStatus> components = new CopyOnWriteArrayList<>();

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	private final RoleLoop loop = RoleLoop.start("reporting");

	private final DatagramSocket monitor;

	StatusReporterTests() throws IOException {
		this.monitor = new DatagramSocket(0, InetAddress.getLoopbackAddress());
		this.monitor.setSoTimeout(20_000);
	}

	@BeforeEach
	void recordLog() {
		this.log.start();
		logger().addAppender(this.log);
	}

	@AfterEach
	void close() {
		logger().detachAppender(this.log);
		this.loop.close();
		this.monitor.close();
	}

	@Test
	void componentsReportAgainAndAgain() throws IOException {
		this.components.add(status(ONE, "2[1] PEs"));
		this.components.add(status(TWO, "idle"));
		try (StatusReporter reporter = start(new InetSocketAddress("127.0.0.1", this.monitor.getLocalPort()))) {
			Report first = receive();
			assertThat(first).isEqualTo(new Report(0x0100000000000001L, false, "2[1] PEs"));
			assertThat(receive()).isEqualTo(new Report(0x0200000000000002L, false, "idle"));
			this.components.set(0, status(ONE, "3[1] PEs"));
			awaitReport(new Report(0x0100000000000001L, false, "3[1] PEs"));
		}
	}

	@Test
	void componentThatGoesAwayReportsALastTime() throws IOException {
		this.components.add(status(ONE, "here"));
		this.components.add(status(TWO, "here"));
		try (StatusReporter reporter = start(new InetSocketAddress("127.0.0.1", this.monitor.getLocalPort()))) {
			awaitReport(new Report(0x0200000000000002L, false, "here"));
			this.components.remove(1);
			awaitReport(new Report(0x0200000000000002L, true, ""));
		}
		awaitReport(new Report(0x0100000000000001L, true, ""));
	}

	@Test
	void monitorMayBeNamed() throws IOException {
		this.components.add(status(ONE, "here"));
		try (StatusReporter reporter = start(
				InetSocketAddress.createUnresolved("localhost", this.monitor.getLocalPort()))) {
			awaitReport(new Report(0x0100000000000001L, false, "here"));
		}
	}

	@Test
	void monitorThatIsNotFoundIsLoggedOnce() {
		this.components.add(status(ONE, "here"));
		try (StatusReporter reporter = start(InetSocketAddress.createUnresolved("no.such.invalid", 2960))) {
			Awaitility.await()
				.atMost(Duration.ofSeconds(60))
				.until(() -> this.log.list.stream()
					.anyMatch((event) -> event.getFormattedMessage().contains("cannot")));
		}
		assertThat(this.log.list).filteredOn((event) -> event.getFormattedMessage().contains("no.such.invalid"))
			.filteredOn((event) -> event.getFormattedMessage().contains("cannot"))
			.hasSize(1);
	}

	private StatusReporter start(InetSocketAddress where) {
		return StatusReporter.start(this.loop, new StatusReportSettings(where, OFTEN), () -> this.components);
	}

	private void awaitReport(Report wanted) throws IOException {
		Report got = receive();
		while (!got.equals(wanted)) {
			got = receive();
		}
	}

	private Report receive() throws IOException {
		DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
		this.monitor.receive(packet);
		ByteBuffer octets = ByteBuffer.wrap(packet.getData(), 0, packet.getLength());
		assertThat(octets.getShort(2)).isEqualTo((short) packet.getLength());
		byte[] text = Arrays.copyOfRange(packet.getData(), 156, 284);
		return new Report(octets.getLong(8), octets.get(1) == 1,
				new String(text, StandardCharsets.UTF_8).replace("\0", ""));
	}

	private static ComponentStatus status(ComponentIdentifier component, String text) {
		return new ComponentStatus(component, List.of(), text, null, List.of());
	}

	private static Logger logger() {
		return (Logger) LoggerFactory.getLogger(StatusReporter.class);
	}

	private record Report(long component, boolean last, String text) {
	}

}
