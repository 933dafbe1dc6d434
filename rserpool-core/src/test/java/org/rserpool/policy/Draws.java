package org.rserpool.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * A source of random numbers that remembers how many each draw could choose from.
 */
final class Draws implements RandomGenerator {

	private final Random random;

	private final List<Long> bounds = new ArrayList<>();

	private long next = -1;

	Draws(long seed) {
		this.random = new Random(seed);
	}

	List<Long> bounds() {
		return this.bounds;
	}

	/**
	 * Determines the next draw.
	 */
	void next(long value) {
		this.next = value;
	}

	@Override
	public long nextLong() {
		return this.random.nextLong();
	}

	@Override
	public long nextLong(long bound) {
		this.bounds.add(bound);
		long drawn = (this.next >= 0) ? this.next : this.random.nextLong(bound);
		this.next = -1;
		return drawn;
	}

	@Override
	public int nextInt(int origin, int bound) {
		return origin + (int) nextLong(bound - origin);
	}

}
