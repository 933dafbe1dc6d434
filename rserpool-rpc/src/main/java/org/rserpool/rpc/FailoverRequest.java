package org.rserpool.rpc;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

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
 * @param retryBudget how many retries each call earns, not negative, as in
 * {@link RpcRequest#retryBudget()}; the budget of a pool is shared by all who call it
 * @param binding what elements must speak, or {@code null} for any; elements that do not
 * say what they speak are taken
 * @param observer told of the attempts
 * @since 0.1
 */
public record FailoverRequest(PoolHandle pool, String method, boolean idempotent, Duration deadline, int maxAttempts,
		double retryBudget, @Nullable String binding, CallObserver observer) {

	public FailoverRequest {
		if (deadline.isNegative() || deadline.isZero()) {
			throw new IllegalArgumentException("A deadline of " + deadline + " is not positive");
		}
		if (maxAttempts < 1) {
			throw new IllegalArgumentException("A call needs at least one attempt, not " + maxAttempts);
		}
		if (!(retryBudget >= 0)) {
			throw new IllegalArgumentException("A retry budget is not negative, and not " + retryBudget);
		}
	}

	/**
	 * Makes a request with the default retry budget, for elements of any binding.
	 * @param pool the pool
	 * @param method what is called
	 * @param idempotent whether the call may be made again
	 * @param deadline how long the call may take
	 * @param maxAttempts at most how many attempts are made
	 */
	public FailoverRequest(PoolHandle pool, String method, boolean idempotent, Duration deadline, int maxAttempts) {
		this(pool, method, idempotent, deadline, maxAttempts, RpcRequest.DEFAULT_RETRY_BUDGET, null);
	}

	/**
	 * Makes a request that nobody observes.
	 * @param pool the pool
	 * @param method what is called
	 * @param idempotent whether the call may be made again
	 * @param deadline how long the call may take
	 * @param maxAttempts at most how many attempts are made
	 * @param retryBudget how many retries each call earns
	 * @param binding what elements must speak, or {@code null} for any
	 */
	public FailoverRequest(PoolHandle pool, String method, boolean idempotent, Duration deadline, int maxAttempts,
			double retryBudget, @Nullable String binding) {
		this(pool, method, idempotent, deadline, maxAttempts, retryBudget, binding, CallObserver.NONE);
	}

	/**
	 * Copies the request with another observer.
	 * @param told told of the attempts
	 * @return the copy
	 */
	public FailoverRequest withObserver(CallObserver told) {
		return new FailoverRequest(this.pool, this.method, this.idempotent, this.deadline, this.maxAttempts,
				this.retryBudget, this.binding, told);
	}

	FailoverRequest withDeadline(Duration value) {
		return new FailoverRequest(this.pool, this.method, this.idempotent, value, this.maxAttempts, this.retryBudget,
				this.binding, this.observer);
	}

}
