package org.rserpool.spring.user;

import java.lang.reflect.Proxy;
import java.util.function.Supplier;

import org.rserpool.rpc.PayloadCodec;
import org.rserpool.rpc.RSerPoolNode;

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

	/**
	 * Makes a factory.
	 * @param node makes the calls; asked at each call
	 * @param codec encodes arguments and decodes results
	 */
	public RpcPoolUserClientFactory(Supplier<RSerPoolNode> node, PayloadCodec codec) {
		this.node = node;
		this.codec = codec;
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
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
				this.node, this.codec);
		return Proxy.newProxyInstance(service.getClassLoader(), new Class<?>[] { service }, handler);
	}

}
