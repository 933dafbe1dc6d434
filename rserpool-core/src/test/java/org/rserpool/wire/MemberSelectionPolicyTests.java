package org.rserpool.wire;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import org.rserpool.Conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class MemberSelectionPolicyTests {

	@Test
	@Conformance("C31")
	void roundRobinIsTheDefault() {
		assertThat(MemberSelectionPolicy.ROUND_ROBIN).isEqualTo(new MemberSelectionPolicy(1, Octets.EMPTY));
	}

	@Test
	void valuesStandInTheOrderOfTheFields() {
		MemberSelectionPolicy policy = MemberSelectionPolicy.of(PolicyType.LEAST_USED_DEGRADATION_DPF, 0xffffffffL, 1,
				2, 50);
		assertThat(policy.number()).isEqualTo(0xb0002003);
		assertThat(policy.data().toHex()).isEqualTo("ffffffff000000010000000200000032");
		assertThat(policy.value(PolicyField.LOAD)).isEqualTo(0xffffffffL);
		assertThat(policy.value(PolicyField.LOAD_DEGRADATION)).isEqualTo(1);
		assertThat(policy.value(PolicyField.LOAD_DPF)).isEqualTo(2);
		assertThat(policy.value(PolicyField.DISTANCE)).isEqualTo(50);
		assertThat(policy.value(PolicyField.WEIGHT)).isZero();
	}

	@Test
	void valueThatIsNotThereIs0() {
		assertThat(new MemberSelectionPolicy(0x12345678, Octets.ofHex("00000001")).value(PolicyField.LOAD)).isZero();
		assertThat(new MemberSelectionPolicy(2, Octets.ofHex("000001")).value(PolicyField.WEIGHT)).isZero();
	}

	@Test
	void oneValueCanBeReplaced() {
		MemberSelectionPolicy policy = MemberSelectionPolicy.of(PolicyType.WEIGHTED_RANDOM_DPF, 1, 2, 3);
		assertThat(policy.with(PolicyField.WEIGHT_DPF, 9))
			.isEqualTo(MemberSelectionPolicy.of(PolicyType.WEIGHTED_RANDOM_DPF, 1, 9, 3));
		assertThatIllegalArgumentException().isThrownBy(() -> policy.with(PolicyField.LOAD, 9))
			.withMessage("WEIGHTED_RANDOM_DPF[WEIGHT=1, WEIGHT_DPF=2, DISTANCE=3] has no LOAD");
		assertThatIllegalArgumentException().isThrownBy(() -> policy.with(PolicyField.WEIGHT, 0x100000000L))
			.withMessageContaining("4294967296 is not in the range");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new MemberSelectionPolicy(0x12345678, Octets.EMPTY).with(PolicyField.LOAD, 9));
	}

	@Test
	void wrongNumberOfValuesIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> MemberSelectionPolicy.of(PolicyType.ROUND_ROBIN, 1))
			.withMessage("ROUND_ROBIN takes [], not 1 values");
		assertThatIllegalArgumentException().isThrownBy(() -> MemberSelectionPolicy.of(PolicyType.LEAST_USED))
			.withMessage("LEAST_USED takes [LOAD], not 0 values");
	}

	@ParameterizedTest
	@CsvSource({ "-1", "4294967296" })
	void valueOutOfRangeIsRefused(long value) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> MemberSelectionPolicy.of(PolicyType.WEIGHTED_RANDOM, value))
			.withMessage("WEIGHT " + value + " is not in the range 0 to 0xffffffff");
	}

	@Test
	void policyIsShownWithItsValues() {
		assertThat(MemberSelectionPolicy.of(PolicyType.LEAST_USED, 0xffffffffL))
			.hasToString("LEAST_USED[LOAD=4294967295]");
		assertThat(new MemberSelectionPolicy(0x12345678, Octets.ofHex("01"))).hasToString("policy 0x12345678 01");
	}

	@ParameterizedTest
	@EnumSource
	void policyTypeIsFoundByItsNumber(PolicyType type) {
		assertThat(PolicyType.of(type.number())).isSameAs(type);
	}

	@ParameterizedTest
	@CsvSource({ "0", "6", "0x40000000", "0x40000005", "0x12345678" })
	void otherNumbersHaveNoPolicyType(String number) {
		assertThat(PolicyType.of(Integer.decode(number))).isNull();
	}

}
