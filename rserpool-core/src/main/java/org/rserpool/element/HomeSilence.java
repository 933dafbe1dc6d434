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

	/** How long to wait where no gap between keep-alives has been measured yet. */
	private static final long UNKNOWN = Duration.ofSeconds(5).toNanos();

	private static final int TIMES_THE_USUAL = 4;

	/** How much one gap counts in the usual one: 1 in this many. */
	private static final int WEIGHT = 8;

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
			measure(now - this.lastHeard);
		}
		this.lastHeard = now;
		this.backOff = 0;
		expect();
	}

	/**
	 * One long gap does not make the next one usual: keep-alives may have been held up. A
	 * home that always takes longer is learned from each of its keep-alives.
	 */
	private void measure(long gap) {
		if (this.usualGap == 0) {
			this.usualGap = gap;
		}
		else {
			long counted = Math.min(gap, patience());
			this.usualGap += (counted - this.usualGap) / WEIGHT;
		}
	}

	/**
	 * Begins to wait for keep-alives of a home, which may be a new one. It is not the
	 * fault of this one if another was silent.
	 */
	void begin() {
		this.lastHeard = null;
		this.backOff = 0;
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
		this.timer = this.runtime.schedule(Duration.ofNanos(patience() << this.backOff), this::unheard);
	}

	private long patience() {
		return (this.usualGap > 0) ? Math.max(SHORTEST, TIMES_THE_USUAL * this.usualGap) : UNKNOWN;
	}

	private void unheard() {
		this.timer = null;
		this.backOff = Math.min(this.backOff + 1, MAXIMUM_BACK_OFF);
		expect();
		this.silent.run();
	}

}
