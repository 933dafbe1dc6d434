package org.rserpool.wire;

import java.util.HexFormat;

/**
 * Walks the parameters of a message, or those within a parameter. It stops at those of a
 * known type; what becomes of the others, the highest bits of their type say (RFC 5354,
 * section 3).
 */
final class ParameterCursor {

	static final int NO_CONTAINER = -1;

	private static final int HEADER_LENGTH = 4;

	private final MessageSource source;

	private final int container;

	private final int end;

	private int next;

	private int start;

	private int type;

	private int valueEnd;

	/**
	 * Makes a cursor before the first parameter.
	 * @param source the message
	 * @param from where the parameters start
	 * @param to where they end
	 * @param container where the parameter around them starts, or {@link #NO_CONTAINER}
	 */
	ParameterCursor(MessageSource source, int from, int to, int container) {
		this.source = source;
		this.next = from;
		this.end = to;
		this.container = container;
	}

	/**
	 * Goes to the next parameter of a known type.
	 * @return whether there is one
	 * @throws MalformedException if the message is to be discarded
	 */
	boolean next() throws MalformedException {
		while (this.next < this.end) {
			this.start = this.next;
			int rest = this.end - this.start;
			if (rest < HEADER_LENGTH) {
				throw stray(rest);
			}
			this.type = this.source.int16(this.start);
			int length = this.source.int16(this.start + 2);
			this.valueEnd = this.start + Math.min(Math.max(length, HEADER_LENGTH), rest);
			if (length < HEADER_LENGTH || length > rest) {
				throw invalid("its length is " + length + ", where 4 to " + rest + " octets can be");
			}
			this.next = this.start + ((length + 3) & ~3);
			if (ParameterType.isKnown(this.type)) {
				return true;
			}
			skipUnknown();
		}
		return false;
	}

	private MalformedException stray(int rest) {
		String what = rest + " octets at " + this.start + " are no parameter";
		if (this.container == NO_CONTAINER) {
			return this.source.malformed(what);
		}
		// Lengths of containers are checked before: the container lies in the message.
		int containerEnd = this.container + this.source.int16(this.container + 2);
		return new MalformedException(this.source.describe(what),
				new ErrorCause(ErrorCause.INVALID_VALUES, this.source.excerpt(this.container, containerEnd)));
	}

	private void skipUnknown() throws MalformedException {
		boolean discard = (this.type & 0x8000) == 0;
		boolean report = (this.type & 0x4000) != 0;
		ErrorCause cause = report ? cause(ErrorCause.UNRECOGNIZED_PARAMETER) : null;
		if (discard) {
			throw new MalformedException(this.source.describe(describe("it is unknown")), cause);
		}
		if (cause != null) {
			this.source.report(cause);
		}
	}

	MessageSource source() {
		return this.source;
	}

	int type() {
		return this.type;
	}

	int valueStart() {
		return this.start + HEADER_LENGTH;
	}

	int valueLength() {
		return this.valueEnd - valueStart();
	}

	Octets value() {
		return this.source.octets(valueStart(), this.valueEnd);
	}

	int valueEnd() {
		return this.valueEnd;
	}

	/**
	 * Reads the value as a 32-bit number.
	 * @return the number
	 * @throws MalformedException if the value has not exactly 4 octets
	 */
	int int32() throws MalformedException {
		requireExactly(4);
		return this.source.int32(valueStart());
	}

	void requireExactly(int length) throws MalformedException {
		if (valueLength() != length) {
			throw invalid("its value has " + valueLength() + " octets, not " + length);
		}
	}

	/**
	 * Walks the parameters in this parameter's value.
	 * @param fixedLength the length of the fields before them
	 * @return the cursor
	 * @throws MalformedException if the value ends before
	 */
	ParameterCursor nested(int fixedLength) throws MalformedException {
		if (valueLength() < fixedLength) {
			throw invalid("its value has " + valueLength() + " octets, but its fixed fields need " + fixedLength);
		}
		return new ParameterCursor(this.source, valueStart() + fixedLength, this.valueEnd, this.start);
	}

	/**
	 * Makes the exception for a wrong value of this parameter.
	 * @param what what is wrong
	 * @return the exception, which shows the parameter to the sender
	 */
	MalformedException invalid(String what) {
		return new MalformedException(this.source.describe(describe(what)), cause(ErrorCause.INVALID_VALUES));
	}

	private ErrorCause cause(int code) {
		return new ErrorCause(code, this.source.excerpt(this.start, this.valueEnd));
	}

	private String describe(String what) {
		return "parameter 0x" + HexFormat.of().toHexDigits((short) this.type) + " at octet " + this.start + ": " + what;
	}

}
