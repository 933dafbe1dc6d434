package org.rserpool.policy;

import java.util.Random;

import org.junit.jupiter.api.Test;

import org.rserpool.Conformance;
import org.rserpool.wire.PolicyType;
import org.rserpool.wire.PoolElement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rserpool.policy.Members.values;

/**
 * Tests for the policies that rank elements by their values.
 */
class RankedPolicyTests {

	private static final long MAX = 0xffffffffL;

	/** A sixteenth of the full load. */
	private static final long STEP = 0x10000000L;

	private final Random random = new Random(4711);

	@Test
	@Conformance("PO5")
	void priorityIsDescendingAndRoundRobinAmongEquals() {
		Members members = Members.of(PolicyType.PRIORITY, values(1), values(2), values(2));
		assertThat(members.answers(2, 2)).isEqualTo("23 32");
		assertThat(members.answers(3, 2)).isEqualTo("231 321");
		members.register(1, MAX);
		members.register(2, 0);
		assertThat(members.answers(3, 2)).isEqualTo("132 132");
	}

	@Test
	@Conformance({ "PO6", "PO7" })
	void leastUsedIsAscendingAndRoundRobinAmongEquals() {
		Members members = Members.of(PolicyType.LEAST_USED, values(STEP), values(0), values(0), values(MAX));
		assertThat(members.answers(1, 4)).isEqualTo("2 3 2 3");
		assertThat(members.answers(4, 2)).isEqualTo("2314 3214");
		members.register(4, 0);
		assertThat(members.answers(1, 6)).isEqualTo("4 2 3 4 2 3");
	}

	@Test
	@Conformance("PO7")
	void leastUsedServesFullElementsRoundRobin() {
		Members members = Members.of(PolicyType.LEAST_USED, values(MAX), values(MAX));
		assertThat(members.answers(2, 3)).isEqualTo("12 21 12");
	}

	@Test
	@Conformance({ "PO8", "PO9" })
	void degradationCountsFromZeroAndByOneForEachAnswer() {
		Members members = Members.of(PolicyType.LEAST_USED_DEGRADATION, values(3 * STEP, STEP), values(0, STEP),
				values(0, STEP));
		assertThat(members.answers(1, 12)).isEqualTo("2 3 2 3 2 3 1 2 3 1 2 3");
	}

	@Test
	@Conformance("PO9")
	void degradationOfEachElementIsItsOwn() {
		Members members = Members.of(PolicyType.LEAST_USED_DEGRADATION, values(0, 4), values(1, 1));
		assertThat(members.answers(1, 9)).isEqualTo("1 2 2 2 1 2 2 2 2");
	}

	@Test
	@Conformance("PO8")
	void registrationSetsTheDegradationCounterToZero() {
		Members members = Members.of(PolicyType.LEAST_USED_DEGRADATION, values(0, STEP), values(2 * STEP, 0));
		assertThat(members.answers(1, 5)).isEqualTo("1 1 2 1 2");
		members.register(1, 0, STEP);
		assertThat(members.answers(1, 4)).isEqualTo("1 1 2 1");
		members.selection().remove(1);
		members.register(1, 0, STEP);
		assertThat(members.answers(1, 2)).isEqualTo("1 1");
	}

	@Test
	@Conformance("PO8")
	void anotherHomeRegistrarDoesNotChangeTheDegradationCounter() {
		Members members = Members.of(PolicyType.LEAST_USED_DEGRADATION, values(0, STEP), values(2 * STEP, 0));
		assertThat(members.answers(1, 4)).isEqualTo("1 1 2 1");
		MemberSelection selection = members.selection();
		for (PoolElement element : selection.select(2, this.random)) {
			assertThat(selection.replace(element.withHomeRegistrar(9))).isTrue();
		}
		assertThat(members.answers(2, 2)).isEqualTo("21 21");
		assertThat(selection.select(2, this.random)).allMatch((element) -> element.homeRegistrar() == 9);
	}

