package org.rserpool.handlespace;

import org.rserpool.wire.Dialect;
import org.rserpool.wire.Octets;
import org.rserpool.wire.PoolHandle;

/**
 * The checksum of a set of pool elements (RFC 5353, section 3.6.2; RFC 1071). Adding and
 * removing an element takes time in proportion to its pool handle, whatever the size of
 * the set.
 *
 * @since 0.1
 */
public final class HandlespaceChecksum {

	/** The checksum of no elements. */
	public static final int EMPTY = 0xffff;

	/**
	 * The plain sum of all words, in the octet order of common hosts: least significant
	 * first. It is folded only when it is read, so that removing is exact.
	 */
	private long sum;

	/**
	 * Adds an element.
	 * @param key the element
	 */
	public void add(ElementKey key) {
		this.sum += words(key);
	}

	/**
	 * Removes an element that was added.
	 * @param key the element
	 */
	public void remove(ElementKey key) {
		this.sum -= words(key);
	}

	void add(long poolPart, int identifier) {
		this.sum += poolPart + words(identifier);
	}

	void remove(long poolPart, int identifier) {
		this.sum -= poolPart + words(identifier);
	}

	/**
	 * Return what the pool handle adds to the sum for each element of the pool.
	 */
	static long part(PoolHandle poolHandle) {
		Octets octets = poolHandle.octets();
		long words = 0;
		for (int i = 0; i < octets.length(); i++) {
			int octet = octets.at(i) & 0xff;
			words += (i % 2 == 0) ? octet : octet << 8;
		}
		return words;
	}

	/**
	 * Return the checksum as the RFC says.
	 * @return 16 bits
	 */
	public int value() {
		return fold(this.sum);
	}

	/**
	 * Return the checksum as the reference implementation reckons it: on a host that puts
	 * the least significant octet first, and with a sum of 32 bits that loses what does
	 * not fit. It differs from {@link #value()} only when there are many elements, from
	 * about 9000 with long pool handles on.
	 * @return 16 bits
	 */
	public int wrappedValue() {
		return fold(this.sum & 0xffffffffL);
	}

	/**
	 * Return the checksum as a dialect sends it.
	 * @param dialect the dialect
	 * @return 16 bits
	 */
	public int value(Dialect dialect) {
		return (dialect == Dialect.RSPLIB) ? wrappedValue() : value();
	}

	/**
	 * Return whether a checksum that a registrar sent is that of this set. In the
	 * {@code rsplib} dialect, that is so in either way to reckon it, as the sender may be
	 * a host of either octet order, or not the reference implementation.
	 * @param reported the checksum that was sent
	 * @param dialect the dialect that it was sent in
	 * @return whether it matches
	 */
	public boolean matches(int reported, Dialect dialect) {
		return reported == value() || (dialect == Dialect.RSPLIB && reported == wrappedValue());
	}

	/**
	 * Adds up with end-around carry, which does not depend on the order of octets; only
	 * the result is to be turned round.
	 */
	private static int fold(long sum) {
		long folded = sum;
		while (folded >>> 16 != 0) {
			folded = (folded & 0xffff) + (folded >>> 16);
		}
		return Short.reverseBytes((short) ~folded) & 0xffff;
	}

	private static long words(ElementKey key) {
		return part(key.poolHandle()) + words(key.identifier());
	}

	private static long words(int identifier) {
		int reversed = Integer.reverseBytes(identifier);
		return (reversed >>> 16) + (reversed & 0xffff);
	}

}
