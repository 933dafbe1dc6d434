package org.rserpool.policy;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.rserpool.Conformance;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PolicyType;
import org.rserpool.wire.PoolElement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rserpool.policy.Members.values;

/**
 * Tests for the policies that draw elements at random.
 */
class RandomPolicyTests {

	private static final long MAX = 0xffffffffL;

	/** A tenth of the full load. */
	private static final long TENTH = MAX / 10;

	private static final int DRAWS = 20_000;

	@Test
	@Conformance("PO3")
	void randomIsUniformInEveryPlaceOfTheAnswer() {
		Members members = Members.of(PolicyType.RANDOM, values(), values(), values(), values(), values());
		double[][] counts = new double[3][5];
		for (int i = 0; i < DRAWS; i++) {
			List<Integer> answer = members.select(3);
			assertThat(answer).hasSize(3).doesNotHaveDuplicates();
			for (int place = 0; place < 3; place++) {
				counts[place][answer.get(place) - 1]++;
			}
		}
		for (double[] place : counts) {
			assertThat(ChiSquare.agrees(place, 1, 1, 1, 1, 1)).isTrue();
		}
	}

	@Test
	@Conformance("PO3")
	void randomAnswersAreIndependent() {
		Members members = Members.of(PolicyType.RANDOM, values(), values(), values());
		double[] pairs = new double[9];
		int before = members.select(1).get(0);
		for (int i = 0; i < DRAWS; i++) {
			int now = members.select(1).get(0);
			pairs[3 * (before - 1) + now - 1]++;
			before = now;
		}
		assertThat(ChiSquare.agrees(pairs, 1, 1, 1, 1, 1, 1, 1, 1, 1)).isTrue();
	}

	@Test
	@Conformance({ "PO3", "PO4" })
	void weightedRandomDrawsByWeightWithoutReplacement() {
		Members members = Members.of(PolicyType.WEIGHTED_RANDOM, values(1), values(2), values(3), values(4));
		double[] first = new double[4];
		double[] secondAfterFour = new double[3];
		double[] thirdAfterFourAndOne = new double[2];
		for (int i = 0; i < DRAWS; i++) {
			List<Integer> answer = members.select(4);
			assertThat(answer).hasSize(4).doesNotHaveDuplicates();
			first[answer.get(0) - 1]++;
			if (answer.get(0) == 4) {
				secondAfterFour[answer.get(1) - 1]++;
				if (answer.get(1) == 1) {
					thirdAfterFourAndOne[answer.get(2) - 2]++;
				}
			}
		}
		assertThat(ChiSquare.agrees(first, 1, 2, 3, 4)).isTrue();
		assertThat(ChiSquare.agrees(secondAfterFour, 1, 2, 3)).isTrue();
		assertThat(ChiSquare.agrees(thirdAfterFourAndOne, 2, 3)).isTrue();
	}

	@Test
	@Conformance("PO4")
	void everyTicketBelongsToTheElementWhoseWeightItIsPartOf() {
		MemberSelection selection = MemberSelection.of(PolicyType.WEIGHTED_RANDOM.number());
		List<Integer> expected = new ArrayList<>();
		for (int identifier = 1; identifier <= 100; identifier++) {
			int weight = (identifier * 7) % 5;
			selection.put(Members.element(identifier, MemberSelectionPolicy.of(PolicyType.WEIGHTED_RANDOM, 1)));
			selection.put(Members.element(identifier, MemberSelectionPolicy.of(PolicyType.WEIGHTED_RANDOM, weight)));
			if (identifier % 3 == 0) {
				selection.remove(identifier);
			}
			else {
				for (int ticket = 0; ticket < weight; ticket++) {
					expected.add(identifier);
				}
			}
		}
		List<Integer> drawn = new ArrayList<>();
		for (int ticket = 0; ticket < expected.size(); ticket++) {
			Draws draws = new Draws(0);
			draws.next(ticket);
			drawn.add(selection.select(1, draws).get(0).identifier());
			assertThat(draws.bounds()).containsExactly((long) expected.size());
		}
		assertThat(drawn).containsExactlyInAnyOrderElementsOf(expected);
	}

	@ParameterizedTest
	@EnumSource(names = { "WEIGHTED_ROUND_ROBIN", "WEIGHTED_RANDOM", "WEIGHTED_RANDOM_DPF" })
	@Conformance({ "PO2", "PO4" })
	void weightZeroIsServedOnlyWhenThereIsNothingElse(PolicyType type) {
		Members members = new Members(type, 1);
		members.register(1, weight(type, 0));
		members.register(2, weight(type, 0));
		members.register(3, weight(type, 5));
		for (int i = 0; i < 50; i++) {
			assertThat(members.answers(2, 1)).isEqualTo("3");
		}
		members.selection().remove(3);
		assertThat(members.select(3)).containsExactlyInAnyOrder(1, 2);
		members.register(1, weight(type, 1));
		assertThat(members.answers(2, 2)).isEqualTo("1 1");
		members.register(1, weight(type, 0));
		assertThat(members.selection().size()).isEqualTo(2);
		assertThat(members.select(3)).containsExactlyInAnyOrder(1, 2);
	}

