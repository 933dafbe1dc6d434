package org.rserpool.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * A pool member selection policy, with one element's values (RFC 5354, section 3.8). The
 * data of a policy that is not known is kept as it is.
 *
 * @param number the policy type as it stands in the parameter
 * @param data what follows the policy type
 * @since 0.1
 */
public record MemberSelectionPolicy(int number, Octets data) {

	/** The default, which every component supports. */
	public static final MemberSelectionPolicy ROUND_ROBIN = of(PolicyType.ROUND_ROBIN);

	/**
	 * Makes a policy from its values.
	 * @param type the policy
	 * @param values one for each of {@link PolicyType#fields()}, in their order, from 0
	 * to 0xffffffff
	 * @return the policy
	 * @throws IllegalArgumentException if there are more or fewer values than fields, or
	 * one is out of range
	 */
	public static MemberSelectionPolicy of(PolicyType type, long... values) {
		List<PolicyField> fields = type.fields();
		if (values.length != fields.size()) {
			throw new IllegalArgumentException(type + " takes " + fields + ", not " + values.length + " values");
		}
		byte[] data = new byte[4 * values.length];
		for (int i = 0; i < values.length; i++) {
			if (values[i] < 0 || values[i] > 0xffffffffL) {
				throw new IllegalArgumentException(
						fields.get(i) + " " + values[i] + " is not in the range 0 to 0xffffffff");
			}
			for (int k = 0; k < 4; k++) {
				data[4 * i + k] = (byte) (values[i] >>> (24 - 8 * k));
			}
		}
		return new MemberSelectionPolicy(type.number(), Octets.of(data));
	}

	/**
	 * Return a value.
	 * @param field which one
	 * @return the value, or 0 if the policy does not have it
	 */
	public long value(PolicyField field) {
		PolicyType type = PolicyType.of(this.number);
		int index = (type != null) ? type.fields().indexOf(field) : -1;
		if (index < 0 || this.data.length() < 4 * index + 4) {
			return 0;
		}
		long value = 0;
		for (int k = 0; k < 4; k++) {
			value = value << 8 | (this.data.at(4 * index + k) & 0xff);
		}
		return value;
	}

	/**
	 * Copies the policy with another value.
	 * @param field which one
	 * @param value from 0 to 0xffffffff
	 * @return the copy
	 * @throws IllegalArgumentException if the policy does not have it, or the value is
	 * out of range
	 */
	public MemberSelectionPolicy with(PolicyField field, long value) {
		PolicyType type = PolicyType.of(this.number);
		if (type == null || !type.fields().contains(field)) {
			throw new IllegalArgumentException(this + " has no " + field);
		}
		return of(type, type.fields().stream().mapToLong((each) -> (each == field) ? value : value(each)).toArray());
	}

	@Override
	public String toString() {
		PolicyType type = PolicyType.of(this.number);
		if (type == null) {
			return "policy " + Identifiers.toString(this.number) + " " + this.data.toHex();
		}
		List<String> values = new ArrayList<>();
		type.fields().forEach((field) -> values.add(field + "=" + Long.toUnsignedString(value(field))));
		return values.isEmpty() ? type.toString() : type + values.toString();
	}

}
