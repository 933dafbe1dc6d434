package org.rserpool.spring.user;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.function.Supplier;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.rserpool.rpc.CallObserver;
import org.rserpool.rpc.PayloadCodec;
import org.rserpool.rpc.RSerPoolException;
import org.rserpool.rpc.RpcClient;
import org.rserpool.rpc.RpcRequest;
import org.rserpool.spring.Idempotent;
import org.rserpool.spring.observation.ClientObservations;
import org.rserpool.spring.service.ServiceMethod;
import org.rserpool.wire.PoolHandle;

import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * Calls one method through a pool.
 */
class PoolCall {

	private final ServiceMethod method;

	private final PoolHandle pool;

	private final PoolUserSettings settings;

	private final Duration deadline;

	private final boolean idempotent;

	private final Supplier<RpcClient> client;

	private final PayloadCodec codec;

	private final Map<String, String> metadata;

	private final ObservationRegistry observations;

	private final CallFailures failures;

	PoolCall(ServiceMethod method, Class<?> service, PoolHandle pool, PoolUserSettings settings,
			Supplier<RpcClient> client, PayloadCodec codec, ObservationRegistry observations) {
		this.method = method;
		this.pool = pool;
		this.settings = settings;
		this.deadline = CallDeadline.of(method, service, settings.deadline());
		this.idempotent = isIdempotent(method, service) || settings.isIdempotent(method);
		this.client = client;
		this.codec = codec;
		this.metadata = PayloadCodec.DEFAULT_NAME.equals(codec.name()) ? Map.of()
				: Map.of(PayloadCodec.METADATA_KEY, codec.name());
		this.observations = observations;
		this.failures = new CallFailures(method);
	}

	private PoolCall(PoolCall other, Supplier<RpcClient> client) {
		this.method = other.method;
		this.pool = other.pool;
		this.settings = other.settings;
		this.deadline = other.deadline;
		this.idempotent = other.idempotent;
		this.client = client;
		this.codec = other.codec;
		this.metadata = other.metadata;
		this.observations = other.observations;
		this.failures = other.failures;
	}

	/**
	 * Copies the call, to be made by another client.
	 */
	PoolCall by(RpcClient other) {
		return new PoolCall(this, () -> other);
	}

	private static boolean isIdempotent(ServiceMethod method, Class<?> service) {
		return AnnotatedElementUtils.hasAnnotation(method.method(), Idempotent.class)
				|| AnnotatedElementUtils.hasAnnotation(method.method().getDeclaringClass(), Idempotent.class)
				|| AnnotatedElementUtils.hasAnnotation(service, Idempotent.class);
	}

	/**
	 * Makes the call.
	 * @param arguments the arguments
	 * @return the result, as the method declares it
	 * @throws Throwable an {@link RSerPoolException}, or an exception that the method
	 * declares
	 */
	@Nullable Object call(@Nullable Object[] arguments) throws Throwable {
		byte[] payload = encode(arguments);
		return switch (this.method.kind()) {
			case STAGE -> later(start(payload));
			case REACTIVE -> ReactiveCalls.single(this, payload);
			case STREAM -> ReactiveCalls.stream(this, payload);
			case OPTIONAL -> Optional.ofNullable(decode(await(start(payload))));
			case VALUE, VOID -> decode(await(start(payload)));
		};
	}

	ServiceMethod method() {
		return this.method;
	}

	/**
	 * Begins a call for a single result.
	 * @param payload the arguments, encoded
	 * @return the result, encoded
	 */
	CompletableFuture<byte[]> start(byte[] payload) {
		return start(payload, observe(null));
	}

	/**
	 * Begins a call for a single result.
	 * @param payload the arguments, encoded
	 * @param observed observes it, or {@code null}
	 * @return the result, encoded
	 */
	CompletableFuture<byte[]> start(byte[] payload, @Nullable ClientObservations observed) {
		CompletableFuture<byte[]> answer = this.client.get().call(request(payload, observed));
		if (observed != null) {
			answer.whenComplete((result, failure) -> observed.stop((failure != null) ? unwrap(failure) : null));
		}
		return answer;
	}

	/**
	 * Begins a call for a stream, as soon as items are asked for.
	 * @param payload the arguments, encoded
	 * @param observed observes it, or {@code null}
	 * @return the items, encoded
	 */
	Flow.Publisher<byte[]> startStream(byte[] payload, @Nullable ClientObservations observed) {
		return this.client.get().stream(request(payload, observed));
	}

	/**
	 * Begins to observe a call.
	 * @param parent what it is a part of, or {@code null} for what is in scope on this
	 * thread
	 * @return its observation, or {@code null} if nobody observes
	 */
	@Nullable ClientObservations observe(@Nullable Observation parent) {
		return ClientObservations.start(this.observations, this.pool.toString(), "rpc", this.method.shortName(),
				parent);
	}

	/**
	 * Makes the exception for a caller.
	 * @param failure why the call failed
	 * @return the exception
	 */
	Throwable failure(Throwable failure) {
		return this.failures.of(unwrap(failure));
	}

	@Nullable Object decode(byte[] payload) {
		if (!this.method.hasResult()) {
			return null;
		}
		try {
			return this.codec.decodeResult(this.method.resultType(), payload);
		}
		catch (RuntimeException ex) {
			throw new RSerPoolException(this.method + " (" + this.codec.name() + "): " + ex.getMessage(), this.pool,
					List.of(), ex);
		}
	}

	private byte[] encode(@Nullable Object[] arguments) {
		try {
			return this.codec.encodeArguments(this.method.argumentTypeArray(), arguments);
		}
		catch (RuntimeException ex) {
			throw new IllegalArgumentException(this.method + " (" + this.codec.name() + "): " + ex.getMessage(), ex);
		}
	}

	private RpcRequest request(byte[] payload, @Nullable ClientObservations observed) {
		return new RpcRequest(this.pool, this.method.identity(), payload, this.metadata, this.idempotent, this.deadline,
				this.settings.maxAttempts(), this.settings.retryBudget(), this.settings.replay(),
				(observed != null) ? observed : CallObserver.NONE);
	}

	private byte[] await(CompletableFuture<byte[]> answer) throws Throwable {
		try {
			return answer.get();
		}
		catch (ExecutionException ex) {
			throw this.failures.here(ex.getCause());
		}
		catch (InterruptedException ex) {
			answer.cancel(true);
			Thread.currentThread().interrupt();
			throw new RSerPoolException("The thread was interrupted while it waited for the answer to " + this.method
					+ "; the call may or may not have been carried out", this.pool, List.of(), ex);
		}
	}

	private CompletableFuture<Object> later(CompletableFuture<byte[]> answer) {
		CompletableFuture<Object> result = new CompletableFuture<>();
		// What the caller chains to the result must not run where the answers arrive.
		answer.whenCompleteAsync((payload, failure) -> {
			if (failure != null) {
				result.completeExceptionally(failure(failure));
				return;
			}
			try {
				result.complete(decode(payload));
			}
			catch (RuntimeException ex) {
				result.completeExceptionally(ex);
			}
		});
		result.whenComplete((value, failure) -> {
			if (result.isCancelled()) {
				answer.cancel(true);
			}
		});
		return result;
	}

	private static Throwable unwrap(Throwable failure) {
		return (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause() : failure;
	}

}
