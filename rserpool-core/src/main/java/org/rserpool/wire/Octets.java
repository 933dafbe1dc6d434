package org.rserpool.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * An immutable string of octets, compared by content.
 *
 * @since 0.1
 */
public final class Octets implements Comparable<Octets> {

	/** No octets. */
	public static final Octets EMPTY = new Octets(new byte[0]);

	private final byte[] value;

	private Octets(byte[] value) {
		this.value = value;
	}

	/**
	 * Copies octets.
	 * @param octets the octets to copy
	 * @return the copy
	 */
	public static Octets of(byte... octets) {
		return (octets.length != 0) ? new Octets(octets.clone()) : EMPTY;
	}

	/**
	 * Encodes a text in UTF-8.
	 * @param text the text
	 * @return its octets
	 */
	public static Octets ofText(String text) {
		return new Octets(text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Reads hexadecimal digits, two for each octet.
	 * @param hex the digits, without separators
	 * @return the octets
	 * @throws IllegalArgumentException if {@code hex} has something other than pairs of
	 * hexadecimal digits
	 */
	public static Octets ofHex(String hex) {
		return new Octets(HexFormat.of().parseHex(hex));
	}

	/**
	 * Copies the remaining octets of a buffer, and leaves its position alone.
	 * @param buffer the buffer
	 * @return the copy
	 */
	public static Octets copyOf(ByteBuffer buffer) {
		byte[] copy = new byte[buffer.remaining()];
		buffer.get(buffer.position(), copy);
		return new Octets(copy);
	}

	static Octets copyOf(ByteBuffer buffer, int from, int to) {
		if (from == to) {
			return EMPTY;
		}
		byte[] copy = new byte[to - from];
		buffer.get(from, copy);
		return new Octets(copy);
	}

	Octets slice(int from, int to) {
		return copyOf(ByteBuffer.wrap(this.value), from, to);
	}

	void writeTo(ByteBuffer buffer) {
		buffer.put(this.value);
	}

	/**
	 * Return the number of octets.
	 * @return the number of octets
	 */
	public int length() {
		return this.value.length;
	}

	/**
	 * Return one octet.
	 * @param index its index, from 0
	 * @return the octet
	 */
	public byte at(int index) {
		return this.value[index];
	}

	/**
	 * Return a copy as an array.
	 * @return the copy
	 */
	public byte[] toArray() {
		return this.value.clone();
	}

	/**
	 * Return a read-only view.
	 * @return the view, ready to be read
	 */
	public ByteBuffer toBuffer() {
		return ByteBuffer.wrap(this.value).asReadOnlyBuffer();
	}

	/**
	 * Return the octets as lower case hexadecimal digits.
	 * @return the digits
	 */
	public String toHex() {
		return HexFormat.of().formatHex(this.value);
	}

	@Override
	public int compareTo(Octets other) {
		return (this.value != other.value) ? Arrays.compareUnsigned(this.value, other.value) : 0;
	}

	@Override
	public boolean equals(Object other) {
		return (other instanceof Octets octets) && Arrays.equals(this.value, octets.value);
	}

	@Override
	public int hashCode() {
		return Arrays.hashCode(this.value);
	}

	/**
	 * Return the text if the octets are printable ASCII, else their hexadecimal digits
	 * behind {@code 0x}.
	 */
	@Override
	public String toString() {
		for (byte octet : this.value) {
			if (octet < 0x20 || octet == 0x7f) {
				return "0x" + toHex();
			}
		}
		return new String(this.value, StandardCharsets.US_ASCII);
	}

}
