package org.rserpool.rpc.session;

import org.rserpool.rpc.RSerPoolException;
import org.rserpool.runtime.UserMessage;
import org.rserpool.wire.PoolElement;

/**
 * Is told what happens in a session of a pool user, one thing at a time and in order, on
 * the executor of the session. What it throws is logged.
 *
 * @since 0.1
 */
public interface MessageSessionListener {

	/**
	 * The session is with an element: a new one, or after a failover. From now on
	 * messages can be sent; none was sent to this element before. After a failover this
	 * is the place to send again what was not answered.
	 * @param session the session
	 * @param change which element, and whether it was given the cookie
	 */
	default void connected(MessageSession session, SessionChange change) {
	}

	/**
	 * A message arrived from the element.
	 * @param session the session
	 * @param message the message, with its payload protocol identifier and stream
	 */
	void message(MessageSession session, UserMessage message);

	/**
	 * A message that was on its way surely did not reach the element.
	 * @param session the session
	 * @param message the message
	 */
	default void unsent(MessageSession session, UserMessage message) {
	}

	/**
	 * The session lost its element, or left it, and looks for another. Messages cannot be
	 * sent until {@link #connected}.
	 * @param session the session
	 * @param element the element
	 * @param reason why, in words
	 */
	default void lost(MessageSession session, PoolElement element, String reason) {
	}

	/**
	 * The session is over: no element was found in time, this listener takes messages too
	 * slowly, or the node ends.
	 * @param session the session
	 * @param failure names the pool, the home registrar and what was tried
	 */
	default void failed(MessageSession session, RSerPoolException failure) {
	}

}
