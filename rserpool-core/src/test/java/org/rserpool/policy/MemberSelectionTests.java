package org.rserpool.policy;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.rserpool.Conformance;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.Octets;
import org.rserpool.wire.PolicyType;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.Transport;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MemberSelection}.
 */
class MemberSelectionTests {

	private final Random random = new Random(4711);

	@Test
	@Conformance("PO1")
	void roundRobinAdvancesByOneForEachAnswer() {
		MemberSelection selection = members(PolicyType.ROUND_ROBIN, new long[][] { {}, {}, {} });
		assertThat(answers(selection, 1, 6)).isEqualTo("1 2 3 1 2 3");
		assertThat(answers(selection, 3, 3)).isEqualTo("123 231 312");
		assertThat(answers(selection, 9, 1)).isEqualTo("123");
	}

	@Test
	void roundRobinKeepsTheTurnOfARenewedElement() {
		MemberSelection selection = members(PolicyType.ROUND_ROBIN, new long[][] { {}, {}, {} });
		assertThat(answers(selection, 1, 1)).isEqualTo("1");
		selection.put(element(1, MemberSelectionPolicy.ROUND_ROBIN));
		selection.put(element(3, MemberSelectionPolicy.ROUND_ROBIN));
		assertThat(answers(selection, 1, 3)).isEqualTo("2 3 1");
	}

	@Test
	void unknownPolicyIsServedRoundRobin() {
		MemberSelectionPolicy policy = new MemberSelectionPolicy(0x8badf00d, Octets.of((byte) 1));
		MemberSelection selection = MemberSelection.of(policy.number());
		selection.put(element(1, policy));
		selection.put(element(2, policy));
		assertThat(answers(selection, 2, 3)).isEqualTo("12 21 12");
	}

	@Test
	@Conformance("PO2")
	void weightedRoundRobinSharesByWeightAndSpreadsEvenly() {
		long[] weights = { 1, 2, 3 };
		MemberSelection selection = members(PolicyType.WEIGHTED_ROUND_ROBIN,
				new long[][] { { weights[0] }, { weights[1] }, { weights[2] } });
		int[] counts = new int[4];
		for (int draw = 1; draw <= 6000; draw++) {
			counts[selection.select(1, this.random).get(0).identifier()]++;
			for (int i = 0; i < weights.length; i++) {
				assertThat(counts[i + 1]).isBetween((int) Math.floor(draw * weights[i] / 6.0) - 1,
						(int) Math.ceil(draw * weights[i] / 6.0) + 1);
			}
		}
		assertThat(counts).containsExactly(0, 1000, 2000, 3000);
	}

	@Test
	void weightedRoundRobinAnswersDistinctElementsAndCountsTheFirst() {
		MemberSelection selection = members(PolicyType.WEIGHTED_ROUND_ROBIN, new long[][] { { 1 }, { 5 } });
		int first = 0;
		for (int i = 0; i < 600; i++) {
			List<PoolElement> answer = selection.select(2, this.random);
			assertThat(answer).hasSize(2).doesNotHaveDuplicates();
			first += (answer.get(0).identifier() == 1) ? 1 : 0;
		}
		assertThat(first).isEqualTo(100);
	}

	@Test
	void weightedRoundRobinWithExtremeWeights() {
		MemberSelection selection = members(PolicyType.WEIGHTED_ROUND_ROBIN,
				new long[][] { { 0xffffffffL }, { 0xffffffffL }, { 0xc0000000L }, { 1 } });
		int[] counts = new int[5];
		for (int i = 0; i < 11_000; i++) {
			counts[selection.select(1, this.random).get(0).identifier()]++;
		}
		assertThat(counts[1]).isBetween(3998, 4002);
		assertThat(counts[3]).isBetween(2998, 3002);
		assertThat(counts[4]).isLessThan(2);
	}

	@ParameterizedTest
	@EnumSource(value = PolicyType.class, names = { "WEIGHTED_ROUND_ROBIN", "WEIGHTED_RANDOM" })
	void weightZeroIsServedOnlyWhenThereIsNothingElse(PolicyType type) {
		MemberSelection selection = members(type, new long[][] { { 0 }, { 0 }, { 5 } });
		for (int i = 0; i < 50; i++) {
			assertThat(answers(selection, 2, 1)).isEqualTo("3");
		}
		selection.remove(3);
		assertThat(selection.select(3, this.random)).hasSize(2).doesNotHaveDuplicates();
		selection.put(element(1, MemberSelectionPolicy.of(type, 1)));
		assertThat(answers(selection, 2, 2)).isEqualTo("1 1");
		selection.put(element(1, MemberSelectionPolicy.of(type, 0)));
		assertThat(selection.size()).isEqualTo(2);
		assertThat(selection.select(3, this.random)).hasSize(2);
	}

