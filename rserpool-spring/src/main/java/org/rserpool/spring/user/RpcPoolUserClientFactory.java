package org.rserpool.spring.user;

import java.lang.reflect.Proxy;
import java.util.function.Supplier;

import io.micrometer.observation.ObservationRegistry;
import org.rserpool.rpc.PayloadCodec;
import org.rserpool.rpc.RSerPoolNode;
import org.rserpool.spring.element.RpcPoolElementBinding;
import org.rserpool.wire.PoolHandle;

import org.springframework.core.Ordered;
import org.springframework.core.ResolvableType;

/**
 * Makes pool users of interfaces: each method is a call over the data channel. It takes
 * every interface of the application that no other factory takes.
 *
 * @since 0.1
 */
public class RpcPoolUserClientFactory implements PoolUserClientFactory, Ordered {

	private final Supplier<RSerPoolNode> node;

	private final PayloadCodec codec;

	private final ObservationRegistry observations;

	/**
	 * Makes a factory whose calls nobody observes.
	 * @param node makes the calls; asked at each call
	 * @param codec encodes arguments and decodes results
	 */
	public RpcPoolUserClientFactory(Supplier<RSerPoolNode> node, PayloadCodec codec) {
		this(node, codec, ObservationRegistry.NOOP);
	}

	/**
	 * Makes a factory.
	 * @param node makes the calls; asked at each call
	 * @param codec encodes arguments and decodes results
	 * @param observations where calls are observed
	 */
	public RpcPoolUserClientFactory(Supplier<RSerPoolNode> node, PayloadCodec codec, ObservationRegistry observations) {
		this.node = node;
		this.codec = codec;
		this.observations = observations;
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public String binding() {
		return RpcPoolElementBinding.NAME;
	}

	@Override
	public boolean supports(ResolvableType type) {
		Class<?> service = type.toClass();
		return service.isInterface() && service.getTypeParameters().length == 0
				&& !service.getName().startsWith("java.") && !service.getName().startsWith("org.springframework.");
	}

	@Override
	public Object create(PoolUserSpec spec, ResolvableType type) {
		Class<?> service = type.toClass();
		PoolUserInvocationHandler handler = new PoolUserInvocationHandler(spec.name(), service, spec.settings(),
				this.node, this.codec, this.observations);
		if (spec.settings().eager()) {
			this.node.get().client().prepare(PoolHandle.of(spec.settings().pool()));
		}
		return Proxy.newProxyInstance(service.getClassLoader(), new Class<?>[] { service }, handler);
	}

}
