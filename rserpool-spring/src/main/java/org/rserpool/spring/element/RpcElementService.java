package org.rserpool.spring.element;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.rserpool.rpc.ElementSpecification;
import org.rserpool.rpc.RSerPoolNode;
import org.rserpool.rpc.RegisteredElement;
import org.rserpool.rpc.RpcHandler;
import org.rserpool.wire.PoolHandle;

/**
 * Serves pool users by calls over the data channel.
 *
 * @since 0.1
 */
public class RpcElementService implements PoolElementService {

	private final InFlightCalls calls;

	private final Supplier<? extends Executor> executor;

	/**
	 * Makes a service.
	 * @param handler carries calls out
	 * @param executor where it runs, unless the settings of the element have an executor;
	 * asked for when the element is registered
	 */
	public RpcElementService(RpcHandler handler, Supplier<? extends Executor> executor) {
		this.calls = new InFlightCalls(handler);
		this.executor = executor;
	}

	@Override
	public RegisteredElement register(RSerPoolNode node, PoolHandle pool, @Nullable Integer identifier,
			PoolElementSettings settings) {
		return node.register(new ElementSpecification(pool, identifier, settings.policy(), settings.lifetime(),
				settings.renewalInterval(), settings.metadata(), this.calls,
				this.calls.on(settings.executorOr(this.executor)), settings.concurrencyLimit(), settings.state()));
	}

	@Override
	public int callsInProgress(PoolHandle pool) {
		return this.calls.count();
	}

	@Override
	public int concurrentCalls(RegisteredElement element) {
		return element.callsInProgress();
	}

	@Override
	public CompletableFuture<Void> idle(PoolHandle pool) {
		return this.calls.idle();
	}

}
