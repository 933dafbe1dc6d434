package org.rserpool.policy;

import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.rserpool.Conformance;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.Octets;
import org.rserpool.wire.PolicyType;
import org.rserpool.wire.PoolElement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rserpool.policy.Members.values;

/**
 * Tests for Round Robin and Weighted Round Robin.
 */
class RoundRobinTests {

	private static final long MAX = 0xffffffffL;

	private final Random random = new Random(4711);

	@Test
	@Conformance("PO1")
	void roundRobinAdvancesByOneForEachAnswer() {
		Members members = Members.of(PolicyType.ROUND_ROBIN, values(), values(), values());
		assertThat(members.answers(1, 6)).isEqualTo("1 2 3 1 2 3");
		assertThat(members.answers(3, 3)).isEqualTo("123 231 312");
		assertThat(members.answers(9, 1)).isEqualTo("123");
	}

	@Test
	@Conformance("PO1")
	void roundRobinIsACircleThatNewElementsEnterBehindTheOthers() {
		Members members = Members.of(PolicyType.ROUND_ROBIN, values(), values(), values());
		assertThat(members.answers(1, 1)).isEqualTo("1");
		members.register(4);
		assertThat(members.answers(4, 1)).isEqualTo("2314");
		assertThat(members.selection().remove(3)).isTrue();
		assertThat(members.answers(1, 4)).isEqualTo("1 4 2 1");
	}

	@Test
	void roundRobinKeepsTheTurnOfARenewedElement() {
		Members members = Members.of(PolicyType.ROUND_ROBIN, values(), values(), values());
		assertThat(members.answers(1, 1)).isEqualTo("1");
		members.register(1);
		members.register(3);
		assertThat(members.answers(1, 3)).isEqualTo("2 3 1");
	}

	@Test
	void answerWithoutElementsChargesNone() {
		Members members = Members.of(PolicyType.ROUND_ROBIN, values(), values());
		assertThat(members.answers(0, 3)).isBlank();
		assertThat(members.answers(1, 1)).isEqualTo("1");
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 0x40000000, 6, 0x40000005, 0x8badf00d, 0xb0001005, 0xb0002004, 0xb0002005 })
	void policyThatIsNotKnownIsServedRoundRobinAndKeptVerbatim(int number) {
		PoolElement first = Members.element(1, new MemberSelectionPolicy(number, Octets.ofHex("fffffffe0102")));
		PoolElement second = Members.element(2, new MemberSelectionPolicy(number, Octets.ofHex("00")));
		MemberSelection selection = MemberSelection.of(number);
		selection.put(first);
		selection.put(second);
		assertThat(selection.select(2, this.random)).containsExactly(first, second);
		assertThat(selection.select(2, this.random)).containsExactly(second, first);
		assertThat(selection.select(2, this.random)).containsExactly(first, second);
	}

	@Test
	@Conformance("PO2")
	void weightedRoundRobinSpreadsTheTurnsOfEachElementEvenly() {
		Members members = Members.of(PolicyType.WEIGHTED_ROUND_ROBIN, values(1), values(2), values(4));
		assertThat(members.answers(1, 14)).isEqualTo("3 2 3 1 3 2 3 3 2 3 1 3 2 3");
	}

	@Test
	@Conformance("PO2")
	void weightedRoundRobinSharesByWeightAtAnyTime() {
		long[] weights = { 1, 2, 3 };
		Members members = Members.of(PolicyType.WEIGHTED_ROUND_ROBIN, values(1), values(2), values(3));
		int[] counts = new int[3];
		for (int draw = 1; draw <= 6000; draw++) {
			counts[members.select(1).get(0) - 1]++;
			for (int i = 0; i < counts.length; i++) {
				double share = draw * weights[i] / 6.0;
				assertThat((double) counts[i]).isBetween(share - 1, share + 1);
			}
		}
		assertThat(counts).containsExactly(1000, 2000, 3000);
	}

	@Test
	void weightedRoundRobinGoesOnInTheOrderOfAnAnswer() {
		Members members = new Members(PolicyType.WEIGHTED_ROUND_ROBIN, 1);
		members.begin(values(1), values(4), values(2));
		assertThat(members.answers(1, 14)).isEqualTo("1 2 3 2 2 3 2 1 2 3 2 2 3 2");
	}

	@Test
	void weightedRoundRobinLeavesThoseWithoutServiceOutOfAnAnswer() {
		Members members = new Members(PolicyType.WEIGHTED_ROUND_ROBIN, 1);
		members.begin(values(0), values(2), values(0), values(1));
		assertThat(members.answers(1, 6)).isEqualTo("2 4 2 2 4 2");
		assertThat(members.selection().size()).isEqualTo(4);
	}

	@Test
	void weightedRoundRobinWithEqualWeightsIsRoundRobin() {
		Members members = Members.of(PolicyType.WEIGHTED_ROUND_ROBIN, values(7), values(7), values(7));
		assertThat(members.answers(3, 4)).isEqualTo("123 231 312 123");
	}

	@Test
	void weightedRoundRobinChargesOnlyTheFirstElementOfAnAnswer() {
		Members members = Members.of(PolicyType.WEIGHTED_ROUND_ROBIN, values(1), values(5));
		int first = 0;
		for (int i = 0; i < 600; i++) {
			List<Integer> answer = members.select(2);
			assertThat(answer).containsExactlyInAnyOrder(1, 2);
			first += (answer.get(0) == 1) ? 1 : 0;
		}
		assertThat(first).isEqualTo(100);
	}

	@Test
	void weightedRoundRobinWithExtremeWeights() {
		Members members = Members.of(PolicyType.WEIGHTED_ROUND_ROBIN, values(MAX), values(MAX), values(0xc0000000L),
				values(1));
		double[] counts = members.firsts(11_000);
		assertThat(counts[0]).isBetween(3998.0, 4002.0);
		assertThat(counts[2]).isBetween(2998.0, 3002.0);
		assertThat(counts[3]).isLessThan(2);
	}

	@Test
	void renewalDoesNotGiveAnotherTurn() {
		Members members = Members.of(PolicyType.WEIGHTED_ROUND_ROBIN, values(1), values(1), values(1));
		for (int i = 0; i < 10; i++) {
			assertThat(members.answers(1, 3)).isEqualTo("1 2 3");
			members.register(3, 1);
			members.register(1, 1);
		}
	}

}
