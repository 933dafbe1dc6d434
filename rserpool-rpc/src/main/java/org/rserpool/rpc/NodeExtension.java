package org.rserpool.rpc;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Another way to serve pools and to use them than calls. It lives on the loop of a node,
 * and ends with it.
 *
 * @since 0.1
 * @see RSerPoolNode#extension
 */
public interface NodeExtension {

	/**
	 * Return the sessions that this process opened, and did not close. On the loop.
	 * @param limit how many at most
	 * @return the sessions
	 */
	default List<OpenSession> sessions(int limit) {
		return List.of();
	}

	/**
	 * Ends in order what is in progress, and begins nothing new. On the loop, after the
	 * node's pool elements left.
	 * @param limit how long that may take
	 * @return done when it has ended
	 */
	CompletableFuture<Void> leave(Duration limit);

	/**
	 * Ends at once. On the loop.
	 */
	void stop();

}
