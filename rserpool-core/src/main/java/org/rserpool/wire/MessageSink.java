package org.rserpool.wire;

import java.nio.ByteBuffer;

/**
 * Writes one message. Padding is written only when something follows, so that a length
 * taken before does not count it; the {@code rsplib} dialect pads before it takes the
 * length of most of what has parameters inside.
 */
final class MessageSink {

	/** A message of the greatest length, with its padding. */
	private static final int MAX_CAPACITY = 0x10000;

	private final Dialect dialect;

	private ByteBuffer out;

	/**
	 * Starts a message.
	 * @param dialect how to write
	 * @param type the type of the message
	 * @param flags its flags
	 * @param expectedLength about how long the message will be
	 */
	MessageSink(Dialect dialect, int type, int flags, int expectedLength) {
		this.dialect = dialect;
		this.out = ByteBuffer.allocate(Math.min(expectedLength, MAX_CAPACITY));
		int32(type << 24 | flags << 16);
	}

	Dialect dialect() {
		return this.dialect;
	}

	/**
	 * Starts a parameter, or an error cause.
	 * @param type its type or cause code
	 * @return where it starts, for its end
	 */
	int begin(int type) {
		align();
		int start = this.out.position();
		int32(type << 16);
		return start;
	}

	/**
	 * Ends a parameter. Padding of what is last inside does not count in its length.
	 * @param start where it starts
	 */
	void end(int start) {
		this.out.putShort(start + 2, (short) (this.out.position() - start));
	}

	/**
	 * Ends a parameter that has parameters inside, of the kind where the reference
	 * implementation counts the padding of the last one.
	 * @param start where it starts
	 */
	void endNested(int start) {
		if (this.dialect == Dialect.RSPLIB) {
			align();
		}
		end(start);
	}

	void parameter(int type, int value) {
		int start = begin(type);
		int32(value);
		end(start);
	}

	void parameter(int type, Octets value) {
		int start = begin(type);
		octets(value);
		end(start);
	}

	void int16(int value) {
		ensure(2);
		this.out.putShort((short) value);
	}

	void int32(int value) {
		ensure(4);
		this.out.putInt(value);
	}

	void octets(Octets value) {
		ensure(value.length());
		value.writeTo(this.out);
	}

	/**
	 * Ends the message.
	 * @return its octets with padding
	 */
	ByteBuffer finish() {
		int unpadded = this.out.position();
		align();
		int length = (this.dialect == Dialect.RSPLIB) ? this.out.position() : unpadded;
		if (length > WireCodec.MAX_MESSAGE_LENGTH) {
			throw tooLong();
		}
		this.out.putShort(2, (short) length);
		return this.out.flip();
	}

	private void align() {
		int padding = -this.out.position() & 3;
		ensure(padding);
		for (int i = 0; i < padding; i++) {
			this.out.put((byte) 0);
		}
	}

	private void ensure(int length) {
		if (this.out.remaining() < length) {
			grow(length);
		}
	}

	private void grow(int length) {
		int needed = this.out.position() + length;
		if (needed > MAX_CAPACITY) {
			throw tooLong();
		}
		int capacity = Math.min(Math.max(2 * this.out.capacity(), needed), MAX_CAPACITY);
		this.out = ByteBuffer.allocate(capacity).put(this.out.flip());
	}

	private IllegalArgumentException tooLong() {
		return new IllegalArgumentException(
				String.format("The message of type 0x%02x is longer than %d octets, which is what its length can say",
						this.out.get(0) & 0xff, WireCodec.MAX_MESSAGE_LENGTH));
	}

}
