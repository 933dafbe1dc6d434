package org.rserpool.spring.observation;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import org.jspecify.annotations.Nullable;
import org.rserpool.rpc.CallAttempt;
import org.rserpool.rpc.CallObserver;
import org.rserpool.rpc.CallOutcome;
import org.rserpool.rpc.CallOutcomeUnknownException;
import org.rserpool.rpc.DeadlineExceededException;
import org.rserpool.rpc.RemoteInvocationException;
import org.rserpool.runtime.SocketAddresses;
import org.rserpool.spring.observation.PoolObservation.AttemptDetail;
import org.rserpool.spring.observation.PoolObservation.AttemptKey;
import org.rserpool.spring.observation.PoolObservation.ClientEvent;
import org.rserpool.spring.observation.PoolObservation.ClientKey;
import org.rserpool.wire.Identifiers;

/**
 * Observes a call, and each of its attempts. The trace context of an attempt travels with
 * it.
 *
 * @since 0.1
 */
public final class ClientObservations implements CallObserver {

	private final ObservationRegistry registry;

	private final Observation call;

	private final String pool;

	private final String method;

	private int attempts;

	private @Nullable Observation attempt;

	private ClientObservations(ObservationRegistry registry, Observation call, String pool, String method) {
		this.registry = registry;
		this.call = call;
		this.pool = pool;
		this.method = method;
	}

	/**
	 * Begins to observe a call.
	 * @param registry where it is observed
	 * @param pool the pool
	 * @param method what is called
	 * @return the observation, or {@code null} if nobody observes
	 */
	public static @Nullable ClientObservations start(ObservationRegistry registry, String pool, String method) {
		if (registry.isNoop()) {
			return null;
		}
		Observation call = Observation.createNotStarted(PoolObservation.CLIENT.getName(), registry)
			.contextualName(method)
			.lowCardinalityKeyValue(ClientKey.POOL.withValue(pool))
			.lowCardinalityKeyValue(ClientKey.BINDING.withValue("rpc"))
			.lowCardinalityKeyValue(ClientKey.METHOD.withValue(method))
			.start();
		return new ClientObservations(registry, call, pool, method);
	}

	@Override
	public synchronized Map<String, String> attemptStarted(int element, InetSocketAddress address) {
		if (this.attempts++ > 0) {
			this.call.event(ClientEvent.FAILOVER);
		}
		Map<String, String> carrier = new HashMap<>();
		SenderContext<Map<String, String>> context = new SenderContext<>((map, key, value) -> {
			if (map != null) {
				map.put(key, value);
			}
		}, Kind.CLIENT);
		context.setCarrier(carrier);
		context.setRemoteServiceName(this.pool);
		this.attempt = Observation.createNotStarted(PoolObservation.ATTEMPT.getName(), () -> context, this.registry)
			.contextualName(this.method)
			.parentObservation(this.call)
			.lowCardinalityKeyValue(AttemptKey.POOL.withValue(this.pool))
			.lowCardinalityKeyValue(AttemptKey.METHOD.withValue(this.method))
			.highCardinalityKeyValue(AttemptDetail.ELEMENT.withValue(Identifiers.toString(element)))
			.highCardinalityKeyValue(AttemptDetail.ADDRESS.withValue(SocketAddresses.text(address)))
			.start();
		return carrier;
	}

	@Override
	public synchronized void attemptEnded(CallAttempt ended) {
		if (ended.outcome() != CallOutcome.ANSWERED && this.attempt != null) {
			this.attempt.event(Observation.Event.of("failed", ended.error()));
		}
		endAttempt(ended.outcome().name());
	}

	/**
	 * The call ended.
	 * @param failure why it failed, or {@code null} if it did not
	 */
	public synchronized void stop(@Nullable Throwable failure) {
		String outcome = outcome(failure);
		endAttempt(outcome);
		if (failure != null) {
			this.call.error(failure);
		}
		this.call.lowCardinalityKeyValue(ClientKey.OUTCOME.withValue(outcome))
			.lowCardinalityKeyValue(ClientKey.ATTEMPTS.withValue(Integer.toString(this.attempts)))
			.stop();
	}

	private void endAttempt(String outcome) {
		Observation running = this.attempt;
		this.attempt = null;
		if (running != null) {
			running.lowCardinalityKeyValue(AttemptKey.OUTCOME.withValue(outcome)).stop();
		}
	}

	private static String outcome(@Nullable Throwable failure) {
		if (failure instanceof CancellationException) {
			return "CANCELLED";
		}
		CallOutcome outcome = CallOutcome.NOT_SENT;
		if (failure == null || failure instanceof RemoteInvocationException) {
			outcome = CallOutcome.ANSWERED;
		}
		else if (failure instanceof CallOutcomeUnknownException) {
			outcome = CallOutcome.UNKNOWN;
		}
		else if (failure instanceof DeadlineExceededException) {
			outcome = CallOutcome.DEADLINE;
		}
		return outcome.name();
	}

}
