package org.rserpool.autoconfigure;

import java.time.Duration;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What is configured under {@code rserpool.user.<name>}. What is not set is taken from
 * {@code rserpool.user.default}.
 *
 * @param pool Pool that is called. The name of the pool user if not set.
 * @param deadline How long a call may take, over all attempts.
 * @param maxAttempts At most how many pool elements are tried for a call.
 * @param idempotentMethods Methods whose calls may be carried out more than once, by name
 * or as name(types). An asterisk stands for all.
 * @param staleCacheValue Age at which what is known of the pool is asked for again
 * (stale_cache_value). What is known is used meanwhile.
 * @param retryBudget How many attempts after the first one may be made for each call, on
 * average. With 0, only those are made that add no load.
 * @param replay Whether a call that is not idempotent is made again at the pool element
 * of which nobody knows whether it carried the call out. That one answers from its memory
 * if it did.
 * @param eager Whether the pool is resolved, and connected to, before the first call; the
 * health then shows whether it has elements.
 * @param binding Binding by which it calls, rpc, http, grpc or session, where the
 * injected type does not say it or says another one.
 * @since 0.1
 */
public record PoolUserProperties(@Nullable String pool, @Nullable Duration deadline, @Nullable Integer maxAttempts,
		@Nullable Set<String> idempotentMethods, @Nullable Duration staleCacheValue, @Nullable Double retryBudget,
		@Nullable Boolean replay, @Nullable Boolean eager, @Nullable String binding) {

	static final PoolUserProperties NONE = new PoolUserProperties(null, null, null, null, null, null, null, null, null);

}
