package org.rserpool.discovery;

import java.time.Duration;

/**
 * How many datagrams are looked at. Anybody can flood a multicast group.
 *
 * @since 0.1
 */
public final class DatagramBudget {

	/** How many datagrams are looked at within a second. */
	public static final int A_SECOND = 200;

	private static final long SECOND = Duration.ofSeconds(1).toNanos();

	private long began;

	private int taken;

	/**
	 * Makes a budget.
	 * @param now the time, in nanoseconds
	 */
	public DatagramBudget(long now) {
		this.began = now;
	}

	/**
	 * Takes a datagram.
	 * @param now the time, in nanoseconds
	 * @return whether it is to be looked at
	 */
	public boolean take(long now) {
		if (now - this.began >= SECOND) {
			this.began = now;
			this.taken = 0;
		}
		this.taken++;
		return this.taken <= A_SECOND;
	}

}
