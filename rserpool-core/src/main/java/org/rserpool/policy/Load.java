package org.rserpool.policy;

import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PolicyField;

/**
 * The load of an element as an adaptive policy reckons it: from 0 to {@link #MAX}, where
 * every sum and product stops.
 */
enum Load implements Formula {

	/** What the element says (RFC 5356, section 5.1). */
	LEAST_USED(false, false, false),

	/** What it says, and a degradation for each selection (RFC 5356, section 5.2). */
	LEAST_USED_DEGRADATION(false, true, false),

	/** What it will be with one more user (RFC 5356, section 5.3). */
	PRIORITY_LEAST_USED(true, false, false),

	/** What it will be with one more user, and a degradation for each selection. */
	PRIORITY_LEAST_USED_DEGRADATION(true, true, false),

	/** What the element says, and a penalty for its distance. */
	LEAST_USED_DPF(false, false, true),

	/** What it says, a penalty for its distance, and a degradation for each selection. */
	LEAST_USED_DEGRADATION_DPF(false, true, true);

	private final boolean oneMoreUser;

	private final boolean degrading;

	private final boolean distant;

	Load(boolean oneMoreUser, boolean degrading, boolean distant) {
		this.oneMoreUser = oneMoreUser;
		this.degrading = degrading;
		this.distant = distant;
	}

	@Override
	public long initial(MemberSelectionPolicy policy) {
		long load = policy.value(PolicyField.LOAD);
		if (this.oneMoreUser) {
			load += policy.value(PolicyField.LOAD_DEGRADATION);
		}
		if (this.distant) {
			load += product(policy.value(PolicyField.DISTANCE), policy.value(PolicyField.LOAD_DPF));
		}
		return Math.min(MAX, load);
	}

	@Override
	public long degradation(MemberSelectionPolicy policy) {
		return this.degrading ? policy.value(PolicyField.LOAD_DEGRADATION) : 0;
	}

	/**
	 * Multiplies two numbers of 32 bits.
	 * @param a from 0 to {@link #MAX}
	 * @param b from 0 to {@link #MAX}
	 * @return the product, or {@link #MAX} if that is less
	 */
	static long product(long a, long b) {
		long product = a * b;
		return (Long.compareUnsigned(product, MAX) > 0) ? MAX : product;
	}

}