	@Test
	void backupsInAnAnswerAreNotCharged() {
		Members members = Members.of(PolicyType.LEAST_USED_DEGRADATION, values(0, 3), values(1, 3), values(2, 3));
		assertThat(members.answers(3, 6)).isEqualTo("123 231 312 123 231 312");
	}

	@Test
	@Conformance("PO9")
	void degradationStopsAtFullLoad() {
		Members members = Members.of(PolicyType.LEAST_USED_DEGRADATION, values(MAX - 1, MAX), values(MAX, MAX),
				values(MAX, 0));
		assertThat(members.answers(1, 7)).isEqualTo("1 2 3 1 2 3 1");
	}

	@Test
	@Conformance({ "PO7", "PO10" })
	void priorityLeastUsedAddsTheDegradationOnce() {
		Members members = Members.of(PolicyType.PRIORITY_LEAST_USED, values(0, STEP), values(0, 2 * STEP),
				values(0, 3 * STEP));
		assertThat(members.answers(1, 4)).isEqualTo("1 1 1 1");
		assertThat(members.answers(3, 1)).isEqualTo("123");
		members.register(1, 2 * STEP, STEP);
		members.register(2, 0, 3 * STEP);
		assertThat(members.answers(3, 4)).isEqualTo("231 312 123 231");
	}

	/**
	 * The example of RFC 5356, section 5.3.1.
	 */
	@Test
	@Conformance("PO10")
	void priorityLeastUsedPrefersTheElementThatANewUserLoadsLess() {
		Members members = Members.of(PolicyType.PRIORITY_LEAST_USED, values(MAX / 2, MAX / 2),
				values(MAX / 2, MAX / 10));
		assertThat(members.answers(2, 2)).isEqualTo("21 21");
	}

	@Test
	@Conformance("PO10")
	void priorityLeastUsedStopsAtFullLoad() {
		Members members = Members.of(PolicyType.PRIORITY_LEAST_USED, values(MAX, MAX), values(MAX, 0), values(1, MAX));
		assertThat(members.answers(3, 3)).isEqualTo("123 231 312");
	}

	@Test
	void priorityLeastUsedDegradationAddsTheDegradationOnceAndForEachAnswer() {
		Members members = Members.of(PolicyType.PRIORITY_LEAST_USED_DEGRADATION, values(0, STEP / 16),
				values(0, 2 * STEP / 16), values(0, 3 * STEP / 16));
		assertThat(members.answers(1, 12)).isEqualTo("1 2 1 3 1 2 1 1 3 2 1 1");
		members.register(3, 0, 0);
		assertThat(members.answers(1, 3)).isEqualTo("3 3 3");
	}

	@Test
	void distanceAddsToTheLoad() {
		Members members = Members.of(PolicyType.LEAST_USED_DPF, values(0, 10, 100), values(400, 10, 50),
				values(0, 10, 91));
		assertThat(members.answers(3, 1)).isEqualTo("231");
		members.register(1, 0, 0, MAX);
		assertThat(members.answers(3, 2)).isEqualTo("123 123");
	}

	@Test
	void distanceStopsAtFullLoad() {
		Members members = Members.of(PolicyType.LEAST_USED_DPF, values(MAX, MAX, MAX), values(0, MAX, MAX),
				values(0, 0x10000, 0x10000), values(0, 0xffff, 0x10001));
		assertThat(members.answers(4, 4)).isEqualTo("1234 2341 3412 4123");
		members.register(4, 0, 0xffff, 0x10000);
		assertThat(members.answers(4, 2)).isEqualTo("4123 4123");
	}

	@Test
	void distanceAndDegradationAddToTheLoad() {
		Members members = Members.of(PolicyType.LEAST_USED_DEGRADATION_DPF, values(0, 10, 1, 25), values(0, 10, 1, 0));
		assertThat(members.answers(1, 8)).isEqualTo("2 2 2 1 2 1 2 1");
		members.register(2, 0, 10, 1, 0);
		assertThat(members.answers(1, 7)).isEqualTo("2 2 2 2 2 2 1");
	}

}
