package org.rserpool.spring.user;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.rserpool.rpc.PayloadCodec;
import org.rserpool.rpc.RSerPoolException;
import org.rserpool.rpc.RSerPoolNode;
import org.rserpool.rpc.RpcRequest;
import org.rserpool.spring.Idempotent;
import org.rserpool.spring.service.ServiceMethod;
import org.rserpool.spring.service.ServiceMethod.ResultKind;
import org.rserpool.wire.PoolHandle;

import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * Calls one method through a pool.
 */
class PoolCall {

	private final ServiceMethod method;

	private final PoolHandle pool;

	private final PoolUserSettings settings;

	private final boolean idempotent;

	private final Supplier<RSerPoolNode> node;

	private final PayloadCodec codec;

	private final CallFailures failures;

	PoolCall(ServiceMethod method, Class<?> service, PoolHandle pool, PoolUserSettings settings,
			Supplier<RSerPoolNode> node, PayloadCodec codec) {
		this.method = method;
		this.pool = pool;
		this.settings = settings;
		this.idempotent = isIdempotent(method, service) || settings.isIdempotent(method);
		this.node = node;
		this.codec = codec;
		this.failures = new CallFailures(method);
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
		CompletableFuture<byte[]> answer = this.node.get().client().call(request(arguments));
		if (this.method.kind() == ResultKind.STAGE) {
			return later(answer);
		}
		Object result = decode(await(answer));
		return (this.method.kind() == ResultKind.OPTIONAL) ? Optional.ofNullable(result) : result;
	}

	private RpcRequest request(@Nullable Object[] arguments) {
		byte[] payload;
		try {
			payload = this.codec.encodeArguments(this.method.argumentTypeArray(), arguments);
		}
		catch (RuntimeException ex) {
			throw new IllegalArgumentException(this.method + " (" + this.codec.name() + "): " + ex.getMessage(), ex);
		}
		return new RpcRequest(this.pool, this.method.identity(), payload, Map.of(), this.idempotent,
				this.settings.deadline(), this.settings.maxAttempts());
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
				result.completeExceptionally(this.failures.of(unwrap(failure)));
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

	private @Nullable Object decode(byte[] payload) {
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

}
