package org.rserpool.policy;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.rserpool.Goal;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PolicyField;
import org.rserpool.wire.PolicyType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that adaptive policies relieve a slow element of a pool under load.
 */
class LoadedPoolTests {

	/** Four elements, and the jobs that each can do per second. */
	private static final double[] ONE_IS_SLOW = { 1, 1, 1, 0.25 };

	/** Jobs per second that the slow element bears a quarter of, with little to spare. */
	private static final double MODERATE = 0.9;

	/** Jobs per second that the slow element does not bear a quarter of. */
	private static final double HIGH = 2;

	/** Seconds. */
	private static final double OFTEN = 0.5;

	/** Seconds, in which many jobs arrive. */
	private static final double SELDOM = 10;

	private static final int JOBS = 10_000;

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4 })
	void leastUsedAnswersThreeTimesFasterThanRoundRobin(long seed) {
		assertThat(3 * responseTime(PolicyType.LEAST_USED, MODERATE, OFTEN, seed))
			.isLessThan(responseTime(PolicyType.ROUND_ROBIN, MODERATE, OFTEN, seed));
	}

	@Test
	void everyAdaptivePolicyKeepsASlowElementFromDrowning() {
		double roundRobin = responseTime(PolicyType.ROUND_ROBIN, HIGH, OFTEN, 1);
		assertThat(adaptive()).hasSize(10)
			.allSatisfy((type) -> assertThat(50 * responseTime(type, HIGH, OFTEN, 1)).isLessThan(roundRobin));
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4 })
	void degradationStandsInForReportsThatComeSeldom(long seed) {
		assertThat(1.5 * responseTime(PolicyType.LEAST_USED_DEGRADATION, HIGH, SELDOM, seed))
			.isLessThan(responseTime(PolicyType.LEAST_USED, HIGH, SELDOM, seed));
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4 })
	void priorityLeastUsedSparesTheElementThatANewJobLoadsMost(long seed) {
		assertThat(1.25 * responseTime(PolicyType.PRIORITY_LEAST_USED, MODERATE, OFTEN, seed))
			.isLessThan(responseTime(PolicyType.LEAST_USED, MODERATE, OFTEN, seed));
	}

	@Goal("G13")
	@ParameterizedTest(name = "G13: with 1 of 4 elements 5 times slower at 70 % load, seed {0}")
	@ValueSource(longs = { 1, 2, 3, 4 })
	void slowElementSlowsFewCallsByLeastUsed(long seed) {
		double[] speeds = { 1, 1, 1, 0.2 };
		double rate = 0.7 * Arrays.stream(speeds).sum();
		double leastUsed = new LoadedPool(PolicyType.LEAST_USED, speeds, OFTEN, seed).slowResponseTime(rate, JOBS);
		double roundRobin = new LoadedPool(PolicyType.ROUND_ROBIN, speeds, OFTEN, seed).slowResponseTime(rate, JOBS);
		assertThat(5 * leastUsed).isLessThan(roundRobin);
	}

	@Test
	@Goal("G13")
	@DisplayName("G13: 50 users that know the same loads do not all run to the same element if the policy is randomized")
	void randomizedLeastUsedDoesNotHerd() {
		assertThat(usersAtTheLeastLoaded(PolicyType.LEAST_USED)).isEqualTo(50);
		assertThat(usersAtTheLeastLoaded(PolicyType.RANDOMIZED_LEAST_USED)).isBetween(5, 30);
	}

	private static int usersAtTheLeastLoaded(PolicyType type) {
		Random random = new Random(1);
		int count = 0;
		for (int user = 0; user < 50; user++) {
			MemberSelection selection = MemberSelection.of(type.number());
			for (int identifier = 1; identifier <= 4; identifier++) {
				selection.put(Members.element(identifier, MemberSelectionPolicy.of(type, identifier * 0x20000000L)));
			}
			count += (selection.select(1, random).get(0).identifier() == 1) ? 1 : 0;
		}
		return count;
	}

	private static Stream<PolicyType> adaptive() {
		return Arrays.stream(PolicyType.values()).filter((type) -> type.fields().contains(PolicyField.LOAD));
	}

	private static double responseTime(PolicyType type, double rate, double reportInterval, long seed) {
		return new LoadedPool(type, ONE_IS_SLOW, reportInterval, seed).meanResponseTime(rate, JOBS);
	}

}
