package org.rserpool.handlespace;

import org.rserpool.wire.Identifiers;
import org.rserpool.wire.PoolHandle;

/**
 * Names a pool element in an operation scope. Keys are ordered by pool handle, then by
 * identifier.
 *
 * @param poolHandle the pool
 * @param identifier the pool element's identifier, unique in its pool
 * @since 0.1
 */
public record ElementKey(PoolHandle poolHandle, int identifier) implements Comparable<ElementKey> {

	@Override
	public int compareTo(ElementKey other) {
		int byHandle = this.poolHandle.compareTo(other.poolHandle);
		return (byHandle != 0) ? byHandle : Integer.compareUnsigned(this.identifier, other.identifier);
	}

	@Override
	public String toString() {
		return this.poolHandle + "/" + Identifiers.toString(this.identifier);
	}

}
