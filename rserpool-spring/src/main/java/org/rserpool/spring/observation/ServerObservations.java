package org.rserpool.spring.observation;

import java.util.Map;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.ReceiverContext;
import org.rserpool.rpc.RpcInvocation;
import org.rserpool.spring.observation.PoolObservation.ServerKey;

/**
 * Observes the calls that a pool element carries out, as part of the traces of their
 * callers.
 *
 * @since 0.1
 */
public final class ServerObservations {

	private ServerObservations() {
	}

	/**
	 * Begins to observe a call.
	 * @param registry where it is observed
	 * @param invocation the call
	 * @param method what is called
	 * @return the observation, started
	 */
	public static Observation start(ObservationRegistry registry, RpcInvocation invocation, String method) {
		if (registry.isNoop()) {
			return Observation.NOOP;
		}
		ReceiverContext<Map<String, String>> context = new ReceiverContext<>(Map::get);
		context.setCarrier(invocation.metadata());
		return Observation.createNotStarted(PoolObservation.SERVER.getName(), () -> context, registry)
			.contextualName(method)
			.lowCardinalityKeyValue(ServerKey.POOL.withValue(invocation.pool().toString()))
			.lowCardinalityKeyValue(ServerKey.BINDING.withValue("rpc"))
			.lowCardinalityKeyValue(ServerKey.METHOD.withValue(method))
			.start();
	}

}
