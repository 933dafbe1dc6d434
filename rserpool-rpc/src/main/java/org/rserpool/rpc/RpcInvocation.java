package org.rserpool.rpc;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;

import org.rserpool.wire.PoolHandle;

/**
 * A call as it arrives at a pool element.
 *
 * @param pool the pool that was called
 * @param method what is called
 * @param payload the arguments, encoded
 * @param metadata what came along
 * @param remaining how long the caller will still wait
 * @param caller where the call comes from
 * @since 0.1
 */
public record RpcInvocation(PoolHandle pool, String method, byte[] payload, Map<String, String> metadata,
		Duration remaining, InetSocketAddress caller) {

	public RpcInvocation {
		metadata = Map.copyOf(metadata);
	}

}
