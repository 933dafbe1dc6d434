package org.rserpool.spring.user;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import org.rserpool.rpc.FailoverCall;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;

/**
 * Resolves the handle of a pool into its elements, for who talks to them by a protocol of
 * its own; injected by {@link org.rserpool.spring.PoolUser}. What is known of the pool,
 * and which elements are suspected, it shares with all pool users of the application. Any
 * thread may use it. What directly follows the futures runs on a loop that must not be
 * blocked.
 *
 * @since 0.1
 */
public interface HandleResolver {

	/**
	 * Return the pool.
	 * @return the pool
	 */
	PoolHandle pool();

	/**
	 * Selects an element by the policy of the pool.
	 * @return the element with its addresses, or a
	 * {@link org.rserpool.rpc.NoPoolElementException} that says why there is none
	 */
	default CompletableFuture<PoolElement> select() {
		return select(Set.of());
	}

	/**
	 * Selects an element by the policy of the pool, but for some.
	 * @param excluded the identifiers of elements that are not to be selected, such as
	 * those that were tried
	 * @return the element, or a {@link org.rserpool.rpc.NoPoolElementException}
	 */
	CompletableFuture<PoolElement> select(Set<Integer> excluded);

	/**
	 * Return the elements of the pool, in no particular order, as far as its home
	 * registrar tells them.
	 * @return the elements, at least one, or a
	 * {@link org.rserpool.rpc.NoPoolElementException}
	 */
	CompletableFuture<List<PoolElement>> elements();

	/**
	 * Says that an element could not be reached. The home registrar is told, and the
	 * element is not selected for a while where there are others.
	 * @param identifier the element, which was selected before
	 */
	void reportUnreachable(int identifier);

	/**
	 * Says that an element has answered. If it was reported unreachable, that is over.
	 * @param identifier the element
	 */
	void confirm(int identifier);

	/**
	 * Begins a call that fails over: with the deadline, attempts and retry budget of the
	 * pool user, by the same rules as those of interfaces. The caller makes the attempts,
	 * and says how each ended.
	 * @param what what is called, for messages and meters
	 * @param idempotent whether it may be carried out more than once
	 * @return the call, without any attempt
	 */
	FailoverCall call(String what, boolean idempotent);

}
