package org.rserpool.test;

import java.time.Duration;

/**
 * The clock of one machine, which may be too fast or too slow.
 */
final class LocalClock {

	private final SimulatedScope scope;

	private double rate = 1;

	/** The moment of the last change, in the scope's time and by this clock. */
	private long changedAt;

	private long changedLocally;

	LocalClock(SimulatedScope scope) {
		this.scope = scope;
	}

	void rate(double newRate) {
		if (!(newRate > 0)) {
			throw new IllegalArgumentException("A clock with rate " + newRate + " does not go forward");
		}
		this.changedLocally = nanoTime();
		this.changedAt = this.scope.nanoTime();
		this.rate = newRate;
	}

	long nanoTime() {
		return this.changedLocally + (long) ((this.scope.nanoTime() - this.changedAt) * this.rate);
	}

	/**
	 * Return how long a time by this clock is in the scope's time. A timer is never
	 * early.
	 */
	Duration scopeTime(Duration local) {
		return (this.rate == 1) ? local : Duration.ofNanos((long) Math.ceil(local.toNanos() / this.rate) + 1);
	}

}
