package org.rserpool.handlespace;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import org.rserpool.wire.PoolHandle;

/**
 * Something for each of many pools: found by hash, which every registration needs, and
 * listed in the order of pool handles, which only changes when a pool comes or goes.
 *
 * @param <V> what there is for each pool
 */
final class PoolMap<V> {

	private final Map<PoolHandle, V> byHash = new HashMap<>();

	private final NavigableMap<PoolHandle, V> ordered = new TreeMap<>();

	@Nullable V get(PoolHandle handle) {
		return this.byHash.get(handle);
	}

	void put(PoolHandle handle, V value) {
		this.byHash.put(handle, value);
		this.ordered.put(handle, value);
	}

	void remove(PoolHandle handle) {
		this.byHash.remove(handle);
		this.ordered.remove(handle);
	}

	Collection<V> values() {
		return Collections.unmodifiableCollection(this.ordered.values());
	}

	/**
	 * List pools from one on.
	 * @param first the pool to start with, or {@code null} for all
	 * @return a view
	 */
	NavigableMap<PoolHandle, V> from(@Nullable PoolHandle first) {
		return (first != null) ? this.ordered.tailMap(first, true) : this.ordered;
	}

}