	@Test
	@Conformance({ "PO6", "PO7" })
	void leastUsedIsAscendingAndRoundRobinAmongEquals() {
		MemberSelection selection = members(PolicyType.LEAST_USED,
				new long[][] { { 0x10000000L }, { 0 }, { 0 }, { 0xffffffffL } });
		assertThat(answers(selection, 1, 4)).isEqualTo("2 3 2 3");
		assertThat(answers(selection, 4, 2)).isEqualTo("2314 3214");
		selection.put(element(4, MemberSelectionPolicy.of(PolicyType.LEAST_USED, 0)));
		assertThat(answers(selection, 1, 6)).isEqualTo("4 2 3 4 2 3");
	}

	@Test
	@Conformance("PO3")
	void randomIsUniformInEveryPlaceOfTheAnswer() {
		MemberSelection selection = members(PolicyType.RANDOM, new long[][] { {}, {}, {}, {}, {} });
		double[][] counts = new double[2][5];
		for (int i = 0; i < 10_000; i++) {
			List<PoolElement> answer = selection.select(2, this.random);
			assertThat(answer).hasSize(2).doesNotHaveDuplicates();
			counts[0][answer.get(0).identifier() - 1]++;
			counts[1][answer.get(1).identifier() - 1]++;
		}
		double[] expected = { 2000, 2000, 2000, 2000, 2000 };
		assertThat(chiSquare(counts[0], expected)).isLessThan(18.47);
		assertThat(chiSquare(counts[1], expected)).isLessThan(18.47);
	}

	@Test
	@Conformance({ "PO3", "PO4" })
	void weightedRandomDrawsByWeightWithoutReplacement() {
		MemberSelection selection = members(PolicyType.WEIGHTED_RANDOM, new long[][] { { 1 }, { 2 }, { 3 }, { 4 } });
		double[] first = new double[4];
		double[] secondAfterFour = new double[3];
		for (int i = 0; i < 20_000; i++) {
			List<PoolElement> answer = selection.select(4, this.random);
			assertThat(answer).hasSize(4).doesNotHaveDuplicates();
			first[answer.get(0).identifier() - 1]++;
			if (answer.get(0).identifier() == 4) {
				secondAfterFour[answer.get(1).identifier() - 1]++;
			}
		}
		assertThat(chiSquare(first, new double[] { 2000, 4000, 6000, 8000 })).isLessThan(16.27);
		double sixth = Arrays.stream(secondAfterFour).sum() / 6;
		assertThat(chiSquare(secondAfterFour, new double[] { sixth, 2 * sixth, 3 * sixth })).isLessThan(13.82);
	}

	@ParameterizedTest
	@EnumSource(PolicyType.class)
	void everyPolicyAgreesWithAModelUnderRandomChanges(PolicyType type) {
		MemberSelection selection = MemberSelection.of(type.number());
		TreeMap<Integer, PoolElement> model = new TreeMap<>();
		for (int step = 0; step < 3000; step++) {
			int identifier = 1 + this.random.nextInt(60);
			if (this.random.nextInt(5) < 3) {
				long[] values = type.fields().stream().mapToLong((field) -> this.random.nextInt(4)).toArray();
				PoolElement element = element(identifier, MemberSelectionPolicy.of(type, values));
				selection.put(element);
				model.put(identifier, element);
			}
			else {
				assertThat(selection.remove(identifier)).isEqualTo(model.remove(identifier) != null);
			}
			assertThat(selection.size()).isEqualTo(model.size());
			int items = this.random.nextInt(8);
			List<PoolElement> answer = selection.select(items, this.random);
			assertThat(answer).doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(items);
			assertThat(answer).allMatch((element) -> model.get(element.identifier()) == element);
			assertThat(answer.isEmpty()).isEqualTo(items == 0 || model.isEmpty());
		}
	}

	private static double chiSquare(double[] observed, double[] expected) {
		double sum = 0;
		for (int i = 0; i < observed.length; i++) {
			sum += (observed[i] - expected[i]) * (observed[i] - expected[i]) / expected[i];
		}
		return sum;
	}

	private static MemberSelection members(PolicyType type, long[][] values) {
		MemberSelection selection = MemberSelection.of(type.number());
		for (int i = 0; i < values.length; i++) {
			selection.put(element(i + 1, MemberSelectionPolicy.of(type, values[i])));
		}
		return selection;
	}

	private static PoolElement element(int identifier, MemberSelectionPolicy policy) {
		return new PoolElement(identifier, 7, 1000, new Transport.Tcp(80, InetAddress.getLoopbackAddress()), policy,
				null);
	}

	private String answers(MemberSelection selection, int items, int times) {
		List<String> answers = new ArrayList<>();
		for (int i = 0; i < times; i++) {
			StringBuilder answer = new StringBuilder();
			selection.select(items, this.random).forEach((element) -> answer.append(element.identifier()));
			answers.add(answer.toString());
		}
		return String.join(" ", answers);
	}

}
