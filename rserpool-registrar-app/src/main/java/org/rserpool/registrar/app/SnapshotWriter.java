package org.rserpool.registrar.app;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.rserpool.registrar.SavedHandlespace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a snapshot again and again, on a thread of its own.
 */
class SnapshotWriter {

	private static final Logger logger = LoggerFactory.getLogger(SnapshotWriter.class);

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final SnapshotFile file;

	private final Supplier<@Nullable SavedHandlespace> source;

	private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor((task) -> {
		Thread thread = new Thread(task, "registrar-snapshot");
		thread.setDaemon(true);
		return thread;
	});

	/**
	 * Makes a writer, and starts it.
	 * @param file where to write
	 * @param source hands out what to write, or {@code null} if there is nothing yet
	 * @param interval how long to wait after each time
	 */
	SnapshotWriter(SnapshotFile file, Supplier<@Nullable SavedHandlespace> source, Duration interval) {
		this.file = file;
		this.source = source;
		this.executor.scheduleWithFixedDelay(this::write, interval.toMillis(), interval.toMillis(),
				TimeUnit.MILLISECONDS);
	}

	/**
	 * Writes for the last time.
	 */
	void stop() {
		this.executor.execute(this::write);
		this.executor.shutdown();
		try {
			if (!this.executor.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
				logger.warn("Snapshot {} could not be written within {} s", this.file, PATIENCE.toSeconds());
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void write() {
		try {
			SavedHandlespace saved = this.source.get();
			if (saved != null) {
				this.file.write(saved);
				logger.debug("Snapshot {} has {} pool elements now", this.file, saved.size());
			}
		}
		catch (IOException | RuntimeException ex) {
			logger.warn("Snapshot {} could not be written; the former one is kept", this.file, ex);
		}
	}

}
