package org.rserpool.policy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PolicyField;
import org.rserpool.wire.PolicyType;
import org.rserpool.wire.PoolElement;

/**
 * A model of member selection that follows the formulas word by word, in numbers of any
 * size, and sorts all elements for each answer.
 */
final class NaiveSelection {

	private static final BigInteger MAX = BigInteger.valueOf(0xffffffffL);

	private static final BigInteger ROUND = BigInteger.ONE.shiftLeft(62);

	private final PolicyType type;

	private final Map<Integer, Member> members = new LinkedHashMap<>();

	private BigInteger position = BigInteger.ZERO;

	private long turns;

	NaiveSelection(PolicyType type) {
		this.type = type;
	}

	boolean isRandom() {
		return this.type.name().matches("RANDOM.*|WEIGHTED_RANDOM.*");
	}

	private boolean isUniform() {
		return this.type == PolicyType.RANDOM
				|| this.members.values().stream().noneMatch((member) -> serves(member.element));
	}

	int size() {
		return this.members.size();
	}

	@Nullable PoolElement find(int identifier) {
		Member member = this.members.get(identifier);
		return (member != null) ? member.element : null;
	}

	void put(PoolElement element) {
		Member old = this.members.get(element.identifier());
		boolean keepsPlace = old != null && serves(old.element) == serves(element);
		Member member = new Member(element, keepsPlace ? old.turn : this.turns++);
		if (this.type == PolicyType.WEIGHTED_ROUND_ROBIN && serves(element)) {
			BigInteger step = step(element);
			member.due = keepsPlace ? old.due.min(this.position.add(step))
					: this.position.add(step.divide(BigInteger.TWO));
		}
		this.members.put(element.identifier(), member);
	}

	void replace(PoolElement element) {
		this.members.get(element.identifier()).element = element;
	}

	boolean remove(int identifier) {
		return this.members.remove(identifier) != null;
	}

	/**
	 * Return what an answer must be under a policy that does not draw at random.
	 */
	List<PoolElement> answer(int items) {
		return eligible().stream()
			.sorted(Comparator.comparing(this::rank).thenComparing((member) -> member.turn))
			.limit(items)
			.map((member) -> member.element)
			.toList();
	}

	/**
	 * Tell whether each draw of an answer was from the right number of tickets: from all
	 * until an element is drawn again, and without those of the answer from then on.
	 */
	boolean agrees(List<PoolElement> answer, List<Long> tickets) {
		BigInteger left = eligible().stream().map(this::weight).reduce(BigInteger.ZERO, BigInteger::add);
		long all = left.longValueExact();
		int fromAll = (int) tickets.stream().takeWhile((number) -> number == all).count();
		boolean again = tickets.size() > answer.size();
		List<Long> expected = new ArrayList<>(Collections.nCopies(fromAll, all));
		int drawn = again ? fromAll - 1 : fromAll;
		for (int i = 0; i < answer.size(); i++) {
			if (i >= drawn) {
				expected.add(left.longValueExact());
			}
			left = left.subtract(weight(this.members.get(answer.get(i).identifier())));
		}
		return tickets.equals(expected) && (again || fromAll == answer.size() || isUniform());
	}

	/**
	 * Return how many elements may be in an answer.
	 */
	int eligibleSize() {
		return eligible().size();
	}

	void charge(PoolElement first) {
		Member member = this.members.get(first.identifier());
		member.counter++;
		if (this.type == PolicyType.WEIGHTED_ROUND_ROBIN && serves(first)) {
			this.position = member.due;
			member.due = member.due.add(step(first));
		}
		else {
			member.turn = this.turns++;
		}
	}

	private List<Member> eligible() {
		List<Member> served = this.members.values().stream().filter((member) -> serves(member.element)).toList();
		return served.isEmpty() ? List.copyOf(this.members.values()) : served;
	}

	private boolean serves(PoolElement element) {
		return !this.type.fields().contains(PolicyField.WEIGHT) || element.policy().value(PolicyField.WEIGHT) > 0;
	}

	private static BigInteger step(PoolElement element) {
		return ROUND.divide(value(element.policy(), PolicyField.WEIGHT));
	}

	private BigInteger rank(Member member) {
		MemberSelectionPolicy policy = member.element.policy();
		return switch (this.type) {
			case ROUND_ROBIN -> BigInteger.ZERO;
			case WEIGHTED_ROUND_ROBIN -> serves(member.element) ? member.due : BigInteger.ZERO;
			case PRIORITY -> value(policy, PolicyField.PRIORITY).negate();
			default -> load(member).min(MAX);
		};
	}

	private BigInteger load(Member member) {
		MemberSelectionPolicy policy = member.element.policy();
		BigInteger load = value(policy, PolicyField.LOAD);
		BigInteger degradation = value(policy, PolicyField.LOAD_DEGRADATION);
		BigInteger degraded = degradation.multiply(BigInteger.valueOf(member.counter));
		BigInteger penalty = value(policy, PolicyField.DISTANCE).multiply(value(policy, PolicyField.LOAD_DPF));
		return switch (this.type) {
			case LEAST_USED, RANDOMIZED_LEAST_USED -> load;
			case LEAST_USED_DEGRADATION, RANDOMIZED_LEAST_USED_DEGRADATION -> load.add(degraded);
			case PRIORITY_LEAST_USED, RANDOMIZED_PRIORITY_LEAST_USED -> load.add(degradation);
			case PRIORITY_LEAST_USED_DEGRADATION, RANDOMIZED_PRIORITY_LEAST_USED_DEGRADATION ->
				load.add(degradation).add(degraded);
			case LEAST_USED_DPF -> load.add(penalty);
			case LEAST_USED_DEGRADATION_DPF -> load.add(degraded).add(penalty);
			default -> throw new IllegalStateException(this.type + " knows no load");
		};
	}

	private BigInteger weight(Member member) {
		MemberSelectionPolicy policy = member.element.policy();
		BigInteger weight = value(policy, PolicyField.WEIGHT);
		return switch (this.type) {
			case RANDOM -> BigInteger.ONE;
			case WEIGHTED_RANDOM -> weight.max(BigInteger.ONE);
			case WEIGHTED_RANDOM_DPF -> {
				BigInteger loss = weight.multiply(value(policy, PolicyField.DISTANCE))
					.multiply(value(policy, PolicyField.WEIGHT_DPF));
				yield weight.subtract(loss.add(MAX.shiftRight(1)).divide(MAX)).max(BigInteger.ONE);
			}
			default -> MAX.subtract(load(member)).max(BigInteger.ONE);
		};
	}

	private static BigInteger value(MemberSelectionPolicy policy, PolicyField field) {
		return BigInteger.valueOf(policy.value(field));
	}

	private static final class Member {

		private PoolElement element;

		private long turn;

		private long counter;

		private BigInteger due = BigInteger.ZERO;

		Member(PoolElement element, long turn) {
			this.element = element;
			this.turn = turn;
		}

	}

}
