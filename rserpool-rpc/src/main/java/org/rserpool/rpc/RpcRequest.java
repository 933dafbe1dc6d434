package org.rserpool.rpc;

import java.time.Duration;
import java.util.Map;

import org.rserpool.wire.PoolHandle;

/**
 * A call to any element of a pool.
 *
 * @param pool the pool
 * @param method what is called, such as {@code org.example.Digests/digest(byte[])};
 * caller and element must agree on it
 * @param payload the arguments, encoded; not to be changed afterwards
 * @param metadata what travels along, such as trace context
 * @param idempotent whether the call may be made again when nobody knows if an element
 * has carried it out
 * @param deadline how long the call may take, over all attempts
 * @param maxAttempts at most how many elements are tried, at least 1
 * @since 0.1
 */
public record RpcRequest(PoolHandle pool, String method, byte[] payload, Map<String, String> metadata,
		boolean idempotent, Duration deadline, int maxAttempts) {

	/** The deadline where nothing else is said. */
	public static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(5);

	/** The number of attempts where nothing else is said. */
	public static final int DEFAULT_MAX_ATTEMPTS = 3;

	public RpcRequest {
		metadata = Map.copyOf(metadata);
		if (maxAttempts < 1) {
			throw new IllegalArgumentException("A call needs at least one attempt, not " + maxAttempts);
		}
	}

}
