package org.rserpool.policy;

import java.util.List;
import java.util.random.RandomGenerator;

import org.rserpool.wire.PolicyField;
import org.rserpool.wire.PolicyType;
import org.rserpool.wire.PoolElement;

/**
 * The elements of one pool, and the order in which its policy selects them (RFC 5356).
 * Every operation takes O(log n) time for each element that is put, removed or selected.
 * Not thread-safe.
 *
 * @since 0.1
 */
public interface MemberSelection {

	/**
	 * Makes an empty selection for a policy. A policy that is not implemented is served
	 * round robin, which every component supports.
	 * @param policyType the policy type as it stands in the policy parameter
	 * @return the selection
	 */
	static MemberSelection of(int policyType) {
		PolicyType type = PolicyType.of(policyType);
		if (type == null) {
			return new RankedSelection((element) -> 0);
		}
		return switch (type) {
			case WEIGHTED_ROUND_ROBIN -> new WeightedRoundRobinSelection();
			case RANDOM -> new RandomSelection((element) -> 1);
			case WEIGHTED_RANDOM -> new RandomSelection((element) -> element.policy().value(PolicyField.WEIGHT));
			case LEAST_USED -> new RankedSelection((element) -> element.policy().value(PolicyField.LOAD));
			default -> new RankedSelection((element) -> 0);
		};
	}

	/**
	 * Adds an element, or replaces the one with the same identifier by its renewed
	 * registration. A renewed element keeps its place in the order as far as its new
	 * policy values allow.
	 * @param element the element
	 */
	void put(PoolElement element);

	/**
	 * Removes an element.
	 * @param identifier the pool element's identifier
	 * @return whether it was there
	 */
	boolean remove(int identifier);

	/**
	 * Return the number of elements.
	 * @return the number of elements
	 */
	int size();

	/**
	 * Selects elements, and counts the first of them as used: the next selection starts
	 * behind it.
	 * @param items how many are wanted; not negative
	 * @param random where a random policy draws from
	 * @return distinct elements in the order of selection; fewer if the pool has fewer,
	 * or if the policy gives some of them no service. Never empty if there is an element
	 * and one is wanted
	 */
	List<PoolElement> select(int items, RandomGenerator random);

}
