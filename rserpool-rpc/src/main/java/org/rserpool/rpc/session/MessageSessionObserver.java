package org.rserpool.rpc.session;

import org.rserpool.rpc.CallAttempt;
import org.rserpool.rpc.RSerPoolException;
import org.rserpool.wire.PoolElement;

/**
 * Is told how a session of a pool user finds its elements and loses them, for tracing: at
 * once, while the {@link MessageSessionListener} may still be busy with messages. A
 * session looks for an element from the beginning on, and whenever it lost one. Runs on
 * the loop of the node, so it must neither block nor take long. What it throws is logged.
 *
 * @since 0.1
 */
public interface MessageSessionObserver {

	/** Is told, and does nothing. */
	MessageSessionObserver NONE = new MessageSessionObserver() {
	};

	/**
	 * The session is with an element.
	 * @param change which element, and whether it was given the cookie
	 */
	default void connected(SessionChange change) {
	}

	/**
	 * An element could not be reached; the session goes on looking.
	 * @param attempt the element, where it was tried, and why that failed
	 */
	default void unreachable(CallAttempt attempt) {
	}

	/**
	 * The session lost its element, or left it, and looks for another.
	 * @param element the element
	 * @param reason why, in words
	 */
	default void lost(PoolElement element, String reason) {
	}

	/**
	 * The session was closed. Nothing else is told after this, as after each other end.
	 */
	default void closed() {
	}

	/**
	 * The session failed.
	 * @param failure why
	 */
	default void failed(RSerPoolException failure) {
	}

	/**
	 * The node ended before the session was closed.
	 */
	default void abandoned() {
	}

}
