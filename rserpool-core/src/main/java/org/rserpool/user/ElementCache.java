package org.rserpool.user;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

	private List<PoolElement> doubtful = List.of();

	private List<PoolElement> removed = List.of();

	private boolean probeDue;

	private MemberSelection selection = MemberSelection.of(PolicyType.ROUND_ROBIN.number());

	List<PoolElement> elements() {
		return this.elements;
	}

	@Nullable PoolElement find(int identifier) {
		for (PoolElement element : this.elements) {
			if (element.identifier() == identifier) {
				return element;
			}
		}
		return null;
	}

	/**
	 * Takes over what a registrar said. An element under suspicion is tried again only
	 * when it is named after that: the registrar may not know yet that it is gone.
	 * @param resolved the elements in the registrar's order
	 * @param complete whether these are all elements of the pool
	 * @param policy the pool's policy type
	 * @param now the time
	 */
	void fill(List<PoolElement> resolved, boolean complete, int policy, long now) {
		clear();
		forgetThoseThatAreGone(resolved, now);
		this.elements = resolved;
		this.selection = MemberSelection.of(policyHere(policy, complete));
		List<PoolElement> trusted = new ArrayList<>(resolved.size());
		List<PoolElement> doubted = new ArrayList<>();
		for (PoolElement element : resolved) {
			Suspicion suspicion = this.suspects.get(element.identifier());
			if (suspicion == null) {
				trusted.add(element);
			}
			else {
				suspicion.named(now);
				this.probeDue |= suspicion.halfOpen();
				doubted.add(element);
			}
		}
		this.selection.begin(trusted);
		this.doubtful = doubted;
	}

	private void forgetThoseThatAreGone(List<PoolElement> resolved, long now) {
		if (this.suspects.isEmpty()) {
			return;
		}
		Set<Integer> named = resolved.stream().map(PoolElement::identifier).collect(Collectors.toSet());
		this.suspects.entrySet().removeIf((entry) -> !named.contains(entry.getKey()) && !entry.getValue().holds(now));
	}

	/**
	 * Return by which policy to select from a registrar's answer, which may be selected
	 * already.
	 * <p>
	 * Policies with degradation order by what the registrar counts. Ranked anew by the
	 * load alone, its order would be lost, and all pool users would choose the same
	 * element (RFC 5356, section 5.2.3).
	 * <p>
	 * Weights count once. Of a part of the pool, which the registrar drew by weight,
	 * users draw without weight (sections 4.4.3 and 5.4.3), or take it in turn (section
	 * 4.2.3). Of the whole pool nothing was drawn yet.
	 */
	private static int policyHere(int policy, boolean complete) {
		PolicyType type = PolicyType.of(policy);
		if (type == null) {
			return policy;
		}
		PolicyType here = switch (type) {
			case LEAST_USED_DEGRADATION, PRIORITY_LEAST_USED_DEGRADATION, LEAST_USED_DEGRADATION_DPF ->
				PolicyType.ROUND_ROBIN;
			case WEIGHTED_ROUND_ROBIN -> complete ? type : PolicyType.ROUND_ROBIN;
			case WEIGHTED_RANDOM, WEIGHTED_RANDOM_DPF, RANDOMIZED_LEAST_USED, RANDOMIZED_PRIORITY_LEAST_USED,
					RANDOMIZED_LEAST_USED_DEGRADATION, RANDOMIZED_PRIORITY_LEAST_USED_DEGRADATION ->
				complete ? type : PolicyType.RANDOM;
			default -> type;
		};
		return here.number();
	}

	void clear() {
		this.elements = List.of();
		this.doubtful = List.of();
		this.removed = List.of();
		this.probeDue = false;
		this.selection = MemberSelection.of(PolicyType.ROUND_ROBIN.number());
	}

	/**
	 * Removes an element until a registrar names it again, and avoids it for some time
	 * even then. That time doubles when the element fails the probe that follows it.
	 * @param identifier the element
	 * @param now the time now
	 * @param pause that time at first, in nanoseconds
	 * @param reported whether a registrar is told
	 */
	void suspect(int identifier, long now, long pause, boolean reported) {
		List<PoolElement> gone = new ArrayList<>(this.removed);
		this.elements.stream().filter((element) -> element.identifier() == identifier).forEach(gone::add);
		this.removed = gone;
		this.elements = without(this.elements, identifier);
		this.doubtful = without(this.doubtful, identifier);
		this.selection.remove(identifier);
		this.suspects.put(identifier, Suspicion.after(this.suspects.get(identifier), now, pause, reported));
	}

	/**
	 * Trusts an element that was suspected: it served a call.
	 * @param identifier the element
	 */
	void trust(int identifier) {
		if (this.suspects.remove(identifier) == null) {
			return;
		}
		List<PoolElement> back = Stream.concat(this.doubtful.stream(), this.removed.stream())
			.filter((element) -> element.identifier() == identifier)
			.limit(1)
			.toList();
		this.doubtful = without(this.doubtful, identifier);
		this.removed = without(this.removed, identifier);
		this.elements = Stream.concat(without(this.elements, identifier).stream(), back.stream()).toList();
		back.forEach(this.selection::put);
	}

	/**
	 * Trusts an element again that a registrar was told of. One that leaves its pool may
	 * still answer what it began, so it stays avoided.
	 */
	void confirm(int identifier) {
		Suspicion suspicion = this.suspects.get(identifier);
		if (suspicion != null && suspicion.reported()) {
			trust(identifier);
		}
	}

	private static List<PoolElement> without(List<PoolElement> elements, int identifier) {
		return elements.stream().filter((element) -> element.identifier() != identifier).toList();
	}

	boolean suspected(int identifier, long now) {
		Suspicion suspicion = this.suspects.get(identifier);
		return suspicion != null && suspicion.holds(now);
	}

	/**
	 * Return whether an element is not trusted: it is avoided, or on probation.
	 */
	boolean doubted(int identifier) {
		// Asked for each call: an identifier that is not small is boxed anew each time.
		return !this.suspects.isEmpty() && this.suspects.containsKey(identifier);
	}

	int suspects() {
		return this.suspects.size();
	}

	/**
	 * Return whether an element is under a suspicion that a registrar was told of.
	 */
	boolean reported(int identifier, long now) {
		Suspicion suspicion = this.suspects.get(identifier);
		return suspicion != null && suspicion.reported() && suspicion.holds(now);
	}

	/**
	 * Selects an element that is trusted, or one that is to be probed: of an element
	 * whose suspicion is over, one selection alone finds out whether it serves again.
	 */
	@Nullable PoolElement select(Set<Integer> excluded, RandomGenerator random, long now) {
		if (this.probeDue) {
			PoolElement probed = probe(excluded, now);
			if (probed != null) {
				return probed;
			}
		}
		PoolElement first = this.selection.selectOne(random);
		if (first == null || excluded.isEmpty() || !excluded.contains(first.identifier())) {
			return first;
		}
		return first(this.selection.select(Math.min(this.selection.size(), excluded.size() + 1), random), excluded);
	}

	private @Nullable PoolElement probe(Set<Integer> excluded, long now) {
		for (PoolElement element : this.doubtful) {
			Suspicion suspicion = this.suspects.get(element.identifier());
			if (suspicion != null && suspicion.survived(now)) {
				// Nobody said how the probe went, so it went well.
				trust(element.identifier());
			}
			else if (suspicion != null && !excluded.contains(element.identifier()) && suspicion.probe(now)) {
				return element;
			}
		}
		this.probeDue = this.doubtful.stream()
			.map((element) -> this.suspects.get(element.identifier()))
			.anyMatch((suspicion) -> suspicion != null && suspicion.halfOpen());
		return null;
	}

	/**
	 * Selects an element, trusted or not.
	 */
	@Nullable PoolElement selectAny(Set<Integer> excluded, RandomGenerator random, long now) {
		PoolElement trusted = select(excluded, random, now);
		return (trusted != null) ? trusted : first(this.doubtful, excluded);
	}

	/**
	 * Selects an element that was removed, for when nobody can say whether it is back.
	 */
	@Nullable PoolElement selectRemoved(Set<Integer> excluded) {
		return first(this.removed, excluded);
	}

	private static @Nullable PoolElement first(List<PoolElement> elements, Set<Integer> excluded) {
		for (PoolElement element : elements) {
			if (!excluded.contains(element.identifier())) {
				return element;
			}
		}
		return null;
	}

}
