package org.rserpool.rpc;

import java.time.Duration;

import org.rserpool.wire.PoolHandle;

/**
 * A call to any element of a pool that is made by another protocol than ours.
 *
 * @param pool the pool
 * @param method what is called, such as {@code GET /items}, for messages and meters
 * @param idempotent whether the call may be made again when nobody knows if an element
 * has carried it out
 * @param deadline how long the call may take, over all attempts; positive
 * @param maxAttempts at most how many attempts are made, at least 1
 * @since 0.1
 */
public record FailoverRequest(PoolHandle pool, String method, boolean idempotent, Duration deadline, int maxAttempts) {

	public FailoverRequest {
		if (deadline.isNegative() || deadline.isZero()) {
			throw new IllegalArgumentException("A deadline of " + deadline + " is not positive");
		}
		if (maxAttempts < 1) {
			throw new IllegalArgumentException("A call needs at least one attempt, not " + maxAttempts);
		}
	}

}
