package org.rserpool.rpc.session;

import org.jspecify.annotations.Nullable;

import org.rserpool.wire.PoolElement;

/**
 * A session is with an element now.
 *
 * @param from the element before, or {@code null} if the session is new
 * @param to the element now; may be the same as before, such as one that was restarted
 * @param cookieEchoed whether the element was given the newest cookie, so that it may go
 * on where the other one ended
 * @since 0.1
 */
public record SessionChange(@Nullable PoolElement from, PoolElement to, boolean cookieEchoed) {

	/**
	 * Return whether the session failed over, and is not new.
	 * @return whether there was an element before
	 */
	public boolean failover() {
		return this.from != null;
	}

}
