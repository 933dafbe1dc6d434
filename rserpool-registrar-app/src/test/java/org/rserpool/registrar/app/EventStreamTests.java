package org.rserpool.registrar.app;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EventRing} and {@link EventStream}.
 */
class EventStreamTests {

	private static final Duration SOON = Duration.ofMillis(1);

	private static final Duration NEVER = Duration.ofHours(1);

	private final EventRing ring = new EventRing(10);

	private final ByteArrayOutputStream written = new ByteArrayOutputStream();

	@Test
	void eventsAreReadInOrderAndInBatches() throws InterruptedException {
		add(5);
		assertThat(Objects.requireNonNull(this.ring.read(0, 3, NEVER)).events()).extracting(RegistrarEvent::text)
			.containsExactly("1", "2", "3");
		EventRing.Batch rest = Objects.requireNonNull(this.ring.read(3, 3, NEVER));
		assertThat(rest.first()).isEqualTo(4);
		assertThat(rest.missed()).isZero();
		assertThat(rest.events()).extracting(RegistrarEvent::text).containsExactly("4", "5");
		assertThat(Objects.requireNonNull(this.ring.read(5, 3, SOON)).events()).isEmpty();
	}

	@Test
	void whoIsTooSlowLearnsHowManyAreLost() throws InterruptedException {
		add(25);
		EventRing.Batch batch = Objects.requireNonNull(this.ring.read(4, 100, NEVER));
		assertThat(batch.missed()).isEqualTo(11);
		assertThat(batch.first()).isEqualTo(16);
		assertThat(batch.events()).hasSize(10).first().extracting(RegistrarEvent::text).isEqualTo("16");
	}

	@Test
	void aReaderIsToldWhatIsOldAndGetsAllThereIs() {
		add(3);
		String text = stream(null, "\\nid: a-3\\n");
		assertThat(text).startsWith("retry: 2000\nevent: hello\ndata: {\"instance\":\"a\",\"latest\":3}\n\n")
			.contains("id: a-1\ndata: {", "id: a-3\ndata: {")
			.doesNotContain("missed");
	}

	@Test
	void aReaderGoesOnAfterTheLastEventThatItHas() {
		add(5);
		assertThat(stream("a-3", "\\nid: a-5\\n")).contains("id: a-4\n").doesNotContain("id: a-3\n", "missed");
	}

	@Test
	void aReaderThatWasAwayTooLongLearnsWhatItMissed() {
		add(25);
		assertThat(stream("a-3", "\\nid: a-25\\n")).contains("event: missed\ndata: {\"missed\":12}\n\nid: a-16\n")
			.doesNotContain("id: a-15\n");
	}

	@Test
	void aReaderOfTheProcessBeforeOrWithNonsenseBeginsAnew() {
		add(2);
		for (String id : List.of("b-2", "a-", "a-x", "a--1", "a-99999999999999999999", "", "a-1\n")) {
			this.written.reset();
			assertThat(stream(id, "\\nid: a-2\\n")).as(id).contains("id: a-1\n").doesNotContain("missed");
		}
	}

	@Test
	void aReaderAheadOfTheEventsWaitsForTheNext() {
		add(2);
		Thread reader = start("a-77", NEVER);
		Awaitility.await().until(() -> this.written.toString(StandardCharsets.UTF_8).contains("hello"));
		add(1);
		awaitText("\\nid: a-3\\n");
		closeRing(reader);
	}

	@Test
	void silenceIsBrokenByComments() {
		Thread reader = start(null, SOON);
		awaitText(": still here\\n\\n: still here\\n\\n");
		closeRing(reader);
	}

	@Test
	void aLineBreakInAnEventDoesNotEndIt() {
		this.ring.add(event("first\n\nevent: missed\ndata: {}\r\n"));
		assertThat(stream(null, "\\nid: a-1\\n").lines().filter((line) -> line.startsWith("event:")))
			.containsExactly("event: hello");
	}

	private String stream(String lastEventId, String until) {
		Thread reader = start(lastEventId, NEVER);
		awaitText(until);
		reader.interrupt();
		awaitEnd(reader);
		return this.written.toString(StandardCharsets.UTF_8);
	}

	private Thread start(String lastEventId, Duration heartbeat) {
		EventStream stream = new EventStream(this.ring, new JsonMapper(), "a", heartbeat);
		Thread reader = new Thread(() -> {
			try {
				stream.write(this.written, lastEventId);
			}
			catch (Exception ex) {
				Thread.currentThread().interrupt();
			}
		});
		reader.start();
		return reader;
	}

	private void awaitText(String pattern) {
		Pattern wanted = Pattern.compile(pattern);
		Awaitility.await().until(() -> wanted.matcher(this.written.toString(StandardCharsets.UTF_8)).find());
	}

	private void closeRing(Thread reader) {
		this.ring.close();
		awaitEnd(reader);
	}

	private void awaitEnd(Thread reader) {
		Awaitility.await().until(() -> !reader.isAlive());
	}

	private void add(int count) {
		for (int i = 0; i < count; i++) {
			this.ring.add(event(String.valueOf(this.ring.latest() + 1)));
		}
	}

	private static RegistrarEvent event(String text) {
		return new RegistrarEvent(Instant.EPOCH, "test", false, null, null, null, null, text);
	}

}
