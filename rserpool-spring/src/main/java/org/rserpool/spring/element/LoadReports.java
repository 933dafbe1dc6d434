package org.rserpool.spring.element;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Runs the reporters of an application, on one thread that lives as long as there are
 * some. Not safe for several threads.
 */
class LoadReports {

	private final Supplier<LoadProvider> fallback;

	private @Nullable ScheduledThreadPoolExecutor scheduler;

	LoadReports(Supplier<LoadProvider> fallback) {
		this.fallback = fallback;
	}

	LoadProvider provider(LoadSettings settings) {
		return (settings.provider() != null) ? settings.provider() : this.fallback.get();
	}

	ScheduledFuture<?> start(LoadReporter reporter) {
		ScheduledThreadPoolExecutor running = this.scheduler;
		if (running == null) {
			running = new ScheduledThreadPoolExecutor(1, (task) -> {
				Thread thread = new Thread(task, "rserpool-load");
				thread.setDaemon(true);
				return thread;
			});
			running.setRemoveOnCancelPolicy(true);
			this.scheduler = running;
		}
		return running.scheduleWithFixedDelay(reporter, LoadReporter.PAUSE_NANOS, LoadReporter.PAUSE_NANOS,
				TimeUnit.NANOSECONDS);
	}

	void stop() {
		if (this.scheduler != null) {
			this.scheduler.shutdownNow();
			this.scheduler = null;
		}
	}

}
