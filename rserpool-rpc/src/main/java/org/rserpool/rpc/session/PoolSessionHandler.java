package org.rserpool.rpc.session;

import org.rserpool.runtime.DownReason;
import org.rserpool.runtime.UserMessage;
import org.rserpool.wire.Octets;

/**
 * Serves the sessions of a pool element: one object, many sessions. For one session it is
 * told one thing at a time and in order; different sessions at the same time. What it
 * throws is logged, and aborts the session, so that the pool user fails over.
 *
 * @since 0.1
 */
public interface PoolSessionHandler {

	/**
	 * A pool user opened a session.
	 * @param session the session
	 * @throws Exception if the session cannot be served
	 */
	default void opened(ElementSession session) throws Exception {
	}

	/**
	 * The pool user brings back the cookie that an element of the pool gave it: the
	 * session began there, and is to go on here. Comes before the user's messages of
	 * stream 0. Whoever sends a cookie may have made or changed it, or kept an old one;
	 * so it is to be signed where that matters.
	 * @param session the session
	 * @param cookie the cookie
	 * @throws Exception if the session cannot go on with this cookie
	 */
	default void resumed(ElementSession session, Octets cookie) throws Exception {
	}

	/**
	 * A message arrived from the pool user.
	 * @param session the session
	 * @param message the message, with its payload protocol identifier and stream
	 * @throws Exception if the session cannot go on
	 */
	void message(ElementSession session, UserMessage message) throws Exception;

	/**
	 * The element left its pool. The session is closed if nothing else is done, so that
	 * the pool user goes on elsewhere at once. Who has more to do closes it later; the
	 * process that ends does not wait for ever.
	 * @param session the session
	 * @throws Exception if the session is to be aborted
	 */
	default void leaving(ElementSession session) throws Exception {
		session.close();
	}

	/**
	 * The session is over at this element. Perhaps the pool user goes on with it
	 * elsewhere.
	 * @param session the session
	 * @param reason why
	 * @param detail the cause in words
	 * @throws Exception is logged
	 */
	default void closed(ElementSession session, DownReason reason, String detail) throws Exception {
	}

}
