package org.rserpool.spring.element;

import java.util.List;

import org.rserpool.rpc.RpcHandler;
import org.rserpool.wire.PoolHandle;

/**
 * What a pool element offers, before it is registered.
 *
 * @param pool the pool that it joins
 * @param source where it comes from, for messages: the name of its bean
 * @param services the interfaces whose methods can be called
 * @param settings how it is registered and drained
 * @param handler carries its calls out
 * @since 0.1
 */
public record PoolElementEndpoint(PoolHandle pool, String source, List<Class<?>> services, PoolElementSettings settings,
		RpcHandler handler) {

	public PoolElementEndpoint {
		services = List.copyOf(services);
	}

}
