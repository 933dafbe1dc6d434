package org.rserpool.user;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

import org.rserpool.policy.MemberSelection;
import org.rserpool.wire.PolicyType;
import org.rserpool.wire.PoolElement;

/**
 * The elements of one pool as a pool user knows them, and which of them are under
 * suspicion.
 */
final class ElementCache {

	private final Map<Integer, Long> suspects = new LinkedHashMap<>();

	private List<PoolElement> elements = List.of();

	private List<PoolElement> removed = List.of();

	private MemberSelection selection = MemberSelection.of(PolicyType.ROUND_ROBIN.number());

	List<PoolElement> elements() {
		return this.elements;
	}

	/**
	 * Takes over what a registrar said.
	 */
	void fill(List<PoolElement> resolved, int policy, long now) {
		clear();
		this.elements = resolved;
		this.selection = MemberSelection.of(policy);
		resolved.forEach(this.selection::put);
		this.suspects.values().removeIf((until) -> until - now <= 0);
	}

	void clear() {
		this.elements = List.of();
		this.removed = List.of();
		this.selection = MemberSelection.of(PolicyType.ROUND_ROBIN.number());
	}

	/**
	 * Removes an element until a registrar names it again, and avoids it for some time
	 * even then.
	 */
	void suspect(int identifier, long until) {
		List<PoolElement> left = new ArrayList<>();
		List<PoolElement> gone = new ArrayList<>(this.removed);
		this.elements.forEach((element) -> ((element.identifier() == identifier) ? gone : left).add(element));
		this.elements = left;
		this.removed = gone;
		this.selection.remove(identifier);
		this.suspects.put(identifier, until);
	}

	boolean suspected(int identifier, long now) {
		Long until = this.suspects.isEmpty() ? null : this.suspects.get(identifier);
		return until != null && until - now > 0;
	}

	/**
	 * Selects an element that is not under suspicion.
	 */
	@Nullable PoolElement select(Set<Integer> excluded, long now, RandomGenerator random) {
		PoolElement first = this.selection.selectOne(random);
		if (first == null || (!isIn(excluded, first) && !suspected(first.identifier(), now))) {
			return first;
		}
		return another(excluded, random, (element) -> !suspected(element.identifier(), now));
	}

	/**
	 * Selects an element, under suspicion or not.
	 */
	@Nullable PoolElement selectAny(Set<Integer> excluded, RandomGenerator random) {
		PoolElement first = this.selection.selectOne(random);
		if (first == null || !isIn(excluded, first)) {
			return first;
		}
		return another(excluded, random, (element) -> true);
	}

	/**
	 * Selects an element that was removed, for when nobody can say whether it is back.
	 */
	@Nullable PoolElement selectRemoved(Set<Integer> excluded) {
		return this.removed.stream()
			.filter((element) -> !excluded.contains(element.identifier()))
			.findFirst()
			.orElse(null);
	}

	private static boolean isIn(Set<Integer> excluded, PoolElement element) {
		return !excluded.isEmpty() && excluded.contains(element.identifier());
	}

	private @Nullable PoolElement another(Set<Integer> excluded, RandomGenerator random, Predicate<PoolElement> more) {
		if (this.selection.size() == 1) {
			return null;
		}
		int refused = excluded.size() + this.suspects.size();
		return this.selection.select(Math.min(this.selection.size(), refused + 1), random)
			.stream()
			.filter(more.and((element) -> !isIn(excluded, element)))
			.findFirst()
			.orElse(null);
	}

}
