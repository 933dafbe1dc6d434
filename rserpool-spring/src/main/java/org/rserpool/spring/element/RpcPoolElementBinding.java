package org.rserpool.spring.element;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

import io.micrometer.observation.ObservationRegistry;
import org.rserpool.rpc.PayloadCodec;

import org.springframework.core.Ordered;
import org.springframework.util.ClassUtils;

/**
 * Serves the methods of a bean's interfaces by calls over the data channel. It takes
 * every pool element that no other binding takes.
 *
 * @since 0.1
 */
public class RpcPoolElementBinding implements PoolElementBinding, Ordered {

	/** The name of the binding. */
	public static final String NAME = "rpc";

	private static final List<String> NOT_OF_APPLICATION = List.of("java.", "javax.", "jakarta.", "jdk.",
			"org.springframework.", "kotlin.", "groovy.");

	private final PayloadCodec codec;

	private final Supplier<? extends Executor> executor;

	private final ObservationRegistry observations;

	/**
	 * Makes the binding, whose calls nobody observes.
	 * @param codec decodes arguments and encodes results
	 * @param executor where methods run; not asked for if there are no elements
	 */
	public RpcPoolElementBinding(PayloadCodec codec, Supplier<? extends Executor> executor) {
		this(codec, executor, ObservationRegistry.NOOP);
	}

	/**
	 * Makes the binding.
	 * @param codec decodes arguments and encodes results
	 * @param executor where methods run; not asked for if there are no elements
	 * @param observations where calls are observed
	 */
	public RpcPoolElementBinding(PayloadCodec codec, Supplier<? extends Executor> executor,
			ObservationRegistry observations) {
		this.codec = codec;
		this.executor = executor;
		this.observations = observations;
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public boolean supports(PoolElementDescriptor descriptor) {
		return true;
	}

	@Override
	public String defaultPool(PoolElementDescriptor descriptor) {
		List<Class<?>> services = services(descriptor);
		if (services.size() > 1) {
			throw new IllegalArgumentException(
					"it offers several interfaces, " + services + ", so that its pool must be named");
		}
		return services.get(0).getName();
	}

	@Override
	public PoolElementService bind(PoolElementDescriptor descriptor) {
		return new RpcElementService(
				new ServiceHandler(descriptor.bean(), services(descriptor), this.codec, this.observations),
				this.executor);
	}

	private static List<Class<?>> services(PoolElementDescriptor descriptor) {
		Class<?> target = descriptor.type();
		Class<?>[] named = descriptor.annotation().service();
		List<Class<?>> services = (named.length > 0) ? List.of(named)
				: Arrays.stream(ClassUtils.getAllInterfacesForClass(target))
					.filter(RpcPoolElementBinding::isOfApplication)
					.toList();
		if (services.isEmpty()) {
			throw new IllegalArgumentException(target.getName()
					+ " implements no interface of the application; pool users call the methods of an interface");
		}
		for (Class<?> service : services) {
			if (!service.isInstance(descriptor.bean())) {
				throw new IllegalArgumentException(
						target.getName() + ", or the proxy around it, does not implement " + service.getName());
			}
		}
		return services;
	}

	private static boolean isOfApplication(Class<?> type) {
		return NOT_OF_APPLICATION.stream().noneMatch((prefix) -> type.getName().startsWith(prefix));
	}

}
