package org.rserpool.session;

import org.jspecify.annotations.Nullable;

import org.rserpool.runtime.UserMessage;
import org.rserpool.user.ResolutionFailure;
import org.rserpool.wire.PoolElement;

/**
 * Is told what happens in a session with a pool.
 *
 * @since 0.1
 */
public interface PoolSessionListener {

	/**
	 * The session has an element. A cookie, if there is one, was echoed to it already.
	 * @param session the session
	 * @param from the element before, or {@code null} if this is the first
	 * @param to the element now; may be the same as before
	 */
	void connected(PoolSession session, @Nullable PoolElement from, PoolElement to);

	/**
	 * A message arrived on the data channel.
	 * @param session the session
	 * @param message the message
	 */
	void message(PoolSession session, UserMessage message);

	/**
	 * The element gave a cookie, which replaces the one before.
	 * @param session the session, which has it
	 */
	default void cookie(PoolSession session) {
	}

	/**
	 * The session takes messages again.
	 * @param session the session
	 */
	default void writable(PoolSession session) {
	}

	/**
	 * A message surely did not reach the element. What was sent and is not told here may
	 * or may not have arrived.
	 * @param session the session
	 * @param message the message
	 */
	default void unsent(PoolSession session, UserMessage message) {
	}

	/**
	 * The session lost its element, and looks for another.
	 * @param session the session
	 * @param element the element that was lost
	 * @param reason why, in words
	 */
	default void lost(PoolSession session, PoolElement element, String reason) {
	}

	/**
	 * An element could not be reached, and the session looks for another.
	 * @param session the session
	 * @param element the element
	 * @param reason why, in words
	 */
	default void unreachable(PoolSession session, PoolElement element, String reason) {
	}

	/**
	 * No element was found for longer than the session's patience. The session is closed.
	 * @param session the session
	 * @param failure the last reason
	 */
	void failed(PoolSession session, ResolutionFailure failure);

}
