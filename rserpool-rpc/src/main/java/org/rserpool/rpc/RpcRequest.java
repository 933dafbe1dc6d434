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
 * @param deadline how long the call may take, over all attempts. A call that is made
 * while another one is served takes no longer than that one may
 * @param maxAttempts at most how many elements are tried, at least 1
 * @param retryBudget how many attempts after the first one may be made for each call of
 * the pool, on average, such as 0.2; 0 for none. {@link RpcClient} says which count.
 * @param replay whether a call that is not idempotent is made again at the very element
 * of which nobody knows whether it carried the call out; that element answers from its
 * memory if it did
 * @param observer told of the attempts
 * @since 0.1
 */
public record RpcRequest(PoolHandle pool, String method, byte[] payload, Map<String, String> metadata,
		boolean idempotent, Duration deadline, int maxAttempts, double retryBudget, boolean replay,
		CallObserver observer) {

	/** The deadline where nothing else is said. */
	public static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(5);

	/** The number of attempts where nothing else is said. */
	public static final int DEFAULT_MAX_ATTEMPTS = 3;

	/** The retry budget where nothing else is said. */
	public static final double DEFAULT_RETRY_BUDGET = 0.2;

	public RpcRequest {
		metadata = Map.copyOf(metadata);
		if (maxAttempts < 1) {
			throw new IllegalArgumentException("A call needs at least one attempt, not " + maxAttempts);
		}
		if (!(retryBudget >= 0)) {
			throw new IllegalArgumentException("A retry budget is not negative, and not " + retryBudget);
		}
	}

	/**
	 * Makes a request with the default retry budget, without replay and observer.
	 * @param pool the pool
	 * @param method what is called
	 * @param payload the arguments, encoded
	 * @param metadata what travels along
	 * @param idempotent whether the call may be carried out more than once
	 * @param deadline how long the call may take
	 * @param maxAttempts at most how many elements are tried, at least 1
	 */
	public RpcRequest(PoolHandle pool, String method, byte[] payload, Map<String, String> metadata, boolean idempotent,
			Duration deadline, int maxAttempts) {
		this(pool, method, payload, metadata, idempotent, deadline, maxAttempts, DEFAULT_RETRY_BUDGET, false,
				CallObserver.NONE);
	}

	/**
	 * Copies the request with another retry budget.
	 * @param budget the share of calls that may be retried
	 * @return the copy
	 */
	public RpcRequest withRetryBudget(double budget) {
		return new RpcRequest(this.pool, this.method, this.payload, this.metadata, this.idempotent, this.deadline,
				this.maxAttempts, budget, this.replay, this.observer);
	}

	/**
	 * Copies the request, with or without replay.
	 * @param value whether it may be made again at the same element
	 * @return the copy
	 */
	public RpcRequest withReplay(boolean value) {
		return new RpcRequest(this.pool, this.method, this.payload, this.metadata, this.idempotent, this.deadline,
				this.maxAttempts, this.retryBudget, value, this.observer);
	}

	/**
	 * Copies the request with another deadline.
	 * @param limit how long the call may take
	 * @return the copy
	 */
	public RpcRequest withDeadline(Duration limit) {
		return new RpcRequest(this.pool, this.method, this.payload, this.metadata, this.idempotent, limit,
				this.maxAttempts, this.retryBudget, this.replay, this.observer);
	}

	/**
	 * Copies the request with another observer.
	 * @param told told of the attempts
	 * @return the copy
	 */
	public RpcRequest withObserver(CallObserver told) {
		return new RpcRequest(this.pool, this.method, this.payload, this.metadata, this.idempotent, this.deadline,
				this.maxAttempts, this.retryBudget, this.replay, told);
	}

	/**
	 * Return whether the call is named, so that its element knows it when it comes again.
	 * @return whether it is
	 */
	boolean named() {
		return this.replay && !this.idempotent;
	}

}
