package org.rserpool.spring.user;

import java.lang.invoke.MethodHandles;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.rserpool.rpc.PayloadCodec;
import org.rserpool.rpc.RSerPoolNode;
import org.rserpool.rpc.RpcClient;
import org.rserpool.spring.service.ServiceMethod;
import org.rserpool.spring.service.ServiceMethods;
import org.rserpool.wire.PoolHandle;

/**
 * Turns the methods of an interface into calls. Those of {@link Object} and those with a
 * default implementation are carried out here.
 */
class PoolUserInvocationHandler implements InvocationHandler {

	private static final @Nullable Object[] NO_ARGUMENTS = {};

	private final String name;

	private final Map<Method, PoolCall> calls = new HashMap<>();

	PoolUserInvocationHandler(String name, Class<?> type, PoolUserSettings settings, Supplier<RSerPoolNode> node,
			PayloadCodec codec, ObservationRegistry observations) {
		this.name = "pool user '" + name + "' (" + type.getName() + ")";
		PoolHandle pool = PoolHandle.of(settings.pool());
		for (ServiceMethod method : ServiceMethods.of(type)) {
			this.calls.put(method.method(),
					new PoolCall(method, type, pool, settings, () -> node.get().client(), codec, observations));
		}
	}

	private PoolUserInvocationHandler(PoolUserInvocationHandler other, RpcClient client, String where) {
		this.name = other.name + " in " + where;
		other.calls.forEach((method, call) -> this.calls.put(method, call.by(client)));
	}

	/**
	 * Copies the handler, for calls by another client.
	 * @param client makes the calls
	 * @param where where they are made, in words
	 */
	PoolUserInvocationHandler by(RpcClient client, String where) {
		return new PoolUserInvocationHandler(this, client, where);
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
			throws Throwable {
		@Nullable Object[] given = (arguments != null) ? arguments : NO_ARGUMENTS;
		PoolCall call = this.calls.get(method);
		if (call != null) {
			return call.call(given);
		}
		if (method.isDefault()) {
			return invokeDefault(proxy, method, given);
		}
		return switch (method.getName()) {
			case "equals" -> proxy == given[0];
			case "hashCode" -> System.identityHashCode(proxy);
			case "toString" -> this.name;
			default -> throw new IllegalStateException("No call for " + method);
		};
	}

	private static @Nullable Object invokeDefault(Object proxy, Method method, @Nullable Object[] arguments)
			throws Throwable {
		Class<?> declaring = method.getDeclaringClass();
		if (Modifier.isPublic(declaring.getModifiers())) {
			return InvocationHandler.invokeDefault(proxy, method, arguments);
		}
		return MethodHandles.privateLookupIn(declaring, MethodHandles.lookup())
			.unreflectSpecial(method, declaring)
			.bindTo(proxy)
			.invokeWithArguments(arguments);
	}

}
