package org.rserpool.handlespace;

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
	 * The plain sum of all words. It is folded only when it is read, so that removing is
	 * exact.
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

	/**
	 * Return the checksum.
	 * @return 16 bits
	 */
	public int value() {
		long folded = this.sum;
		while (folded >>> 16 != 0) {
			folded = (folded & 0xffff) + (folded >>> 16);
		}
		return (int) ~folded & 0xffff;
	}

	private static long words(ElementKey key) {
		return words(key.poolHandle()) + (key.identifier() >>> 16) + (key.identifier() & 0xffff);
	}

	private static long words(PoolHandle poolHandle) {
		Octets octets = poolHandle.octets();
		long words = 0;
		for (int i = 0; i < octets.length(); i++) {
			int octet = octets.at(i) & 0xff;
			words += (i % 2 == 0) ? octet << 8 : octet;
		}
		return words;
	}

}
