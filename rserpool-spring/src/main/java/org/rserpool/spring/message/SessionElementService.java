package org.rserpool.spring.message;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.rserpool.rpc.RSerPoolNode;
import org.rserpool.rpc.RegisteredElement;
import org.rserpool.rpc.session.MessageSessions;
import org.rserpool.rpc.session.PoolSessionHandler;
import org.rserpool.rpc.session.SessionElementSpecification;
import org.rserpool.spring.element.PoolElementService;
import org.rserpool.spring.element.PoolElementSettings;
import org.rserpool.wire.PoolHandle;

/**
 * Serves pool users by sessions of messages. What is in progress is the sessions.
 */
class SessionElementService implements PoolElementService {

	private final CountedSessions handler;

	private final Supplier<? extends Executor> executor;

	SessionElementService(PoolSessionHandler handler, Supplier<? extends Executor> executor) {
		this.handler = new CountedSessions(handler);
		this.executor = executor;
	}

	@Override
	public @Nullable RegisteredElement register(RSerPoolNode node, PoolHandle pool, @Nullable Integer identifier,
			PoolElementSettings settings) {
		return MessageSessions.of(node)
			.register(new SessionElementSpecification(pool, identifier, settings.policy(), settings.lifetime(),
					settings.renewalInterval(), settings.metadata(), this.handler, settings.executorOr(this.executor),
					settings.concurrencyLimit()));
	}

	@Override
	public int callsInProgress(PoolHandle pool) {
		return this.handler.count();
	}

	@Override
	public int concurrentCalls(RegisteredElement element) {
		return element.callsInProgress();
	}

	@Override
	public CompletableFuture<Void> idle(PoolHandle pool) {
		return this.handler.idle();
	}

}
