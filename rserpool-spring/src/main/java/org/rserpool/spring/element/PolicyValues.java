package org.rserpool.spring.element;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PolicyField;
import org.rserpool.wire.PolicyType;

import org.springframework.util.StringUtils;

/**
 * An element's values for whichever policy its pool has.
 *
 * @param weight the weight, from 0 to 4294967295
 * @param priority the priority, from 0 to 4294967295
 * @param load the load as a fraction, from 0 to 1
 * @param loadDegradation by how much each new session raises the load, as a fraction,
 * from 0 to 1
 * @since 0.1
 */
public record PolicyValues(long weight, long priority, double load, double loadDegradation) {

	/** What holds where nothing else is said: the weight 1, and 0 for the others. */
	public static final PolicyValues NONE = new PolicyValues(1, 0, 0, 0);

	private static final long MAX = 0xffffffffL;

	private static final List<PolicyField> FIELDS = List.of(PolicyField.WEIGHT, PolicyField.PRIORITY, PolicyField.LOAD,
			PolicyField.LOAD_DEGRADATION);

	public PolicyValues {
		checkNumber("weight", weight);
		checkNumber("priority", priority);
		checkFraction("load", load);
		checkFraction("load degradation", loadDegradation);
	}

	private static void checkNumber(String what, long value) {
		if (value < 0 || value > MAX) {
			throw new IllegalArgumentException("A " + what + " is from 0 to " + MAX + ", not " + value);
		}
	}

	private static void checkFraction(String what, double value) {
		if (!(value >= 0 && value <= 1)) {
			throw new IllegalArgumentException("A " + what + " is from 0.0 to 1.0, not " + value);
		}
	}

	/**
	 * Makes a policy.
	 * @param name its name, such as {@code weighted-round-robin}; if empty,
	 * {@code ROUND_ROBIN}
	 * @return the policy with the values that it takes
	 * @throws IllegalArgumentException if there is no such policy
	 */
	public MemberSelectionPolicy policy(String name) {
		return policy(typeOf(name));
	}

	/**
	 * Makes a policy.
	 * @param type which one
	 * @return the policy with the values that it takes
	 * @throws IllegalArgumentException if it takes values that are not known here
	 */
	public MemberSelectionPolicy policy(PolicyType type) {
		if (!isSupported(type)) {
			throw new IllegalArgumentException(
					"The policy " + type + " is not supported; supported are " + supported());
		}
		return MemberSelectionPolicy.of(type, type.fields().stream().mapToLong(this::value).toArray());
	}

	private long value(PolicyField field) {
		return switch (field) {
			case WEIGHT -> this.weight;
			case PRIORITY -> this.priority;
			case LOAD -> Math.round(this.load * MAX);
			case LOAD_DEGRADATION -> Math.round(this.loadDegradation * MAX);
			default -> throw new IllegalStateException("No value for " + field);
		};
	}

	private static PolicyType typeOf(String name) {
		if (!StringUtils.hasText(name)) {
			return PolicyType.ROUND_ROBIN;
		}
		String constant = name.trim().toUpperCase(Locale.ROOT).replace('-', '_');
		return Arrays.stream(PolicyType.values())
			.filter((type) -> type.name().equals(constant))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException(
					"There is no policy '" + name + "'; supported are " + supported()));
	}

	private static boolean isSupported(PolicyType type) {
		return FIELDS.containsAll(type.fields());
	}

	private static List<PolicyType> supported() {
		return Arrays.stream(PolicyType.values()).filter(PolicyValues::isSupported).toList();
	}

}
