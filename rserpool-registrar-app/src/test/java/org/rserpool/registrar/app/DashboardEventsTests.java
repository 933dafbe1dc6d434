package org.rserpool.registrar.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rserpool.wire.ElementMetadata;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PoolHandle;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The stream of events, as readers see it over the network.
 */
class DashboardEventsTests {

	private static final PoolHandle POOL = PoolHandle.of("echo");

	private final List<Socket> sockets = new ArrayList<>();

	private ServletWebServerApplicationContext context;

	private EventStreams streams;

	@BeforeEach
	void start() {
		SpringApplication application = new SpringApplication(RegistrarApplication.class);
		application.setDefaultProperties(Map.of("rserpool.registrar.asap.listen", "127.0.0.1:0",
				"rserpool.registrar.enrp.listen", "127.0.0.1:0", "rserpool.registrar.announcements.enabled", "false",
				"server.port", "0", "server.address", "127.0.0.1", "server.tomcat.connection-timeout", "4s"));
		this.context = (ServletWebServerApplicationContext) application.run();
		this.streams = this.context.getBean(EventStreams.class);
	}

	@AfterEach
	void stop() throws IOException {
		for (Socket socket : this.sockets) {
			socket.close();
		}
		this.context.close();
	}

	@Test
	void tellsWhatHappensToElements() throws IOException {
		BufferedReader reader = read("");
		String evil = "</script><b>";
		try (TestRegistrant elements = new TestRegistrant(this.context.getBean(Registrar.class))) {
			elements.register(POOL, 1, MemberSelectionPolicy.ROUND_ROBIN, ElementMetadata.NONE);
			assertThat(awaitLine(reader, "\"type\":\"registered\"")).contains("\"pool\":\"echo\"",
					"\"element\":\"0x00000001\"", "Pool echo: element 0x00000001 registered, home 0x");
			elements.deregister(POOL, 1);
			assertThat(awaitLine(reader, "\"type\":\"removed\"")).contains("\"reason\":\"DEREGISTERED\"",
					"it asked to leave", "\"warning\":false");
			elements.register(PoolHandle.of(evil), 1, MemberSelectionPolicy.ROUND_ROBIN, ElementMetadata.NONE);
			assertThat(awaitLine(reader, "\"type\":\"registered\"")).contains("\"pool\":\"" + evil + "\"");
		}
	}

	@Test
	void isAnEventStreamAndGoesOnWhereTheReaderWas() throws IOException {
		BufferedReader reader = read("");
		assertThat(awaitLine(reader, "HTTP/1.1")).contains("200");
		assertThat(awaitLine(reader, "Content-Type:")).contains("text/event-stream");
		assertThat(awaitLine(reader, "data:")).contains(this.streams.instance());
		ring().add(event("before"));
		awaitLine(reader, "\"before\"");
		ring().add(event("after"));
		long seen = ring().latest() - 1;
		String known = this.streams.instance() + "-" + seen;
		assertThat(awaitLine(read("Last-Event-ID: " + known + "\r\n"), "id:")).endsWith("-" + (seen + 1));
		assertThat(awaitLine(open("/events?last-event-id=" + known, ""), "id:")).endsWith("-" + (seen + 1));
	}

	@Test
	void hasRoomForSoManyReadersAndNoMore() throws IOException {
		for (int i = 0; i < EventStreams.MAX_READERS; i++) {
			awaitLine(read(""), "hello");
		}
		BufferedReader refused = read("");
		assertThat(awaitLine(refused, "HTTP/1.1")).contains("503");
		assertThat(awaitLine(refused, "Retry-After:")).contains("10");
		assertThat(this.streams.readers()).isEqualTo(EventStreams.MAX_READERS);
		this.sockets.get(0).close();
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
			ring().add(event("ping"));
			return this.streams.readers() < EventStreams.MAX_READERS;
		});
		assertThat(awaitLine(read(""), "HTTP/1.1")).contains("200");
	}

	@Test
	void aReaderThatDoesNotReadMakesNobodyWaitAndIsDropped() throws IOException {
		read("");
		Awaitility.await().until(() -> this.streams.readers() == 1);
		BufferedReader other = read("");
		awaitLine(other, "hello");
		CompletableFuture<Boolean> last = new CompletableFuture<>();
		Thread reader = new Thread(() -> {
			try {
				other.lines().filter((line) -> line.contains("\"last\"")).forEach((line) -> last.complete(true));
			}
			catch (UncheckedIOException ex) {
				last.completeExceptionally(ex);
			}
		});
		reader.setDaemon(true);
		reader.start();
		String words = "x".repeat(500);
		for (int i = 0; i < 60_000; i++) {
			ring().add(event(words));
		}
		ring().add(event("last"));
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> last.getNow(false));
		Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
			for (int i = 0; i < 1000; i++) {
				ring().add(event(words));
			}
			return this.streams.readers() == 1;
		});
	}

	@Test
	void streamsEndBeforeTheWebServerWaitsForThem() throws IOException {
		BufferedReader reader = read("");
		awaitLine(reader, "hello");
		this.context.close();
		// The last chunk, which a connection that is cut off does not have.
		assertThat(reader.lines()).endsWith("0", "");
		assertThat(this.streams.readers()).isZero();
		assertThat(this.streams.isRunning()).isFalse();
	}

	private EventRing ring() {
		return this.context.getBean(EventRing.class);
	}

	private BufferedReader read(String headers) throws IOException {
		return open("/events", headers);
	}

	private BufferedReader open(String path, String headers) throws IOException {
		Socket socket = new Socket();
		socket.setReceiveBufferSize(4096);
		socket.setSoTimeout(30_000);
		socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.context.getWebServer().getPort()));
		this.sockets.add(socket);
		socket.getOutputStream()
			.write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n")
				.getBytes(StandardCharsets.US_ASCII));
		InputStream input = socket.getInputStream();
		return new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8));
	}

	private static String awaitLine(BufferedReader reader, String text) throws IOException {
		String line = reader.readLine();
		while (line != null && !line.contains(text)) {
			line = reader.readLine();
		}
		assertThat(line).as("A line with " + text).isNotNull();
		return line;
	}

	private static RegistrarEvent event(String text) {
		return new RegistrarEvent(Instant.EPOCH, "test", false, null, null, null, null, text);
	}

}
