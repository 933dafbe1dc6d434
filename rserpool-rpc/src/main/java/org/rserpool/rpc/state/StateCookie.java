package org.rserpool.rpc.state;

import org.jspecify.annotations.Nullable;

/**
 * What a cookie holds: the state of a session after one of its calls.
 *
 * @param session which session
 * @param version how many states the session had before; it grows with each cookie
 * @param branch drawn by the element that went on with the session; the versions of one
 * branch follow one another
 * @param lastCall the number of the last call whose effect the state has
 * @param answer the answer to that call, or {@code null} if it is not kept
 * @param state the encoded state
 * @since 0.1
 */
public record StateCookie(SessionId session, long version, long branch, long lastCall, byte @Nullable [] answer,
		byte[] state) {

}
