package org.rserpool.registrar;

import java.time.Duration;

/**
 * How often users could not reach an element of late. One report is forgotten after some
 * time, so that failures of users' own that come seldom do not add up.
 */
final class ReportCount {

	/** After how long one report is forgotten. */
	static final Duration DECAY = Duration.ofSeconds(30);

	private int count;

	private long countedFrom;

	private long nextProbe;

	ReportCount(long now) {
		this.countedFrom = now;
		this.nextProbe = now;
	}

	/**
	 * Counts a report.
	 * @return how many are not forgotten
	 */
	int add(long now) {
		long forgotten = (now - this.countedFrom) / DECAY.toNanos();
		this.countedFrom += forgotten * DECAY.toNanos();
		if (forgotten >= this.count) {
			this.count = 0;
			this.countedFrom = now;
		}
		else {
			this.count -= (int) forgotten;
		}
		return ++this.count;
	}

	/**
	 * Return how many reports are not forgotten.
	 */
	int count(long now) {
		return (int) Math.max(0, this.count - (now - this.countedFrom) / DECAY.toNanos());
	}

	/**
	 * Return in how many nanoseconds a report may cause a probe; 0 for at once.
	 */
	long untilProbe(long now) {
		return Math.max(0, this.nextProbe - now);
	}

	/**
	 * Notes a probe that a report caused.
	 * @param pause how long it is to be the only one
	 */
	void probed(long now, Duration pause) {
		this.nextProbe = now + pause.toNanos();
	}

}
