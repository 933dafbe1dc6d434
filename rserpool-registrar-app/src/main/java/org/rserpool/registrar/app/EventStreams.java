package org.rserpool.registrar.app;

import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;

/**
 * Streams events to readers, each on a thread of its own, so that a slow one makes only
 * itself wait. Ends the streams before the web server waits for its requests to end.
 */
class EventStreams implements SmartLifecycle {

	static final int MAX_READERS = 32;

	private static final int PHASE = WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE + 512;

	private static final Duration HEARTBEAT = Duration.ofSeconds(5);

	private static final Logger logger = LoggerFactory.getLogger(EventStreams.class);

	/** Tells this process from the one before, whose events had the same numbers. */
	private final String instance = UUID.randomUUID().toString().substring(0, 8);

	private final AtomicInteger readers = new AtomicInteger();

	private final EventRing ring;

	private final JsonMapper json;

	private volatile boolean running;

	EventStreams(EventRing ring, JsonMapper json) {
		this.ring = ring;
		this.json = json;
	}

	/**
	 * Returns what tells this process from others with the same identifier.
	 */
	String instance() {
		return this.instance;
	}

	/**
	 * Returns how many readers there are.
	 */
	int readers() {
		return this.readers.get();
	}

	/**
	 * Streams events to whoever made a request, until it goes away.
	 * @param request the request; the head of its response is set already
	 * @param lastEventId the last event that it has, as it was told, or {@code null}
	 * @return whether there was room for another reader
	 */
	boolean open(HttpServletRequest request, @Nullable String lastEventId) {
		if (this.readers.incrementAndGet() > MAX_READERS) {
			this.readers.decrementAndGet();
			return false;
		}
		try {
			AsyncContext context = request.startAsync();
			context.setTimeout(0);
			EventStream stream = new EventStream(this.ring, this.json, this.instance, HEARTBEAT);
			Thread thread = new Thread(() -> run(stream, context, lastEventId), "dashboard-events");
			thread.setDaemon(true);
			thread.start();
			return true;
		}
		catch (RuntimeException | Error ex) {
			this.readers.decrementAndGet();
			throw ex;
		}
	}

	private void run(EventStream stream, AsyncContext context, @Nullable String lastEventId) {
		try {
			stream.write(context.getResponse().getOutputStream(), lastEventId);
		}
		catch (IOException | RuntimeException ex) {
			// Where the web server saw the end first, it has taken the response back.
			logger.debug("A reader of events went away", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			this.readers.decrementAndGet();
			complete(context);
		}
	}

	private static void complete(AsyncContext context) {
		try {
			context.complete();
		}
		catch (IllegalStateException ex) {
			logger.debug("The web server has ended a stream of events already", ex);
		}
	}

	@Override
	public void start() {
		this.ring.open();
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		this.ring.close();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

}
