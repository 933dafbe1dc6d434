package org.rserpool.spring.element;

import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;
import org.rserpool.rpc.RSerPoolNode;
import org.rserpool.rpc.RegisteredElement;
import org.rserpool.wire.PoolHandle;

/**
 * What serves the users of a pool element.
 *
 * @since 0.1
 */
public interface PoolElementService {

	/**
	 * Begins to serve, and registers the element.
	 * @param node the node to register with
	 * @param pool the pool that it joins
	 * @param identifier its identifier, or {@code null} to draw one
	 * @param settings how it is registered
	 * @return the element, being registered, or {@code null} if nothing can serve it now,
	 * which was logged
	 */
	@Nullable RegisteredElement register(RSerPoolNode node, PoolHandle pool, @Nullable Integer identifier,
			PoolElementSettings settings);

	/**
	 * Refuses what pool users send from now on, in a way that lets them go elsewhere,
	 * until the next registration. Called before the element is deregistered.
	 * @param pool the pool that it leaves
	 */
	default void leave(PoolHandle pool) {
	}

	/**
	 * Return how much is in progress for pool users.
	 * @param pool the pool
	 * @return the number of calls, at least 0
	 */
	int callsInProgress(PoolHandle pool);

	/**
	 * Return how many calls the element carries out at the moment, for its load.
	 * @param element the registration
	 * @return the number of calls, exact where that is possible
	 */
	default int concurrentCalls(RegisteredElement element) {
		return callsInProgress(element.pool());
	}

	/**
	 * Return when nothing is in progress for pool users.
	 * @param pool the pool
	 * @return done when the last call ends; a copy, which may be completed by anyone
	 */
	CompletableFuture<Void> idle(PoolHandle pool);

}
