package org.rserpool.spring.user;

import java.time.Duration;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.rserpool.rpc.RpcRequest;
import org.rserpool.spring.service.ServiceMethod;

/**
 * How a pool user calls.
 *
 * @param pool the pool that it calls
 * @param deadline how long a call may take, over all attempts; positive
 * @param maxAttempts at most how many elements are tried, at least 1
 * @param idempotentMethods the methods that are idempotent beside those annotated so:
 * their names, names with types such as {@code digest(byte[],int)}, or {@code *} for all
 * @param retryBudget how many attempts after the first may be made for each call, on
 * average; 0 for none
 * @param replay whether a call that is not idempotent is made again at the element of
 * which nobody knows whether it carried the call out, which then answers from its memory
 * @param eager whether the pool is resolved, and its elements are connected to, when the
 * pool user is made
 * @param binding the binding by which it calls, such as {@code rpc}, or {@code null} for
 * the first that supports the injected type
 * @since 0.1
 */
public record PoolUserSettings(String pool, Duration deadline, int maxAttempts, Set<String> idempotentMethods,
		double retryBudget, boolean replay, boolean eager, @Nullable String binding) {

	public PoolUserSettings {
		if (deadline.isNegative() || deadline.isZero()) {
			throw new IllegalArgumentException("A deadline of " + deadline + " is not positive");
		}
		if (maxAttempts < 1) {
			throw new IllegalArgumentException("A call needs at least one attempt, not " + maxAttempts);
		}
		if (!(retryBudget >= 0)) {
			throw new IllegalArgumentException("A retry budget is not negative, and not " + retryBudget);
		}
		idempotentMethods = Set.copyOf(idempotentMethods);
	}

	/**
	 * Makes settings for whichever binding supports the injected type.
	 * @param pool the pool
	 * @param deadline how long a call may take
	 * @param maxAttempts at most how many elements are tried
	 * @param idempotentMethods the methods that are idempotent beside those annotated so
	 * @param retryBudget how many attempts after the first may be made for each call
	 * @param replay whether a call that is not idempotent is made again by replay
	 * @param eager whether the pool is resolved when the pool user is made
	 */
	public PoolUserSettings(String pool, Duration deadline, int maxAttempts, Set<String> idempotentMethods,
			double retryBudget, boolean replay, boolean eager) {
		this(pool, deadline, maxAttempts, idempotentMethods, retryBudget, replay, eager, null);
	}

	/**
	 * Makes settings with the default retry budget, with replay, and not eager.
	 * @param pool the pool
	 * @param deadline how long a call may take
	 * @param maxAttempts at most how many elements are tried
	 * @param idempotentMethods the methods that are idempotent beside those annotated so
	 */
	public PoolUserSettings(String pool, Duration deadline, int maxAttempts, Set<String> idempotentMethods) {
		this(pool, deadline, maxAttempts, idempotentMethods, RpcRequest.DEFAULT_RETRY_BUDGET, true, false, null);
	}

	/**
	 * Make the settings that hold where nothing else is said.
	 * @param pool the pool
	 * @return the settings
	 */
	public static PoolUserSettings of(String pool) {
		return new PoolUserSettings(pool, RpcRequest.DEFAULT_DEADLINE, RpcRequest.DEFAULT_MAX_ATTEMPTS, Set.of());
	}

	boolean isIdempotent(ServiceMethod method) {
		String signature = method.identity().substring(method.identity().indexOf('/') + 1);
		return this.idempotentMethods.contains("*") || this.idempotentMethods.contains(method.method().getName())
				|| this.idempotentMethods.contains(signature) || this.idempotentMethods.contains(method.identity());
	}

}
