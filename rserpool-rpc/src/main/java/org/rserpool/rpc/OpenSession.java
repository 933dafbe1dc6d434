package org.rserpool.rpc;

import org.jspecify.annotations.Nullable;

import org.rserpool.wire.PoolHandle;

/**
 * A session that this process has open with a pool.
 *
 * @param pool the pool
 * @param binding {@code rpc} for a session of calls, {@code session} for one of messages
 * @param identifier its identifier, or {@code null} for a session of messages, which has
 * none
 * @param element the identifier of the element that it is with, or {@code null} while
 * there is none
 * @param cookie whether an element gave a cookie, so that another one can go on
 * @since 0.1
 */
public record OpenSession(PoolHandle pool, String binding, @Nullable String identifier, @Nullable Integer element,
		boolean cookie) {

}
