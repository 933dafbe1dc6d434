package org.rserpool.rpc;

import java.util.Collection;

import org.jspecify.annotations.Nullable;

import org.rserpool.user.CachedPool;
import org.rserpool.wire.PoolHandle;

/**
 * All that the pool user role does for those who select elements.
 */
interface UserElements extends ElementSource {

	/**
	 * Says that an element answered.
	 * @param pool the pool
	 * @param identifier the element
	 */
	void confirm(PoolHandle pool, int identifier);

	/**
	 * Return what is known of a pool.
	 * @param pool the pool
	 * @return what is known, or {@code null}
	 */
	@Nullable CachedPool known(PoolHandle pool);

	/**
	 * Return what is known of all pools.
	 * @return what is known
	 */
	Collection<CachedPool> known();

}
