package org.rserpool.spring.service;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.stream.BaseStream;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.core.GenericTypeResolver;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ResolvableType;

/**
 * A method that can be called through a pool.
 *
 * @param identity what names the method in a call, such as
 * {@code org.example.Digests/digest(byte[],int)}
 * @param method the method
 * @param argumentTypes the declared types of its arguments
 * @param resultType the declared type of what is encoded as its result
 * @param kind how the result is handed over
 * @since 0.1
 */
public record ServiceMethod(String identity, Method method, List<Type> argumentTypes, Type resultType,
		ResultKind kind) {

	private static final List<String> PUBLISHERS = List.of("org.reactivestreams.Publisher",
			"java.util.concurrent.Flow$Publisher");

	/**
	 * Describes a method.
	 * @param method the method of an interface
	 * @param service the interface in whose place it is called, which may inherit it
	 * @return the method
	 * @throws IllegalArgumentException if its result is of a kind that cannot be sent
	 */
	public static ServiceMethod of(Method method, Class<?> service) {
		List<Type> arguments = Arrays.stream(method.getGenericParameterTypes())
			.map((type) -> GenericTypeResolver.resolveType(type, service))
			.toList();
		ResolvableType result = ResolvableType
			.forType(GenericTypeResolver.resolveType(method.getGenericReturnType(), service));
		ResultKind kind = kindOf(method, method.getReturnType());
		Type resultType = (kind.wrapped) ? result.getGeneric(0).getType() : result.getType();
		if (resultType == Void.class) {
			resultType = void.class;
		}
		return new ServiceMethod(identityOf(method), method, arguments, resultType, kind);
	}

	private static String identityOf(Method method) {
		return Arrays.stream(method.getParameterTypes())
			.map(Class::getTypeName)
			.collect(Collectors.joining(",", method.getDeclaringClass().getName() + "/" + method.getName() + "(", ")"));
	}

	private static ResultKind kindOf(Method method, Class<?> type) {
		if (type == void.class) {
			return ResultKind.VOID;
		}
		if (type == Optional.class) {
			return ResultKind.OPTIONAL;
		}
		if (type == CompletionStage.class || type == CompletableFuture.class) {
			return ResultKind.STAGE;
		}
		boolean future = Future.class.isAssignableFrom(type);
		@Nullable ReactiveAdapter adapter = future ? null : ReactiveAdapterRegistry.getSharedInstance().getAdapter(type);
		if (adapter != null && !adapter.isNoValue()) {
			return adapter.isMultiValue() ? ResultKind.STREAM : ResultKind.REACTIVE;
		}
		if (future || BaseStream.class.isAssignableFrom(type) || isPublisher(type)) {
			throw new IllegalArgumentException("A pool cannot serve " + method.toGenericString() + ": a result of type "
					+ type.getName() + " cannot be sent; use a value, an Optional, a CompletionStage, or with Reactor"
					+ " on the class path a Mono or a Flux");
		}
		return ResultKind.VALUE;
	}

	private static boolean isPublisher(Class<?> type) {
		if (PUBLISHERS.contains(type.getName())) {
			return true;
		}
		return Arrays.stream(type.getInterfaces()).anyMatch(ServiceMethod::isPublisher)
				|| (type.getSuperclass() != null && isPublisher(type.getSuperclass()));
	}

	/**
	 * Return what converts the result, for the kinds {@link ResultKind#REACTIVE} and
	 * {@link ResultKind#STREAM}.
	 * @return the adapter
	 * @throws IllegalStateException if the result is of another kind
	 */
	public ReactiveAdapter adapter() {
		ReactiveAdapter adapter = ReactiveAdapterRegistry.getSharedInstance().getAdapter(this.method.getReturnType());
		if (adapter == null) {
			throw new IllegalStateException(this + " has no reactive result");
		}
		return adapter;
	}

	/**
	 * Return the interface and the method, for logs and meters.
	 * @return the name, such as {@code Digests.digest}
	 */
	public String shortName() {
		return this.method.getDeclaringClass().getSimpleName() + "." + this.method.getName();
	}

	/**
	 * Return whether the result has a value.
	 * @return whether there is something to encode
	 */
	public boolean hasResult() {
		return this.resultType != void.class;
	}

	/**
	 * Return the declared types of the arguments.
	 * @return as many types as there are arguments
	 */
	public Type[] argumentTypeArray() {
		return this.argumentTypes.toArray(Type[]::new);
	}

	/**
	 * Return what names the method in a call.
	 * @return the identity
	 */
	@Override
	public String toString() {
		return this.identity;
	}

	/**
	 * How a result is handed over.
	 */
	public enum ResultKind {

		/** There is none. */
		VOID(false),

		/** As it is. */
		VALUE(false),

		/** In an {@link Optional}. */
		OPTIONAL(true),

		/** Later, in a {@link CompletionStage}. */
		STAGE(true),

		/** Later, in a reactive type for at most one value, such as a {@code Mono}. */
		REACTIVE(true),

		/** As a stream of items, in a reactive type for many, such as a {@code Flux}. */
		STREAM(true);

		private final boolean wrapped;

		ResultKind(boolean wrapped) {
			this.wrapped = wrapped;
		}

	}

}
