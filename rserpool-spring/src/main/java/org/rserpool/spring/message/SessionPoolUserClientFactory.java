package org.rserpool.spring.message;

import java.util.concurrent.Executor;
import java.util.function.Supplier;

import io.micrometer.observation.ObservationRegistry;
import org.rserpool.rpc.RSerPoolNode;
import org.rserpool.rpc.session.MessageSessions;
import org.rserpool.spring.user.PoolUserClientFactory;
import org.rserpool.spring.user.PoolUserSpec;
import org.rserpool.wire.PoolHandle;

import org.springframework.core.Ordered;
import org.springframework.core.ResolvableType;

/**
 * Makes pool users that open sessions of messages: {@link PoolSessionFactory}.
 *
 * @since 0.1
 */
public class SessionPoolUserClientFactory implements PoolUserClientFactory, Ordered {

	private final Supplier<RSerPoolNode> node;

	private final Supplier<? extends Executor> executor;

	private final ObservationRegistry observations;

	/**
	 * Makes a factory.
	 * @param node opens the sessions; asked at each
	 * @param executor where listeners run; asked at each session
	 * @param observations where sessions are observed
	 */
	public SessionPoolUserClientFactory(Supplier<RSerPoolNode> node, Supplier<? extends Executor> executor,
			ObservationRegistry observations) {
		this.node = node;
		this.executor = executor;
		this.observations = observations;
	}

	@Override
	public int getOrder() {
		return 50;
	}

	@Override
	public String binding() {
		return MessageSessions.BINDING;
	}

	@Override
	public boolean supports(ResolvableType type) {
		return type.toClass() == PoolSessionFactory.class;
	}

	@Override
	public Object create(PoolUserSpec spec, ResolvableType type) {
		return new NodeSessionFactory(PoolHandle.of(spec.settings().pool()), spec.settings().deadline(), this.node,
				this.executor, this.observations);
	}

}
