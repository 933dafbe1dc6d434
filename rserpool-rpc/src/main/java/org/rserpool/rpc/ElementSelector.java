package org.rserpool.rpc;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;

/**
 * Selects elements of pools for calls that are made by another protocol, such as HTTP. It
 * shares what is known of pools, their policies and suspicions with {@link RpcClient}.
 * Any thread may use it.
 *
 * @since 0.1
 */
public interface ElementSelector {

	/**
	 * Begins a call. The caller makes the attempts by itself, and says how they ended.
	 * @param request what is known of the call
	 * @return the call, without any attempt
	 */
	FailoverCall begin(FailoverRequest request);

	/**
	 * Selects an element by the policy of its pool.
	 * @param pool the pool
	 * @param excluded the identifiers of elements that are not to be selected
	 * @return the element, or a {@link NoPoolElementException}
	 */
	CompletableFuture<PoolElement> select(PoolHandle pool, Set<Integer> excluded);

	/**
	 * Return the elements of a pool, as far as its home registrar tells them.
	 * @param pool the pool
	 * @return the elements, at least one, or a {@link NoPoolElementException}
	 */
	CompletableFuture<List<PoolElement>> resolve(PoolHandle pool);

	/**
	 * Return the pools that this process uses or has used, as far as they are remembered.
	 * @return the pools
	 */
	CompletableFuture<List<PoolHandle>> pools();

	/**
	 * Says that an element could not be reached. The home registrar is told, and the
	 * element is not selected for a while where there are others.
	 * @param pool the pool
	 * @param identifier the element
	 */
	void reportUnreachable(PoolHandle pool, int identifier);

	/**
	 * Says that an element serves no more for now. It is not selected for a while where
	 * there are others; no registrar is told.
	 * @param pool the pool
	 * @param identifier the element
	 */
	void avoid(PoolHandle pool, int identifier);

	/**
	 * Says that an element has answered. If it was reported unreachable, that is over.
	 * @param pool the pool
	 * @param identifier the element
	 */
	void confirm(PoolHandle pool, int identifier);

}
