package org.rserpool.policy;

import org.rserpool.wire.PolicyField;

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

	@Override
	void enter(Candidate candidate) {
		candidate.step = step(candidate);
		candidate.rank = this.position + candidate.step / 2;
	}

	@Override
	void renew(Candidate candidate) {
		candidate.step = step(candidate);
		candidate.rank = this.position + Math.min(candidate.rank - this.position, candidate.step);
	}

	@Override
	void charge(Candidate candidate) {
		this.position = candidate.rank;
		candidate.rank += candidate.step;
	}

	private static long step(Candidate candidate) {
		return ROUND / candidate.element.policy().value(PolicyField.WEIGHT);
	}

}
