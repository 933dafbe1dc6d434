package org.rserpool.spring.message;

import java.util.concurrent.Executor;
import java.util.function.Supplier;

import io.micrometer.observation.ObservationRegistry;
import org.rserpool.rpc.session.MessageSessions;
import org.rserpool.rpc.session.PoolSessionHandler;
import org.rserpool.spring.element.PoolElementBinding;
import org.rserpool.spring.element.PoolElementDescriptor;
import org.rserpool.spring.element.PoolElementService;

import org.springframework.core.Ordered;

/**
 * Serves sessions of messages by beans that implement {@link PoolSessionHandler}.
 *
 * @since 0.1
 */
public class SessionPoolElementBinding implements PoolElementBinding, Ordered {

	/** The name of the binding. */
	public static final String NAME = MessageSessions.BINDING;

	private final Supplier<? extends Executor> executor;

	private final ObservationRegistry observations;

	/**
	 * Makes the binding.
	 * @param executor where handlers run; not asked for if there are no elements
	 * @param observations where sessions are observed
	 */
	public SessionPoolElementBinding(Supplier<? extends Executor> executor, ObservationRegistry observations) {
		this.executor = executor;
		this.observations = observations;
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public int getOrder() {
		return 50;
	}

	@Override
	public boolean supports(PoolElementDescriptor descriptor) {
		return PoolSessionHandler.class.isAssignableFrom(descriptor.type());
	}

	@Override
	public String defaultPool(PoolElementDescriptor descriptor) {
		throw new IllegalArgumentException("the pool of a PoolSessionHandler must be named");
	}

	@Override
	public PoolElementService bind(PoolElementDescriptor descriptor) {
		if (descriptor.bean() instanceof PoolSessionHandler handler) {
			return new SessionElementService(ObservedSessions.of(handler, this.observations), this.executor);
		}
		throw new IllegalArgumentException(descriptor.type().getName() + ", or the proxy around it, does not implement "
				+ PoolSessionHandler.class.getName());
	}

}
