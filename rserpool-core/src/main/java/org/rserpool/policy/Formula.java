package org.rserpool.policy;

import org.rserpool.wire.MemberSelectionPolicy;

/**
 * The number by which a policy ranks an element, or weighs it.
 */
interface Formula {

	/** The highest load, and the bound of every sum of loads. */
	long MAX = 0xffffffffL;

	/**
	 * Return the number of an element that was not selected since its registration.
	 * @param policy the element's values
	 * @return from 0 to {@link #MAX}
	 */
	long initial(MemberSelectionPolicy policy);

	/**
	 * Return by how much each selection makes the element less eligible.
	 * @param policy the element's values
	 * @return from 0 to {@link #MAX}
	 */
	default long degradation(MemberSelectionPolicy policy) {
		return 0;
	}

}
