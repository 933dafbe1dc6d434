package org.rserpool.spring.message;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

import io.micrometer.observation.ObservationRegistry;
import org.rserpool.rpc.RSerPoolNode;
import org.rserpool.rpc.session.MessageSession;
import org.rserpool.rpc.session.MessageSessionListener;
import org.rserpool.rpc.session.MessageSessionObserver;
import org.rserpool.rpc.session.MessageSessions;
import org.rserpool.spring.observation.SessionObservations;
import org.rserpool.wire.PoolHandle;

/**
 * Opens sessions by the node of the application.
 */
record NodeSessionFactory(PoolHandle pool, Duration deadline, Supplier<RSerPoolNode> node,
		Supplier<? extends Executor> executor, ObservationRegistry observations) implements PoolSessionFactory {

	@Override
	public MessageSession open(MessageSessionListener listener) {
		SessionObservations observed = SessionObservations.start(this.observations, this.pool);
		if (observed == null) {
			return open(listener, MessageSessionObserver.NONE);
		}
		try {
			return open(listener, observed);
		}
		catch (RuntimeException ex) {
			observed.notOpened(ex);
			throw ex;
		}
	}

	private MessageSession open(MessageSessionListener listener, MessageSessionObserver observer) {
		return MessageSessions.of(this.node.get())
			.open(this.pool, this.deadline, this.executor.get(), listener, observer);
	}

}