	private static long[] weight(PolicyType type, long weight) {
		return (type != PolicyType.WEIGHTED_RANDOM_DPF) ? values(weight) : values(weight, 3, 5);
	}

	@Test
	@Conformance("PO11")
	void randomizedLeastUsedDrawsByTheCapacityThatIsLeft() {
		Members members = Members.of(PolicyType.RANDOMIZED_LEAST_USED, values(0), values(5 * TENTH), values(9 * TENTH),
				values(7 * TENTH));
		assertThat(ChiSquare.agrees(members.firsts(DRAWS), 10, 5, 1, 3)).isTrue();
		double[] second = new double[3];
		for (int i = 0; i < DRAWS; i++) {
			List<Integer> answer = members.select(2);
			assertThat(answer).hasSize(2).doesNotHaveDuplicates();
			if (answer.get(0) == 1) {
				second[answer.get(1) - 2]++;
			}
		}
		assertThat(ChiSquare.agrees(second, 5, 1, 3)).isTrue();
	}

	@Test
	@Conformance("PO11")
	void randomizedLeastUsedServesFullElementsToo() {
		Members members = Members.of(PolicyType.RANDOMIZED_LEAST_USED, values(MAX), values(MAX), values(MAX));
		assertThat(ChiSquare.agrees(members.firsts(DRAWS), 1, 1, 1)).isTrue();
		members.register(2, MAX - 2);
		assertThat(ChiSquare.agrees(members.firsts(DRAWS), 1, 2, 1)).isTrue();
	}

	@Test
	void randomizedPriorityLeastUsedReckonsWithOneMoreUser() {
		Members members = Members.of(PolicyType.RANDOMIZED_PRIORITY_LEAST_USED, values(TENTH, TENTH),
				values(TENTH, 5 * TENTH), values(8 * TENTH, 0));
		assertThat(ChiSquare.agrees(members.firsts(DRAWS), 8, 4, 2)).isTrue();
		members.register(2, MAX, MAX);
		assertThat(members.firsts(DRAWS)[1]).isZero();
	}

	@Test
	void randomizedLeastUsedDegradationLosesWeightWithEachAnswerUntilItRegisters() {
		long[] weights = { MAX, MAX - 3 * TENTH, MAX - 9 * TENTH };
		Members members = Members.of(PolicyType.RANDOMIZED_LEAST_USED_DEGRADATION, values(0, TENTH),
				values(3 * TENTH, TENTH), values(9 * TENTH, MAX));
		double[] counts = new double[3];
		for (int i = 0; i < DRAWS; i++) {
			members.register(1, 0, TENTH);
			members.register(2, 3 * TENTH, TENTH);
			members.register(3, 9 * TENTH, MAX);
			counts[members.select(1).get(0) - 1]++;
		}
		assertThat(ChiSquare.agrees(counts, weights[0], weights[1], weights[2])).isTrue();
		for (int i = 0; i < 100; i++) {
			members.select(1);
		}
		assertThat(ChiSquare.agrees(members.firsts(DRAWS), 1, 1, 1)).isTrue();
	}

	@Test
	void onlyTheFirstDrawnElementLosesWeight() {
		MemberSelection selection = MemberSelection.of(PolicyType.RANDOMIZED_PRIORITY_LEAST_USED_DEGRADATION.number());
		for (int identifier = 1; identifier <= 3; identifier++) {
			selection.put(Members.element(identifier, MemberSelectionPolicy
				.of(PolicyType.RANDOMIZED_PRIORITY_LEAST_USED_DEGRADATION, TENTH, identifier * TENTH)));
		}
		Draws draws = new Draws(99);
		List<PoolElement> answer = selection.select(3, draws);
		assertThat(draws.bounds().get(0)).isEqualTo(3 * (MAX - TENTH) - 6 * TENTH);
		draws.bounds().clear();
		selection.select(1, draws);
		assertThat(draws.bounds()).containsExactly(3 * (MAX - TENTH) - 6 * TENTH - answer.get(0).identifier() * TENTH);
	}

	@Test
	void distanceTakesItsShareOfTheWeight() {
		long percent = Math.round(MAX / 100.0);
		Members members = Members.of(PolicyType.WEIGHTED_RANDOM_DPF, values(1000, percent, 0),
				values(1000, percent, 50), values(1000, percent, 90), values(4000, percent, 50));
		assertThat(ChiSquare.agrees(members.firsts(DRAWS), 10, 5, 1, 20)).isTrue();
	}

	@Test
	void distanceLeavesAWeightOfOneAtLeast() {
		Members members = Members.of(PolicyType.WEIGHTED_RANDOM_DPF, values(MAX, MAX, MAX), values(MAX, MAX, 1),
				values(1, 0, 0), values(2, MAX / 2, 1));
		assertThat(ChiSquare.agrees(members.firsts(DRAWS), 1, 1, 1, 1)).isTrue();
		members.register(4, 3, MAX / 2, 1);
		assertThat(ChiSquare.agrees(members.firsts(DRAWS), 1, 1, 1, 2)).isTrue();
	}

}
