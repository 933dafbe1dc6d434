package org.rserpool.spring.message;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

import org.rserpool.rpc.RSerPoolNode;
import org.rserpool.rpc.session.MessageSession;
import org.rserpool.rpc.session.MessageSessionListener;
import org.rserpool.rpc.session.MessageSessions;
import org.rserpool.wire.PoolHandle;

/**
 * Opens sessions by the node of the application.
 */
record NodeSessionFactory(PoolHandle pool, Duration deadline, Supplier<RSerPoolNode> node,
		Supplier<? extends Executor> executor) implements PoolSessionFactory {

	@Override
	public MessageSession open(MessageSessionListener listener) {
		return MessageSessions.of(this.node.get()).open(this.pool, this.deadline, this.executor.get(), listener);
	}

}
