package org.rserpool.element;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.rserpool.runtime.RoleRuntime;
import org.rserpool.runtime.Timer;

/**
 * Notices that the home registrar does not watch the element any more: it has died
 * without a word, or has forgotten the element. How often a registrar asks is its own
 * affair, so that is learned from its keep-alives.
 */
final class HomeSilence {

	private static final long SHORTEST = Duration.ofSeconds(2).toNanos();

	/** How long to wait where no registrar has sent a keep-alive yet. */
	private static final long UNKNOWN = Duration.ofSeconds(5).toNanos();

	private static final int TIMES_THE_USUAL = 4;

	/** How often the patience is doubled at most. */
	private static final int MAXIMUM_BACK_OFF = 6;

	private final RoleRuntime runtime;

	private final Runnable silent;

	private long usualGap;

	private @Nullable Long lastHeard;

	private int backOff;

	private @Nullable Timer timer;

	/**
	 * Makes a watch over the home.
	 * @param runtime its surroundings
	 * @param silent runs when the home has been silent for long, and again, ever later,
	 * while it stays so
	 */
	HomeSilence(RoleRuntime runtime, Runnable silent) {
		this.runtime = runtime;
		this.silent = silent;
	}

	/**
	 * The home sent a keep-alive.
	 */
	void heard() {
		long now = this.runtime.nanoTime();
		if (this.lastHeard != null) {
			long gap = now - this.lastHeard;
			this.usualGap = Math.max(gap, (7 * this.usualGap + gap) / 8);
		}
		this.lastHeard = now;
		this.backOff = 0;
		expect();
	}

	/**
	 * Begins to wait for keep-alives of a home, which may be a new one.
	 */
	void begin() {
		this.lastHeard = null;
		expect();
	}

	void stop() {
		this.lastHeard = null;
		if (this.timer != null) {
			this.timer.cancel();
			this.timer = null;
		}
	}

	private void expect() {
		if (this.timer != null) {
			this.timer.cancel();
			this.timer = null;
		}
		long patience = (this.usualGap > 0) ? Math.max(SHORTEST, TIMES_THE_USUAL * this.usualGap) : UNKNOWN;
		this.timer = this.runtime.schedule(Duration.ofNanos(patience << this.backOff), this::unheard);
	}

	private void unheard() {
		this.timer = null;
		this.lastHeard = null;
		this.backOff = Math.min(this.backOff + 1, MAXIMUM_BACK_OFF);
		expect();
		this.silent.run();
	}

}
