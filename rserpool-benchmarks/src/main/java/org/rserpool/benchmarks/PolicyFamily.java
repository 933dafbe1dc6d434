package org.rserpool.benchmarks;

import org.rserpool.wire.PolicyType;

/**
 * One policy of each kind of selection.
 */
public enum PolicyFamily {

	/** Round Robin. */
	RR(PolicyType.ROUND_ROBIN),

	/** Weighted Round Robin. */
	WRR(PolicyType.WEIGHTED_ROUND_ROBIN),

	/** Random. */
	RAND(PolicyType.RANDOM),

	/** Weighted Random. */
	WRAND(PolicyType.WEIGHTED_RANDOM),

	/** Least Used. */
	LU(PolicyType.LEAST_USED),

	/** Least Used with Degradation. */
	LUD(PolicyType.LEAST_USED_DEGRADATION);

	private final PolicyType type;

	PolicyFamily(PolicyType type) {
		this.type = type;
	}

	PolicyType type() {
		return this.type;
	}

}
