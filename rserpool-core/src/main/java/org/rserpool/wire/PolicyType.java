package org.rserpool.wire;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The policies whose parameter has a known layout: those of RFC 5356, and those that the
 * reference implementation adds in the range for private use.
 *
 * @since 0.1
 */
public enum PolicyType {

	ROUND_ROBIN(0x00000001),

	WEIGHTED_ROUND_ROBIN(0x00000002, PolicyField.WEIGHT),

	RANDOM(0x00000003),

	WEIGHTED_RANDOM(0x00000004, PolicyField.WEIGHT),

	PRIORITY(0x00000005, PolicyField.PRIORITY),

	LEAST_USED(0x40000001, PolicyField.LOAD),

	LEAST_USED_DEGRADATION(0x40000002, PolicyField.LOAD, PolicyField.LOAD_DEGRADATION),

	PRIORITY_LEAST_USED(0x40000003, PolicyField.LOAD, PolicyField.LOAD_DEGRADATION),

	RANDOMIZED_LEAST_USED(0x40000004, PolicyField.LOAD),

	RANDOMIZED_PRIORITY_LEAST_USED(0xb0001001, PolicyField.LOAD, PolicyField.LOAD_DEGRADATION),

	RANDOMIZED_LEAST_USED_DEGRADATION(0xb0001002, PolicyField.LOAD, PolicyField.LOAD_DEGRADATION),

	PRIORITY_LEAST_USED_DEGRADATION(0xb0001003, PolicyField.LOAD, PolicyField.LOAD_DEGRADATION),

	RANDOMIZED_PRIORITY_LEAST_USED_DEGRADATION(0xb0001004, PolicyField.LOAD, PolicyField.LOAD_DEGRADATION),

	WEIGHTED_RANDOM_DPF(0xb0002001, PolicyField.WEIGHT, PolicyField.WEIGHT_DPF, PolicyField.DISTANCE),

	LEAST_USED_DPF(0xb0002002, PolicyField.LOAD, PolicyField.LOAD_DPF, PolicyField.DISTANCE),

	LEAST_USED_DEGRADATION_DPF(0xb0002003, PolicyField.LOAD, PolicyField.LOAD_DEGRADATION, PolicyField.LOAD_DPF,
			PolicyField.DISTANCE);

	private static final PolicyType[] ALL = values();

	private final int number;

	private final List<PolicyField> fields;

	PolicyType(int number, PolicyField... fields) {
		this.number = number;
		this.fields = List.of(fields);
	}

	/**
	 * Find the policy with a number.
	 * @param number the policy type as it stands in the parameter
	 * @return the policy, or {@code null} if its layout is not known
	 */
	public static @Nullable PolicyType of(int number) {
		for (PolicyType type : ALL) {
			if (type.number == number) {
				return type;
			}
		}
		return null;
	}

	/**
	 * Return the policy type as it stands in the parameter.
	 * @return 32 bits: the highest for private use, the next for adaptive policies
	 */
	public int number() {
		return this.number;
	}

	/**
	 * Return the values behind the policy type.
	 * @return the fields, in their order in the parameter
	 */
	public List<PolicyField> fields() {
		return this.fields;
	}

}
