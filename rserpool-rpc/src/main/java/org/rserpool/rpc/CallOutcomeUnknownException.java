package org.rserpool.rpc;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.rserpool.wire.PoolHandle;

/**
 * An element got the call, and nobody knows whether it was carried out. The call is not
 * idempotent, so it was not made again.
 *
 * @since 0.1
 */
public class CallOutcomeUnknownException extends RSerPoolException {

	private static final long serialVersionUID = 1L;

	public CallOutcomeUnknownException(String message, PoolHandle pool, List<CallAttempt> attempts) {
		super(message, pool, attempts, null);
	}

	public CallOutcomeUnknownException(String message, PoolHandle pool, @Nullable String registrar,
			List<CallAttempt> attempts) {
		super(message, pool, registrar, attempts, null);
	}

}
