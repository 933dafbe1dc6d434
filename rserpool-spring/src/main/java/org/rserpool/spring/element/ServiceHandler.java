package org.rserpool.spring.element;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.rserpool.rpc.PayloadCodec;
import org.rserpool.rpc.RpcHandler;
import org.rserpool.rpc.RpcInvocation;
import org.rserpool.rpc.UnknownMethodException;
import org.rserpool.spring.observation.ServerObservations;
import org.rserpool.spring.service.ServiceMethod;
import org.rserpool.spring.service.ServiceMethod.ResultKind;
import org.rserpool.spring.service.ServiceMethods;

import org.springframework.util.ReflectionUtils;

/**
 * Carries calls out by calling the methods of a bean. Only methods of the offered
 * interfaces can be called, and only their declared types are decoded.
 */
class ServiceHandler implements RpcHandler {

	private static final byte[] NOTHING = {};

	private final Object bean;

	private final PayloadCodec codec;

	private final ObservationRegistry observations;

	private final Map<String, ServiceMethod> methods;

	/**
	 * Makes a handler whose calls nobody observes.
	 * @param bean implements the interfaces
	 * @param services the interfaces
	 * @param codec decodes arguments and encodes results
	 * @throws IllegalArgumentException if two methods cannot be told apart, or one cannot
	 * be served
	 */
	ServiceHandler(Object bean, List<Class<?>> services, PayloadCodec codec) {
		this(bean, services, codec, ObservationRegistry.NOOP);
	}

	/**
	 * Makes a handler.
	 * @param bean implements the interfaces
	 * @param services the interfaces
	 * @param codec decodes arguments and encodes results
	 * @param observations where calls are observed
	 * @throws IllegalArgumentException if two methods cannot be told apart, or one cannot
	 * be served
	 */
	ServiceHandler(Object bean, List<Class<?>> services, PayloadCodec codec, ObservationRegistry observations) {
		this.bean = bean;
		this.codec = codec;
		this.observations = observations;
		this.methods = methodsOf(services);
	}

	private static Map<String, ServiceMethod> methodsOf(List<Class<?>> services) {
		Map<String, ServiceMethod> methods = new TreeMap<>();
		for (Class<?> service : services) {
			for (ServiceMethod method : ServiceMethods.of(service)) {
				ServiceMethod other = methods.putIfAbsent(method.identity(), method);
				if (other != null && !other.equals(method)) {
					throw new IllegalArgumentException("Two methods cannot be told apart: " + method
							+ " is offered with the argument types " + other.argumentTypes() + " and, through "
							+ service.getName() + ", with " + method.argumentTypes());
				}
				ReflectionUtils.makeAccessible(method.method());
			}
		}
		return methods;
	}

	@Override
	public CompletionStage<byte[]> handle(RpcInvocation invocation) {
		ServiceMethod method = this.methods.get(invocation.method());
		if (method == null || method.kind() == ResultKind.STREAM) {
			return CompletableFuture.failedFuture(unknown(invocation, method));
		}
		Observation observation = ServerObservations.start(this.observations, invocation, method.shortName());
		CompletionStage<byte[]> answer;
		try (Observation.Scope scope = observation.openScope()) {
			answer = encode(method, invoke(method.method(), decode(method, invocation)));
		}
		catch (InvocationTargetException ex) {
			answer = CompletableFuture.failedFuture(ex.getTargetException());
		}
		catch (IllegalAccessException | RuntimeException ex) {
			answer = CompletableFuture.failedFuture(ex);
		}
		if (!observation.isNoop()) {
			answer.whenComplete((result, failure) -> stop(observation, failure));
		}
		return answer;
	}

	@Override
	public Flow.Publisher<byte[]> stream(RpcInvocation invocation) {
		ServiceMethod method = this.methods.get(invocation.method());
		if (method == null || method.kind() != ResultKind.STREAM) {
			throw unknown(invocation, method);
		}
		Observation observation = ServerObservations.start(this.observations, invocation, method.shortName());
		Flow.Publisher<byte[]> items;
		try (Observation.Scope scope = observation.openScope()) {
			Object result = invoke(method.method(), decode(method, invocation));
			items = ReactiveResults.stream(method.adapter(), result, (item) -> encodeValue(method, item));
		}
		catch (InvocationTargetException ex) {
			items = ReactiveResults.failed(ex.getTargetException());
		}
		catch (IllegalAccessException | RuntimeException ex) {
			items = ReactiveResults.failed(ex);
		}
		return observation.isNoop() ? items : ReactiveResults.onEnd(items, (failure) -> stop(observation, failure));
	}

