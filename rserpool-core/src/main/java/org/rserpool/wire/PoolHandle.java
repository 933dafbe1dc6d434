package org.rserpool.wire;

/**
 * The name of a pool: an opaque string of octets, unique in its operation scope (RFC
 * 5351, section 2; RFC 5354, section 3.9). Handles are compared octet by octet.
 *
 * @param octets the octets, at least one. The reference implementation ends itself when
 * it reads more than 32 of them, so the {@code rsplib} dialect refuses to write such a
 * handle.
 * @since 0.1
 */
public record PoolHandle(Octets octets) implements Comparable<PoolHandle> {

	/** What fits in a parameter whose length field has 16 bits. */
	public static final int MAX_LENGTH = 0xffff - 4;

	public PoolHandle {
		if (octets.length() == 0) {
			throw new IllegalArgumentException("A pool handle needs at least one octet");
		}
		if (octets.length() > MAX_LENGTH) {
			throw new IllegalArgumentException("A pool handle of " + octets.length()
					+ " octets does not fit in a parameter, which holds " + MAX_LENGTH);
		}
	}

	/**
	 * Names a pool by a text, encoded in UTF-8.
	 * @param text the name, not empty
	 * @return the pool handle
	 */
	public static PoolHandle of(String text) {
		return new PoolHandle(Octets.ofText(text));
	}

	@Override
	public int compareTo(PoolHandle other) {
		return this.octets.compareTo(other.octets);
	}

	@Override
	public String toString() {
		return this.octets.toString();
	}

}
