package org.rserpool.policy;

import java.util.List;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

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
	 * Makes an empty selection for a policy. A policy that is not known is served round
	 * robin, which every component supports.
	 * @param policyType the policy type as it stands in the policy parameter
	 * @return the selection
	 */
	static MemberSelection of(int policyType) {
		PolicyType type = PolicyType.of(policyType);
		if (type == null) {
			return new RoundRobinSelection();
		}
		return switch (type) {
			case ROUND_ROBIN -> new RoundRobinSelection();
			case WEIGHTED_ROUND_ROBIN ->
				new WeightedSelection(new WeightedRoundRobinSelection(), new RoundRobinSelection());
			case RANDOM -> new RandomSelection();
			case WEIGHTED_RANDOM ->
				new WeightedSelection(new WeightedRandomSelection(Weight.WEIGHTED_RANDOM), new RandomSelection());
			case PRIORITY -> new RankedSelection((policy) -> Formula.MAX - policy.value(PolicyField.PRIORITY));
			case LEAST_USED -> new RankedSelection(Load.LEAST_USED);
			case LEAST_USED_DEGRADATION -> new RankedSelection(Load.LEAST_USED_DEGRADATION);
			case PRIORITY_LEAST_USED -> new RankedSelection(Load.PRIORITY_LEAST_USED);
			case RANDOMIZED_LEAST_USED -> new WeightedRandomSelection(Weight.unused(Load.LEAST_USED));
			case RANDOMIZED_PRIORITY_LEAST_USED -> new WeightedRandomSelection(Weight.unused(Load.PRIORITY_LEAST_USED));
			case RANDOMIZED_LEAST_USED_DEGRADATION ->
				new WeightedRandomSelection(Weight.unused(Load.LEAST_USED_DEGRADATION));
			case PRIORITY_LEAST_USED_DEGRADATION -> new RankedSelection(Load.PRIORITY_LEAST_USED_DEGRADATION);
			case RANDOMIZED_PRIORITY_LEAST_USED_DEGRADATION ->
				new WeightedRandomSelection(Weight.unused(Load.PRIORITY_LEAST_USED_DEGRADATION));
			case WEIGHTED_RANDOM_DPF ->
				new WeightedSelection(new WeightedRandomSelection(Weight.WEIGHTED_RANDOM_DPF), new RandomSelection());
			case LEAST_USED_DPF -> new RankedSelection(Load.LEAST_USED_DPF);
			case LEAST_USED_DEGRADATION_DPF -> new RankedSelection(Load.LEAST_USED_DEGRADATION_DPF);
		};
	}

	/**
	 * Adds an element, or renews the registration of the one with the same identifier. A
	 * renewed element keeps its turn as far as its new policy values allow; what earlier
	 * selections added to its load is forgotten.
	 * @param element the element
	 */
	void put(PoolElement element);

	/**
	 * Adds elements that were selected elsewhere by the same policy. Where the policy
	 * takes turns, it goes on in their order.
	 * @param listed the elements, in the order of selection, to a selection that is empty
	 */
	default void begin(List<PoolElement> listed) {
		listed.forEach(this::put);
	}

	/**
	 * Replaces what is known of an element without renewing its registration, such as
	 * when it has another home registrar. Its turn and its load stay as they are.
	 * @param element the element, with the identifier and the policy that it had
	 * @return whether it was there; if not, it is not added
	 */
	boolean replace(PoolElement element);

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
	 * Selects elements, and counts the first of them as used: the turn goes on to the
	 * next, and where the policy knows degradation, the first is more loaded now. The
	 * others are for when the first fails, and cost nothing.
	 * @param items how many are wanted; not negative
	 * @param random where a random policy draws from
	 * @return distinct elements in the order of selection; fewer if the pool has fewer,
	 * or if the policy gives some of them no service. Never empty if there is an element
	 * and one is wanted
	 */
	List<PoolElement> select(int items, RandomGenerator random);

	/**
	 * Selects one element, with the same chances and effects as {@link #select}, but
	 * makes no list.
	 * @param random where a random policy draws from
	 * @return the element, or {@code null} if there is none
	 */
	@Nullable PoolElement selectOne(RandomGenerator random);

}
