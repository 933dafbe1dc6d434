package org.rserpool.spring.user;

import java.util.function.Supplier;

import org.rserpool.rpc.RSerPoolNode;
import org.rserpool.wire.PoolHandle;

import org.springframework.core.Ordered;
import org.springframework.core.ResolvableType;

/**
 * Makes pool users that only resolve: {@link HandleResolver}.
 *
 * @since 0.1
 */
public class HandleResolverClientFactory implements PoolUserClientFactory, Ordered {

	private final Supplier<RSerPoolNode> node;

	/**
	 * Makes a factory.
	 * @param node resolves; asked whenever something is to be resolved
	 */
	public HandleResolverClientFactory(Supplier<RSerPoolNode> node) {
		this.node = node;
	}

	@Override
	public int getOrder() {
		return 50;
	}

	@Override
	public boolean supports(ResolvableType type) {
		return type.toClass() == HandleResolver.class;
	}

	@Override
	public Object create(PoolUserSpec spec, ResolvableType type) {
		return new SelectorHandleResolver(PoolHandle.of(spec.settings().pool()), spec.settings(),
				() -> this.node.get().selector());
	}

}
