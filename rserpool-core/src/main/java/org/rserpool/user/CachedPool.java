package org.rserpool.user;

import java.time.Duration;
import java.util.List;

import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;

/**
 * What a pool user knows of a pool.
 *
 * @param pool the pool
 * @param elements its elements, as far as they are known and not thought dead
 * @param age how long ago the registrar said so
 * @param stale whether the registrar is asked again at the next use
 * @param suspects how many elements are under suspicion, or on probation after it
 * @since 0.1
 */
public record CachedPool(PoolHandle pool, List<PoolElement> elements, Duration age, boolean stale, int suspects) {

	public CachedPool {
		elements = List.copyOf(elements);
	}

}
