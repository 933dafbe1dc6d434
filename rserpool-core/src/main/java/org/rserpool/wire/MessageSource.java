package org.rserpool.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The octets of one received message, and what is to be reported about them. Positions
 * count from the start of the message.
 */
final class MessageSource {

	/** Type, flags and length. */
	static final int HEADER_LENGTH = 4;

	/** How much of an offending parameter or message a report repeats. */
	static final int MAX_EXCERPT_LENGTH = 1024;

	/**
	 * How many parameters one message can make us report. With
	 * {@link #MAX_EXCERPT_LENGTH} it keeps the report within one error message.
	 */
	static final int MAX_REPORTED = 32;

	private static final int MAX_PADDING = 3;

	private final ByteBuffer octets;

	private final Dialect dialect;

	private final int end;

	private List<ErrorCause> report = List.of();

	/**
	 * Checks the length of a message.
	 * @param octets the message, perhaps with padding behind what its length says
	 * @param dialect what the fields mean
	 * @throws MalformedException if the length does not fit the octets
	 */
	MessageSource(ByteBuffer octets, Dialect dialect) throws MalformedException {
		this.octets = octets.slice();
		this.dialect = dialect;
		int received = this.octets.limit();
		if (received < HEADER_LENGTH) {
			throw new MalformedException("A message of " + received + " octets has no complete header", null);
		}
		this.end = int16(2);
		if (this.end < HEADER_LENGTH || this.end > received || received - this.end > MAX_PADDING) {
			throw new MalformedException(
					"The message says that it has " + this.end + " octets, but " + received + " octets were received",
					null);
		}
	}

	Dialect dialect() {
		return this.dialect;
	}

	int type() {
		return this.octets.get(0) & 0xff;
	}

	boolean flag(int mask) {
		return (this.octets.get(1) & mask) != 0;
	}

	int end() {
		return this.end;
	}

	int int16(int position) {
		return this.octets.getShort(position) & 0xffff;
	}

	int int32(int position) {
		return this.octets.getInt(position);
	}

	void get(int position, byte[] target) {
		this.octets.get(position, target);
	}

	Octets octets(int from, int to) {
		return Octets.copyOf(this.octets, from, to);
	}

	/**
	 * Walks the parameters that follow the fixed fields.
	 * @param fixedLength the length of the header and the fixed fields
	 * @return the cursor, before the first parameter
	 * @throws MalformedException if the message ends before
	 */
	ParameterCursor parametersAfter(int fixedLength) throws MalformedException {
		if (this.end < fixedLength) {
			throw malformed("the message has " + this.end + " octets, but its fixed fields need " + fixedLength);
		}
		return new ParameterCursor(this, fixedLength, this.end, ParameterCursor.NO_CONTAINER);
	}

	/**
	 * Makes the exception for something wrong that is no parameter, so that no parameter
	 * can be shown to the sender.
	 * @param what what is wrong
	 * @return the exception
	 */
	MalformedException malformed(String what) {
		return new MalformedException(describe(what), ErrorCause.of(ErrorCause.UNSPECIFIED));
	}

	/**
	 * Makes the exception for a message of unknown type, as its highest bits say (RFC
	 * 5354, section 4).
	 * @return the exception
	 */
	MalformedException unknownType() {
		boolean reported = type() >>> 6 == 0b01;
		return new MalformedException(describe("the type is unknown"),
				reported ? new ErrorCause(ErrorCause.UNRECOGNIZED_MESSAGE, excerpt(0, this.end)) : null);
	}

	/**
	 * Copies an offending parameter or the message. If it is long, the copy is cut, and
	 * its length field, at the same place in both, says so.
	 * @param from where it starts
	 * @param to where it ends
	 * @return the copy
	 */
	Octets excerpt(int from, int to) {
		if (to - from <= MAX_EXCERPT_LENGTH) {
			return octets(from, to);
		}
		byte[] copy = new byte[MAX_EXCERPT_LENGTH];
		get(from, copy);
		copy[2] = (byte) (MAX_EXCERPT_LENGTH >>> 8);
		copy[3] = (byte) MAX_EXCERPT_LENGTH;
		return Octets.of(copy);
	}

	void report(ErrorCause cause) {
		if (this.report.isEmpty()) {
			this.report = new ArrayList<>();
		}
		if (this.report.size() < MAX_REPORTED) {
			this.report.add(cause);
		}
	}

	List<ErrorCause> report() {
		return this.report;
	}

	String describe(String what) {
		return "Message of type 0x" + HexFormat.of().toHexDigits((byte) type()) + ": " + what;
	}

}
