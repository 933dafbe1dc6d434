package org.rserpool.rpc;

import org.jspecify.annotations.Nullable;

/**
 * Bounds the attempts after the first ones of calls to one pool, so that retries do not
 * multiply the load of a pool that is in trouble: a token bucket. Each call puts a part
 * of a token in, and each attempt that counts takes one out.
 */
final class RetryBudget {

	/** Tokens at the beginning, so that a pool that is called seldom has some. */
	static final double RESERVE = 100;

	/** As many tokens as calls may be pending: one failure of an element at most. */
	static final double CAPACITY = 10_000;

	private static final double NANOS_OF_SECOND = 1e9;

	private double tokens = RESERVE;

	private @Nullable Long filledNanos;

	/**
	 * A call began.
	 * @param share how much of a token it puts in
	 */
	void called(double share) {
		this.tokens = Math.min(CAPACITY, this.tokens + share);
	}

	/**
	 * Takes a token for an attempt.
	 * @param share what each call puts in; 0 permits no attempt
	 * @param now the time now
	 * @return whether there was one
	 */
	boolean take(double share, long now) {
		refill(now);
		if (share <= 0 || this.tokens < 1) {
			return false;
		}
		this.tokens--;
		return true;
	}

	/**
	 * The reserve comes back by one token a second.
	 */
	private void refill(long now) {
		Long filled = this.filledNanos;
		this.filledNanos = now;
		if (filled != null && this.tokens < RESERVE) {
			this.tokens = Math.min(RESERVE, this.tokens + (now - filled) / NANOS_OF_SECOND);
		}
	}

}
