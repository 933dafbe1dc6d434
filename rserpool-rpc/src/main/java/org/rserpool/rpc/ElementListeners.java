package org.rserpool.rpc;

import java.util.List;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.rserpool.element.ElementState;
import org.rserpool.element.PoolElementListener;
import org.rserpool.element.PoolElementRole;
import org.rserpool.element.RegistrationOutcome;
import org.rserpool.element.RegistrationRequest;
import org.rserpool.wire.ErrorCause;

/**
 * Tells an element of a node, and then somebody else, who must not harm it.
 *
 * @param element the element
 * @param other somebody else
 */
record ElementListeners(LocalElement element, PoolElementListener other) implements PoolElementListener {

	private static final Logger logger = LoggerFactory.getLogger(ElementListeners.class);

	@Override
	public void stateChanged(PoolElementRole role, ElementState state, String detail) {
		this.element.stateChanged(role, state, detail);
		tell((listener) -> listener.stateChanged(role, state, detail));
	}

	@Override
	public void warned(PoolElementRole role, List<ErrorCause> causes) {
		this.element.warned(role, causes);
		tell((listener) -> listener.warned(role, causes));
	}

	@Override
	public void unanswered(PoolElementRole role, int attempts) {
		this.element.unanswered(role, attempts);
		tell((listener) -> listener.unanswered(role, attempts));
	}

	@Override
	public void requested(PoolElementRole role, RegistrationRequest request) {
		tell((listener) -> listener.requested(role, request));
	}

	@Override
	public void requestEnded(PoolElementRole role, RegistrationRequest request, RegistrationOutcome outcome) {
		tell((listener) -> listener.requestEnded(role, request, outcome));
	}

	private void tell(Consumer<PoolElementListener> event) {
		try {
			event.accept(this.other);
		}
		catch (RuntimeException ex) {
			logger.warn("An element listener failed", ex);
		}
	}

}
