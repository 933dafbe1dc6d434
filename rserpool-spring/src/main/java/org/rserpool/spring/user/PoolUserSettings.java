package org.rserpool.spring.user;

import java.time.Duration;
import java.util.Set;

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
 * @since 0.1
 */
public record PoolUserSettings(String pool, Duration deadline, int maxAttempts, Set<String> idempotentMethods) {

	public PoolUserSettings {
		if (deadline.isNegative() || deadline.isZero()) {
			throw new IllegalArgumentException("A deadline of " + deadline + " is not positive");
		}
		if (maxAttempts < 1) {
			throw new IllegalArgumentException("A call needs at least one attempt, not " + maxAttempts);
		}
		idempotentMethods = Set.copyOf(idempotentMethods);
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
