package org.rserpool.policy;

import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PolicyField;

/**
 * The weight of an element as a random policy reckons it.
 */
enum Weight implements Formula {

	/** What the element says (RFC 5356, section 4.4). */
	WEIGHTED_RANDOM {

		@Override
		public long initial(MemberSelectionPolicy policy) {
			return policy.value(PolicyField.WEIGHT);
		}

	},

	/**
	 * What the element says, less a share of it for its distance. Only an element that
	 * wants no service comes down to 0, however far the others are.
	 */
	WEIGHTED_RANDOM_DPF {

		@Override
		public long initial(MemberSelectionPolicy policy) {
			long weight = policy.value(PolicyField.WEIGHT);
			long share = Load.product(policy.value(PolicyField.DISTANCE), policy.value(PolicyField.WEIGHT_DPF));
			long loss = Long.divideUnsigned(weight * share + MAX / 2, MAX);
			return Math.max(Math.min(weight, 1), weight - loss);
		}

	};

	/**
	 * Make the formula of a policy that draws the elements at random, each by its share
	 * of the capacity that is left (RFC 5356, section 5.4).
	 * @param load how the policy reckons loads
	 * @return a formula of weights, which are at least 1: full elements are served too
	 */
	static Formula unused(Load load) {
		return new Formula() {

			@Override
			public long initial(MemberSelectionPolicy policy) {
				return Math.max(1, MAX - load.initial(policy));
			}

			@Override
			public long degradation(MemberSelectionPolicy policy) {
				return load.degradation(policy);
			}

		};
	}

}
