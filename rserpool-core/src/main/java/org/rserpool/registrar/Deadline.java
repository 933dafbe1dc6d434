package org.rserpool.registrar;

import java.time.Duration;

import org.rserpool.runtime.RoleRuntime;
import org.rserpool.runtime.Timer;

/**
 * A timer for what has to be heard in time. If the whole process stood still meanwhile
 * (stopped, or its machine suspended), nothing could be heard, and what waits is about to
 * be read: then the time is given once more.
 */
final class Deadline implements Timer {

	/** By how much a timer is late only if the process stood still. */
	private static final Duration STANDSTILL = Duration.ofMillis(500);

	private final RoleRuntime runtime;

	private final Duration delay;

	private final Runnable task;

	private final long due;

	private Timer timer;

	private boolean extended;

	Deadline(RoleRuntime runtime, Duration delay, Runnable task) {
		this.runtime = runtime;
		this.delay = delay;
		this.task = task;
		this.due = runtime.nanoTime() + delay.toNanos();
		this.timer = runtime.schedule(delay, this::passed);
	}

	private void passed() {
		if (!this.extended && this.runtime.nanoTime() - this.due > STANDSTILL.toNanos()) {
			this.extended = true;
			this.timer = this.runtime.schedule(this.delay, this::passed);
			return;
		}
		this.task.run();
	}

	/**
	 * Return what is left of the time, in nanoseconds; 0 if it is over.
	 */
	long remaining() {
		return Math.max(0, this.due - this.runtime.nanoTime());
	}

	@Override
	public void cancel() {
		this.timer.cancel();
	}

}
