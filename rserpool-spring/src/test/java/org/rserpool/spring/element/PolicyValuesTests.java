package org.rserpool.spring.element;

import org.junit.jupiter.api.Test;
import org.rserpool.Conformance;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PolicyField;
import org.rserpool.wire.PolicyType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PolicyValuesTests {

	@Test
	void whenNothingIsNamedThenThePolicyIsRoundRobin() {
		assertThat(PolicyValues.NONE.policy(" ")).isEqualTo(MemberSelectionPolicy.ROUND_ROBIN);
	}

	@Test
	void whenNamedInEitherStyleThenThePolicyIsFound() {
		PolicyValues values = new PolicyValues(7, 0, 0, 0);
		assertThat(values.policy("weighted-random")).isEqualTo(MemberSelectionPolicy.of(PolicyType.WEIGHTED_RANDOM, 7));
		assertThat(values.policy("WEIGHTED_RANDOM")).isEqualTo(MemberSelectionPolicy.of(PolicyType.WEIGHTED_RANDOM, 7));
	}

	@Test
	@Conformance("PE45")
	void whenThePolicyTakesALoadThenTheFractionIsScaledToItsWholeRange() {
		MemberSelectionPolicy policy = new PolicyValues(1, 0, 1, 0.5).policy(PolicyType.LEAST_USED_DEGRADATION);
		assertThat(policy.value(PolicyField.LOAD)).isEqualTo(0xffffffffL);
		assertThat(policy.value(PolicyField.LOAD_DEGRADATION)).isEqualTo(0x80000000L);
	}

	@Test
	void whenThePolicyTakesAPriorityThenItHasIt() {
		assertThat(new PolicyValues(1, 9, 0, 0).policy(PolicyType.PRIORITY).value(PolicyField.PRIORITY)).isEqualTo(9);
	}

	@Test
	void whenThePolicyTakesOtherValuesThenItIsNotSupported() {
		assertThatIllegalArgumentException().isThrownBy(() -> PolicyValues.NONE.policy("least-used-dpf"))
			.withMessageContaining("LEAST_USED_DPF is not supported");
	}

	@Test
	void whenAValueIsOutOfRangeThenItIsNamed() {
		assertThatIllegalArgumentException().isThrownBy(() -> new PolicyValues(-1, 0, 0, 0))
			.withMessage("A weight is from 0 to 4294967295, not -1");
		assertThatIllegalArgumentException().isThrownBy(() -> new PolicyValues(1, 0x100000000L, 0, 0))
			.withMessageContaining("priority");
		assertThatIllegalArgumentException().isThrownBy(() -> new PolicyValues(1, 0, 1.1, 0))
			.withMessage("A load is from 0.0 to 1.0, not 1.1");
		assertThatIllegalArgumentException().isThrownBy(() -> new PolicyValues(1, 0, Double.NaN, 0));
	}

}
