package org.rserpool.spring.user;

import java.util.List;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.rserpool.rpc.PayloadCodec;
import org.rserpool.rpc.RSerPoolNode;

import org.springframework.context.EmbeddedValueResolverAware;
import org.springframework.core.ResolvableType;
import org.springframework.util.StringUtils;
import org.springframework.util.StringValueResolver;

/**
 * Makes pool users, each by the first factory that supports its type.
 *
 * @since 0.1
 */
public class PoolUserProxyFactory implements EmbeddedValueResolverAware {

	/** The name under which the bean definitions of pool users expect the factory. */
	public static final String BEAN_NAME = "poolUserProxyFactory";

	private final Supplier<List<PoolUserClientFactory>> factories;

	private final PoolUserSettingsSource settings;

	private @Nullable StringValueResolver resolver;

	/**
	 * Makes a factory for interfaces only.
	 * @param node makes the calls; asked at each call
	 * @param codec encodes arguments and decodes results
	 * @param settings knows how each pool user calls
	 */
	public PoolUserProxyFactory(Supplier<RSerPoolNode> node, PayloadCodec codec, PoolUserSettingsSource settings) {
		this(() -> List.of(new RpcPoolUserClientFactory(node, codec)), settings);
	}

	/**
	 * Makes a factory.
	 * @param factories the factories, in the order in which they are asked; asked for
	 * when a pool user is made
	 * @param settings knows how each pool user calls
	 */
	public PoolUserProxyFactory(Supplier<List<PoolUserClientFactory>> factories, PoolUserSettingsSource settings) {
		this.factories = factories;
		this.settings = settings;
	}

	@Override
	public void setEmbeddedValueResolver(StringValueResolver resolver) {
		this.resolver = resolver;
	}

	/**
	 * Makes a pool user.
	 * @param <T> the type
	 * @param name the name of the pool user, which may hold placeholders; if empty, the
	 * name of the type
	 * @param type the type
	 * @return the pool user; any thread may use it
	 * @throws IllegalArgumentException if no factory supports the type, or a method
	 * cannot be called through a pool
	 */
	public <T> T create(String name, Class<T> type) {
		return type.cast(poolUser(name, ResolvableType.forClass(type)));
	}

	/**
	 * Makes a pool user; called by the bean definitions of pool users.
	 * @param name the name of the pool user, which may hold placeholders; if empty, the
	 * name of the type
	 * @param type the type
	 * @return the pool user
	 * @throws IllegalArgumentException if no factory supports the type, or a method
	 * cannot be called through a pool
	 */
	public Object poolUser(String name, ResolvableType type) {
		String resolved = resolve(name);
		String user = StringUtils.hasText(resolved) ? resolved : type.toClass().getName();
		List<PoolUserClientFactory> known = this.factories.get();
		PoolUserSettings chosen = this.settings.settings(user);
		PoolUserClientFactory factory = (chosen.binding() != null) ? factory(known, name, chosen.binding(), type)
				: factory(known, name, type);
		return factory.create(new PoolUserSpec(user, chosen), type);
	}

	private static PoolUserClientFactory factory(List<PoolUserClientFactory> known, String name, String binding,
			ResolvableType type) {
		return known.stream()
			.filter((candidate) -> candidate.binding().equals(binding) && candidate.supports(type))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("@PoolUser(\"" + name + "\"): the binding '" + binding
					+ "' that is configured for it is not here, or does not support " + type + "; there are "
					+ known.stream()
						.map(PoolUserClientFactory::binding)
						.filter(StringUtils::hasText)
						.distinct()
						.toList()));
	}

	private static PoolUserClientFactory factory(List<PoolUserClientFactory> known, String name, ResolvableType type) {
		return known.stream()
			.filter((candidate) -> candidate.supports(type))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("@PoolUser(\"" + name + "\"): " + refusal(type)
					+ ", and no other binding that is here supports it; there are "
					+ known.stream().map((candidate) -> candidate.getClass().getSimpleName()).toList()));
	}

	private static String refusal(ResolvableType type) {
		Class<?> raw = type.toClass();
		if (raw.getTypeParameters().length > 0) {
			return raw.getName() + " is generic; extend it by an interface that says the types";
		}
		return raw.getName() + " is not an interface of the application";
	}

	private String resolve(String name) {
		String resolved = (this.resolver != null) ? this.resolver.resolveStringValue(name) : name;
		return (resolved != null) ? resolved.trim() : "";
	}

}
