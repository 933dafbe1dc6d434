package org.rserpool.policy;

import java.util.List;

import org.rserpool.wire.PolicyField;
import org.rserpool.wire.PoolElement;

/**
 * Weighted Round Robin (RFC 5356, section 4.2): each element has a turn every
 * {@code 1/weight} of a round, so its turns lie evenly spread between those of others. It
 * takes no element of weight 0.
 */
final class WeightedRoundRobinSelection extends OrderedSelection {

	/**
	 * The distance between two turns of an element of weight 1. Ranks are positions that
	 * wrap around; all that are compared lie within one such distance of each other.
	 */
	private static final long ROUND = 1L << 62;

	private long position;

	/** How far from the position a new element is at most. */
	private long latest = ROUND;

	/**
	 * Begins with the elements in their order: each has its first turn not later than
	 * those that follow it.
	 */
	@Override
	public void begin(List<PoolElement> listed) {
		long[] first = new long[listed.size()];
		long next = ROUND;
		for (int i = first.length - 1; i >= 0; i--) {
			next = Math.min(next, step(listed.get(i)) / 2);
			first[i] = next;
		}
		for (int i = 0; i < first.length; i++) {
			this.latest = first[i];
			put(listed.get(i));
		}
		this.latest = ROUND;
	}

	@Override
	void enter(Candidate candidate) {
		candidate.step = step(candidate.element);
		candidate.rank = this.position + Math.min(candidate.step / 2, this.latest);
	}

	@Override
	void renew(Candidate candidate) {
		candidate.step = step(candidate.element);
		candidate.rank = this.position + Math.min(candidate.rank - this.position, candidate.step);
	}

	@Override
	void charge(Candidate candidate) {
		this.position = candidate.rank;
		candidate.rank += candidate.step;
	}

	private static long step(PoolElement element) {
		return ROUND / element.policy().value(PolicyField.WEIGHT);
	}

}
