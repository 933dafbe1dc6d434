package org.rserpool.wire;

import org.jspecify.annotations.Nullable;

/**
 * Why something was refused or could not be read (RFC 5354, section 3.12).
 *
 * @param code the cause code, from 0 to 0xffff; a receiver treats one that it does not
 * know as a general failure
 * @param information what the code calls for: the offending parameter or message, the
 * pool's policy or transport as a whole parameter; often nothing
 * @since 0.1
 */
public record ErrorCause(int code, Octets information) {

	public static final int UNSPECIFIED = 0x0;

	public static final int UNRECOGNIZED_PARAMETER = 0x1;

	public static final int UNRECOGNIZED_MESSAGE = 0x2;

	public static final int INVALID_VALUES = 0x3;

	public static final int NON_UNIQUE_PE_IDENTIFIER = 0x4;

	public static final int INCONSISTENT_POOLING_POLICY = 0x5;

	public static final int LACK_OF_RESOURCES = 0x6;

	public static final int INCONSISTENT_TRANSPORT_TYPE = 0x7;

	public static final int INCONSISTENT_DATA_CONTROL_CONFIGURATION = 0x8;

	public static final int UNKNOWN_POOL_HANDLE = 0x9;

	public static final int SECURITY_CONSIDERATIONS = 0xa;

	public ErrorCause {
		if (code < 0 || code > 0xffff) {
			throw new IllegalArgumentException("Cause code " + code + " is not in the range 0 to 65535");
		}
	}

	/**
	 * Makes a cause without information.
	 * @param code the cause code
	 * @return the cause
	 */
	public static ErrorCause of(int code) {
		return new ErrorCause(code, Octets.EMPTY);
	}

	/**
	 * Return what the code means, in words.
	 * @return the meaning, for logs and error messages
	 */
	public String describe() {
		return switch (this.code) {
			case UNSPECIFIED -> "unspecified error";
			case UNRECOGNIZED_PARAMETER -> "unrecognized parameter";
			case UNRECOGNIZED_MESSAGE -> "unrecognized message";
			case INVALID_VALUES -> "invalid values";
			case NON_UNIQUE_PE_IDENTIFIER -> "pool element identifier is not unique";
			case INCONSISTENT_POOLING_POLICY -> "policy differs from the pool's";
			case LACK_OF_RESOURCES -> "lack of resources";
			case INCONSISTENT_TRANSPORT_TYPE -> "transport type differs from the pool's";
			case INCONSISTENT_DATA_CONTROL_CONFIGURATION -> "data and control configuration differs from the pool's";
			case UNKNOWN_POOL_HANDLE -> "unknown pool handle";
			case SECURITY_CONSIDERATIONS -> "rejected due to security considerations";
			default -> String.format("cause 0x%04x", this.code);
		};
	}

	/**
	 * Return what the code means, and what the information says: the pool's policy or
	 * transport in words, everything else in hexadecimal digits.
	 */
	@Override
	public String toString() {
		if (this.information.length() == 0) {
			return describe();
		}
		String pool = switch (this.code) {
			case INCONSISTENT_POOLING_POLICY -> policy();
			case INCONSISTENT_TRANSPORT_TYPE -> transport();
			default -> null;
		};
		return (pool != null) ? describe() + ", which is " + pool : describe() + " (" + this.information.toHex() + ")";
	}

	private @Nullable String policy() {
		if (this.information.length() < 8 || int16(0) != ParameterType.MEMBER_SELECTION_POLICY) {
			return null;
		}
		int number = int16(4) << 16 | int16(6);
		PolicyType type = PolicyType.of(number);
		return (type != null) ? type.toString() : "policy " + Identifiers.toString(number);
	}

	private @Nullable String transport() {
		if (this.information.length() < 4) {
			return null;
		}
		return switch (int16(0)) {
			case ParameterType.DCCP_TRANSPORT -> "DCCP";
			case ParameterType.SCTP_TRANSPORT -> "SCTP";
			case ParameterType.TCP_TRANSPORT -> "TCP";
			case ParameterType.UDP_TRANSPORT -> "UDP";
			case ParameterType.UDP_LITE_TRANSPORT -> "UDP-Lite";
			default -> null;
		};
	}

	private int int16(int index) {
		return (this.information.at(index) & 0xff) << 8 | (this.information.at(index + 1) & 0xff);
	}

}
