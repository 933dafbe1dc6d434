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

	private final Map<Integer, Suspicion> suspects = new LinkedHashMap<>();

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
		this.suspects.values().removeIf((suspicion) -> suspicion.until() - now <= 0);
	}

	void clear() {
		this.elements = List.of();
		this.removed = List.of();
		this.selection = MemberSelection.of(PolicyType.ROUND_ROBIN.number());
	}

	/**
	 * Removes an element until a registrar names it again, and avoids it for some time
	 * even then.
	 * @param identifier the element
	 * @param until the end of that time
	 * @param reported whether a registrar is told
	 */
	void suspect(int identifier, long until, boolean reported) {
		List<PoolElement> left = new ArrayList<>();
		List<PoolElement> gone = new ArrayList<>(this.removed);
		this.elements.forEach((element) -> ((element.identifier() == identifier) ? gone : left).add(element));
		this.elements = left;
		this.removed = gone;
		this.selection.remove(identifier);
		this.suspects.put(identifier, new Suspicion(until, reported));
	}

	boolean suspected(int identifier, long now) {
		Suspicion suspicion = this.suspects.get(identifier);
		return suspicion != null && suspicion.until() - now > 0;
	}

	/**
	 * Return whether an element is under a suspicion that a registrar was told of.
	 */
	boolean reported(int identifier, long now) {
		Suspicion suspicion = this.suspects.get(identifier);
		return suspicion != null && suspicion.reported() && suspicion.until() - now > 0;
	}

	/**
	 * Selects an element that is not under suspicion.
	 */
	@Nullable PoolElement select(Set<Integer> excluded, long now, RandomGenerator random) {
		return pick(excluded, random, (element) -> !suspected(element.identifier(), now));
	}

	/**
	 * Selects an element, under suspicion or not.
	 */
	@Nullable PoolElement selectAny(Set<Integer> excluded, RandomGenerator random) {
		return pick(excluded, random, (element) -> true);
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

	private @Nullable PoolElement pick(Set<Integer> excluded, RandomGenerator random, Predicate<PoolElement> more) {
		Predicate<PoolElement> admitted = more.and((element) -> !excluded.contains(element.identifier()));
		PoolElement first = first(1, random, admitted);
		if (first != null) {
			return first;
		}
		int refused = excluded.size() + this.suspects.size();
		return (this.selection.size() > 1 && refused > 0)
				? first(Math.min(this.selection.size(), refused + 1), random, admitted) : null;
	}

	private @Nullable PoolElement first(int items, RandomGenerator random, Predicate<PoolElement> admitted) {
		return this.selection.select(items, random).stream().filter(admitted).findFirst().orElse(null);
	}

	/**
	 * Why an element is avoided.
	 *
	 * @param until how long
	 * @param reported whether a registrar was told
	 */
	private record Suspicion(long until, boolean reported) {
	}

}
