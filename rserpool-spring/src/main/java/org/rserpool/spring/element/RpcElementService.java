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

	private final RpcHandler handler;

	private final Supplier<? extends Executor> executor;

	private @Nullable InFlightCalls calls;

	/**
	 * Makes a service.
	 * @param handler carries calls out
	 * @param executor where it runs; asked for when the element is registered
	 */
	public RpcElementService(RpcHandler handler, Supplier<? extends Executor> executor) {
		this.handler = handler;
		this.executor = executor;
	}

	@Override
	public RegisteredElement register(RSerPoolNode node, PoolHandle pool, @Nullable Integer identifier,
			PoolElementSettings settings) {
		InFlightCalls counted = calls();
		return node.register(new ElementSpecification(pool, identifier, settings.policy(), settings.lifetime(),
				settings.renewalInterval(), settings.metadata(), counted, counted, settings.concurrencyLimit(),
				settings.state()));
	}

	@Override
	public int callsInProgress(PoolHandle pool) {
		return calls().count();
	}

	@Override
	public int concurrentCalls(RegisteredElement element) {
		return element.callsInProgress();
	}

	@Override
	public CompletableFuture<Void> idle(PoolHandle pool) {
		return calls().idle();
	}

	private synchronized InFlightCalls calls() {
		InFlightCalls counted = this.calls;
		if (counted == null) {
			counted = new InFlightCalls(this.handler, this.executor.get());
			this.calls = counted;
		}
		return counted;
	}

}
