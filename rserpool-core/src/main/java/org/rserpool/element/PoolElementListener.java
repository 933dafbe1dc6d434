package org.rserpool.element;

import java.util.List;

import org.rserpool.wire.ErrorCause;

/**
 * Is told how the registration of a pool element goes.
 *
 * @since 0.1
 */
public interface PoolElementListener {

	/**
	 * The state changed.
	 * @param element the element
	 * @param state the new state
	 * @param detail why, in words; in {@link ElementState#REJECTED} what the registrar
	 * said
	 */
	void stateChanged(PoolElementRole element, ElementState state, String detail);

	/**
	 * The registrar accepted the registration, but had something to say.
	 * @param element the element
	 * @param causes what it said
	 */
	default void warned(PoolElementRole element, List<ErrorCause> causes) {
	}

	/**
	 * More registrations in a row than MAX-REG-ATTEMPT (RFC 5352, section 7.3) brought no
	 * answer. The element goes on trying, or leaves, as {@link RegistrationTimers} say.
	 * @param element the element
	 * @param attempts how many there were
	 */
	default void unanswered(PoolElementRole element, int attempts) {
	}

	/**
	 * The home registrar is asked for something. At most one request of an element is
	 * pending at a time.
	 * @param element the element
	 * @param request what it is asked for
	 */
	default void requested(PoolElementRole element, RegistrationRequest request) {
	}

	/**
	 * What was asked for last ended.
	 * @param element the element
	 * @param request what it was asked for
	 * @param outcome how it ended
	 */
	default void requestEnded(PoolElementRole element, RegistrationRequest request, RegistrationOutcome outcome) {
	}

}