	private static void stop(Observation observation, @Nullable Throwable failure) {
		if (failure != null) {
			observation.error(failure);
		}
		observation.stop();
	}

	private UnknownMethodException unknown(RpcInvocation invocation, @Nullable ServiceMethod method) {
		if (method != null) {
			return new UnknownMethodException("The element of pool " + invocation.pool() + " answers " + method
					+ ((method.kind() == ResultKind.STREAM) ? " with a stream, which was not asked for"
							: " with a single result, not with a stream"));
		}
		return new UnknownMethodException("The element of pool " + invocation.pool() + " has no method "
				+ invocation.method() + "; it has " + this.methods.keySet());
	}

	private @Nullable Object invoke(Method method, @Nullable Object[] arguments)
			throws InvocationTargetException, IllegalAccessException {
		return method.invoke(this.bean, arguments);
	}

	private @Nullable Object[] decode(ServiceMethod method, RpcInvocation invocation) {
		String format = invocation.metadata().getOrDefault(PayloadCodec.METADATA_KEY, PayloadCodec.DEFAULT_NAME);
		if (!format.equals(this.codec.name())) {
			throw new IllegalArgumentException(method + ": its pool user encodes payloads in " + format
					+ ", and the element of pool " + invocation.pool() + " in " + this.codec.name()
					+ "; both need the same (rserpool.payload, or the bean of type PayloadCodec)");
		}
		try {
			return this.codec.decodeArguments(method.argumentTypeArray(), invocation.payload());
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(method + " (" + this.codec.name() + "): " + ex.getMessage(), ex);
		}
	}

	private CompletionStage<byte[]> encode(ServiceMethod method, @Nullable Object result) {
		return switch (method.kind()) {
			case VOID -> CompletableFuture.completedFuture(NOTHING);
			case VALUE -> CompletableFuture.completedFuture(encodeValue(method, result));
			case OPTIONAL -> CompletableFuture.completedFuture(encodeValue(method, unwrap((Optional<?>) result)));
			case STAGE -> encodeLater(method, (CompletionStage<?>) result);
			case REACTIVE -> ReactiveResults.single(method.adapter(), result, (value) -> encodeValue(method, value));
			case STREAM -> throw new IllegalStateException(method + " is answered by a stream");
		};
	}

	private static @Nullable Object unwrap(@Nullable Optional<?> result) {
		return (result != null && result.isPresent()) ? result.get() : null;
	}

	private CompletionStage<byte[]> encodeLater(ServiceMethod method, @Nullable CompletionStage<?> result) {
		if (result == null) {
			return CompletableFuture
				.failedFuture(new IllegalStateException(method + " returned null in place of a stage"));
		}
		CompletableFuture<byte[]> encoded = new CompletableFuture<>();
		result.whenComplete((value, failure) -> {
			if (failure != null) {
				encoded.completeExceptionally((failure instanceof CompletionException && failure.getCause() != null)
						? failure.getCause() : failure);
				return;
			}
			try {
				encoded.complete(encodeValue(method, value));
			}
			catch (RuntimeException ex) {
				encoded.completeExceptionally(ex);
			}
		});
		encoded.whenComplete((payload, failure) -> {
			if (encoded.isCancelled()) {
				result.toCompletableFuture().cancel(true);
			}
		});
		return encoded;
	}

	private byte[] encodeValue(ServiceMethod method, @Nullable Object value) {
		if (!method.hasResult()) {
			return NOTHING;
		}
		try {
			return this.codec.encodeResult(method.resultType(), value);
		}
		catch (RuntimeException ex) {
			throw new IllegalStateException(method + " (" + this.codec.name() + "): " + ex.getMessage(), ex);
		}
	}

}
