package org.rserpool.rpc;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PoolHandle;

/**
 * A pool element of this process. Any thread may use it.
 *
 * @since 0.1
 */
public interface RegisteredElement {

	/**
	 * Return the pool.
	 * @return the pool
	 */
	PoolHandle pool();

	/**
	 * Return the element's identifier.
	 * @return the identifier
	 */
	int identifier();

	/**
	 * Return how the registration stands.
	 * @return the state at this moment
	 */
	State state();

	/**
	 * Return what the registrar said against the registration.
	 * @return the reason in words, or {@code null} if it was not refused
	 */
	@Nullable String rejection();

	/**
	 * Return when the registration is accepted for the first time.
	 * @return done when it is accepted; fails with an {@link RSerPoolException} when it
	 * is refused, and never if no registrar answers
	 */
	CompletableFuture<Void> registered();

	/**
	 * Changes the values of the policy, and registers again at once.
	 * @param policy the same policy with other values
	 */
	void update(MemberSelectionPolicy policy);

	/**
	 * Says which elements of the pool stand in for this one: pool users that call it fail
	 * over to them first. They are told by business cards (RFC 5352, section 3.9), now
	 * and when they come. Nothing happens on a node that does not exchange those.
	 * @param identifiers the identifiers of the elements, in the order in which to try
	 * them; those that are not in the pool are left out. None, which holds where nothing
	 * is said, leaves it to the policy.
	 * @throws IllegalArgumentException if there are more than 32
	 */
	default void failoverOrder(List<Integer> identifiers) {
	}

	/**
	 * Leaves the pool. Calls that arrive afterwards are refused in a way that lets their
	 * callers try another element; those in progress go on.
	 * @return done when the registrar knows, or when none can be told
	 */
	CompletableFuture<Void> deregister();

	/**
	 * Return how many calls are in progress, with those that wait for a thread.
	 * @return the number at this moment
	 */
	default int callsInProgress() {
		return 0;
	}

	/**
	 * Return how many sessions of users the element has in memory.
	 * @return the number at this moment; those that rest are counted until they are
	 * dropped
	 */
	default int sessions() {
		return 0;
	}

	/**
	 * How a registration stands.
	 */
	enum State {

		/** No registrar has accepted it yet, or the one that had is lost. */
		REGISTERING,

		/** A registrar watches the element. */
		REGISTERED,

		/**
		 * The registrar refused the registration. It is not tried again unchanged, unless
		 * it was accepted before: then the element asks again, ever more rarely.
		 */
		REJECTED,

		/** The element left its pool. */
		DEREGISTERED

	}

}
