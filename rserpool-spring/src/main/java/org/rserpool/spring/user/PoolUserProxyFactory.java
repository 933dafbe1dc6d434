package org.rserpool.spring.user;

import java.lang.reflect.Proxy;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.rserpool.rpc.PayloadCodec;
import org.rserpool.rpc.RSerPoolNode;

import org.springframework.context.EmbeddedValueResolverAware;
import org.springframework.util.Assert;
import org.springframework.util.StringUtils;
import org.springframework.util.StringValueResolver;

/**
 * Makes pool users: implementations of interfaces whose methods call pools.
 *
 * @since 0.1
 */
public class PoolUserProxyFactory implements EmbeddedValueResolverAware {

	/** The name under which the bean definitions of pool users expect the factory. */
	public static final String BEAN_NAME = "poolUserProxyFactory";

	private final Supplier<RSerPoolNode> node;

	private final PayloadCodec codec;

	private final PoolUserSettingsSource settings;

	private @Nullable StringValueResolver resolver;

	/**
	 * Makes a factory.
	 * @param node makes the calls; asked at each call
	 * @param codec encodes arguments and decodes results
	 * @param settings knows how each pool user calls
	 */
	public PoolUserProxyFactory(Supplier<RSerPoolNode> node, PayloadCodec codec, PoolUserSettingsSource settings) {
		this.node = node;
		this.codec = codec;
		this.settings = settings;
	}

	@Override
	public void setEmbeddedValueResolver(StringValueResolver resolver) {
		this.resolver = resolver;
	}

	/**
	 * Makes a pool user.
	 * @param <T> the interface
	 * @param name the name of the pool user, which may hold placeholders; if empty, the
	 * name of the interface
	 * @param type the interface
	 * @return the pool user; any thread may use it
	 * @throws IllegalArgumentException if the type is no interface, or a method cannot be
	 * called through a pool
	 */
	public <T> T create(String name, Class<T> type) {
		Assert.isTrue(type.isInterface(),
				() -> "@PoolUser(\"" + name + "\") needs an interface, and " + type.getName() + " is none");
		String resolved = resolve(name);
		String user = StringUtils.hasText(resolved) ? resolved : type.getName();
		PoolUserInvocationHandler handler = new PoolUserInvocationHandler(user, type, this.settings.settings(user),
				this.node, this.codec);
		return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, handler));
	}

	private String resolve(String name) {
		String resolved = (this.resolver != null) ? this.resolver.resolveStringValue(name) : name;
		return (resolved != null) ? resolved.trim() : "";
	}

}
