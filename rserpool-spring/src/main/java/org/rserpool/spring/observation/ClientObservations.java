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
import org.rserpool.spring.observation.PoolObservation.AttemptDetail;
import org.rserpool.spring.observation.PoolObservation.AttemptEvent;
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

	private static final String CANCELLED = "CANCELLED";

	private final ObservationRegistry registry;

	private final Observation call;

	private final String pool;

	private final String binding;

	private final String method;

	private int attempts;

	private boolean stopped;

	private Map<String, String> propagated = Map.of();

	private @Nullable Observation attempt;

	private @Nullable Runnable afterAttempt;

	private ClientObservations(ObservationRegistry registry, Observation call, String pool, String binding,
			String method) {
		this.registry = registry;
		this.call = call;
		this.pool = pool;
		this.binding = binding;
		this.method = method;
	}

	/**
	 * Begins to observe a call.
	 * @param registry where it is observed
	 * @param pool the pool
	 * @param binding how it is called
	 * @param method what is called
	 * @param parent what it is a part of, or {@code null} for what is in scope on this
	 * thread
	 * @return the observation, or {@code null} if nobody observes
	 */
	public static @Nullable ClientObservations start(ObservationRegistry registry, String pool, String binding,
			String method, @Nullable Observation parent) {
		if (registry.isNoop()) {
			return null;
		}
		Observation call = Observation.createNotStarted(PoolObservation.CLIENT.getName(), registry)
			.contextualName(method)
			.lowCardinalityKeyValue(ClientKey.POOL.withValue(pool))
			.lowCardinalityKeyValue(ClientKey.BINDING.withValue(binding))
			.lowCardinalityKeyValue(ClientKey.METHOD.withValue(method));
		if (parent != null) {
			call.parentObservation(parent);
		}
		return new ClientObservations(registry, call.start(), pool, binding, method);
	}

	@Override
	public synchronized Map<String, String> attemptStarted(int element, InetSocketAddress address) {
		if (this.stopped) {
			return Map.of();
		}
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
			.lowCardinalityKeyValue(AttemptKey.BINDING.withValue(this.binding))
			.lowCardinalityKeyValue(AttemptKey.METHOD.withValue(this.method))
			.highCardinalityKeyValue(AttemptDetail.ELEMENT.withValue(Identifiers.toString(element)))
			.highCardinalityKeyValue(AttemptDetail.ADDRESS.withValue(address.getHostString() + ":" + address.getPort()))
			.start();
		this.propagated = Map.copyOf(carrier);
		return this.propagated;
	}

	@Override
	public synchronized void attemptEnded(CallAttempt ended) {
		if (ended.outcome() != CallOutcome.ANSWERED && this.attempt != null) {
			this.attempt.event(Observation.Event.of(AttemptEvent.FAILED.getName(), ended.error()));
		}
		endAttempt(ended.outcome().name());
		Runnable next = this.afterAttempt;
		this.afterAttempt = null;
		if (next != null) {
			next.run();
		}
	}

	@Override
	public void elementReported() {
		event(AttemptEvent.ENDPOINT_UNREACHABLE);
	}

	@Override
	public void cookieEchoed() {
		event(AttemptEvent.COOKIE_ECHO);
	}

	private synchronized void event(AttemptEvent event) {
		if (this.attempt != null) {
			this.attempt.event(event);
		}
	}

	/**
	 * Return what travels along with the attempt that began last, such as trace context.
	 * @return header fields by name; what the call itself carries under the same names is
	 * replaced
	 */
	public synchronized Map<String, String> propagated() {
		return this.propagated;
	}

	/**
	 * Return the observation of the attempt in progress.
	 * @return the observation, or that of the call between attempts
	 */
	public synchronized Observation current() {
		return (this.attempt != null) ? this.attempt : this.call;
	}

	/**
	 * The call ended.
	 * @param failure why it failed, or {@code null} if it did not
	 */
	public void stop(@Nullable Throwable failure) {
		stop(outcome(failure), failure);
	}

	/**
	 * The call ended because nobody waits for it any more, or because the application
	 * failed while it was made.
	 * @param failure what the application threw, or {@code null}
	 */
	public void abandon(@Nullable Throwable failure) {
		stop(CANCELLED, failure);
	}

	/**
	 * The call ends as soon as its attempt does, of which {@link #attemptEnded} is told.
	 * @param outcome what is known of the call
	 * @param failure why it failed, or {@code null} if it did not
	 */
	public synchronized void stopAfterAttempt(CallOutcome outcome, @Nullable Throwable failure) {
		if (this.attempt != null) {
			this.afterAttempt = () -> stop(outcome.name(), failure);
		}
		else {
			stop(outcome.name(), failure);
		}
	}

	private synchronized void stop(String outcome, @Nullable Throwable failure) {
		if (this.stopped) {
			return;
		}
		this.stopped = true;
		this.afterAttempt = null;
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
			return CANCELLED;
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
