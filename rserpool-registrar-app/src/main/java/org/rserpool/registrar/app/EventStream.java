package org.rserpool.registrar.app;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes events to one reader, as server-sent events. First comes a {@code hello} with
 * the number of the latest event, so that the reader can tell what is old from what is
 * new. Where events are lost, a {@code missed} says how many.
 */
class EventStream {

	private static final int BATCH = 64;

	/** How long a reader waits before it connects again. */
	private static final Duration RETRY = Duration.ofSeconds(2);

	private final EventRing ring;

	private final JsonMapper json;

	private final String instance;

	private final Duration heartbeat;

	/**
	 * Makes a stream.
	 * @param ring where events come from
	 * @param json how they are written
	 * @param instance what numbers of events belong to
	 * @param heartbeat after which silence a comment is written
	 */
	EventStream(EventRing ring, JsonMapper json, String instance, Duration heartbeat) {
		this.ring = ring;
		this.json = json;
		this.instance = instance;
		this.heartbeat = heartbeat;
	}

	/**
	 * Writes until the ring is closed.
	 * @param output where to
	 * @param lastEventId the last event that the reader has, as it was told, or
	 * {@code null}
	 */
	void write(OutputStream output, @Nullable String lastEventId) throws IOException, InterruptedException {
		long last = number(lastEventId);
		send(output, "retry: " + RETRY.toMillis() + "\nevent: hello\ndata: "
				+ this.json.writeValueAsString(new Hello(this.instance, this.ring.latest())) + "\n\n");
		while (true) {
			EventRing.Batch batch = this.ring.read(last, BATCH, this.heartbeat);
			if (batch == null) {
				return;
			}
			StringBuilder text = new StringBuilder();
			if (batch.missed() > 0 && last > 0) {
				text.append("event: missed\ndata: ")
					.append(this.json.writeValueAsString(new Missed(batch.missed())))
					.append("\n\n");
			}
			long number = batch.first();
			for (RegistrarEvent event : batch.events()) {
				text.append("id: ").append(this.instance).append('-').append(number).append("\ndata: ");
				text.append(this.json.writeValueAsString(event)).append("\n\n");
				number++;
			}
			last = number - 1;
			send(output, text.isEmpty() ? ": still here\n\n" : text.toString());
		}
	}

	/**
	 * Returns the number of an event. That of another process, or none at all, stands for
	 * the beginning.
	 */
	private long number(@Nullable String eventId) {
		String prefix = this.instance + "-";
		if (eventId == null || !eventId.startsWith(prefix)
				|| !eventId.substring(prefix.length()).matches("\\d{1,18}")) {
			return 0;
		}
		return Math.min(Long.parseLong(eventId.substring(prefix.length())), this.ring.latest());
	}

	private static void send(OutputStream output, String text) throws IOException {
		output.write(text.getBytes(StandardCharsets.UTF_8));
		output.flush();
	}

	/**
	 * What a reader is told first.
	 *
	 * @param instance what tells this process from others with the same identifier
	 * @param latest the number of the latest event
	 */
	record Hello(String instance, long latest) {
	}

	/**
	 * What a reader is told that was too slow.
	 *
	 * @param missed how many events are lost to it
	 */
	record Missed(long missed) {
	}

}
