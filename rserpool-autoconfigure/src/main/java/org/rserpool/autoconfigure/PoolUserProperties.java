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
 * @since 0.1
 */
public record PoolUserProperties(@Nullable String pool, @Nullable Duration deadline, @Nullable Integer maxAttempts,
		@Nullable Set<String> idempotentMethods, @Nullable Duration staleCacheValue) {

	static final PoolUserProperties NONE = new PoolUserProperties(null, null, null, null, null);

}
