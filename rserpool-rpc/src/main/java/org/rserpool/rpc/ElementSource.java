package org.rserpool.rpc;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.rserpool.user.SelectionCallback;
import org.rserpool.wire.PoolHandle;

/**
 * Where elements to call come from: the pool user role.
 */
interface ElementSource {

	/**
	 * Selects an element.
	 * @param pool the pool
	 * @param excluded the elements that must not be selected
	 * @param callback takes the outcome, also before this method returns
	 */
	void select(PoolHandle pool, Set<Integer> excluded, SelectionCallback callback);

	/**
	 * Says that an element could not be reached.
	 * @param pool the pool
	 * @param identifier the element
	 * @return whether a registrar is told, now or as soon as there is one
	 */
	boolean reportUnreachable(PoolHandle pool, int identifier);

	/**
	 * Says that an element serves no more: it is to be avoided for a while, which is
	 * nothing to report.
	 * @param pool the pool
	 * @param identifier the element
	 */
	void avoid(PoolHandle pool, int identifier);

	/**
	 * Says that an element served though it was not trusted.
	 * @param pool the pool
	 * @param identifier the element
	 */
	default void trust(PoolHandle pool, int identifier) {
	}

	/**
	 * Return the registrar that elements are asked of, in words.
	 * @return the registrar, or {@code null} if there is none
	 */
	default @Nullable String registrar() {
		return null;
	}

}
