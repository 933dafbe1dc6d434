package org.rserpool.spring.element;

import org.rserpool.wire.PoolHandle;

/**
 * What a pool element offers, before it is registered.
 *
 * @param pool the pool that it joins
 * @param source where it comes from, for messages: the name of its bean
 * @param settings how it is registered and drained
 * @param service serves its users
 * @since 0.1
 */
public record PoolElementEndpoint(PoolHandle pool, String source, PoolElementSettings settings,
		PoolElementService service) {

}
