package org.rserpool.rpc;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.rserpool.wire.PoolHandle;

/**
 * No element could be called: the pool is unknown, no registrar answers, or every element
 * that was tried surely did not get the call. Trying again later is safe.
 *
 * @since 0.1
 */
public class NoPoolElementException extends RSerPoolException {

	private static final long serialVersionUID = 1L;

	public NoPoolElementException(String message, PoolHandle pool, List<CallAttempt> attempts) {
		super(message, pool, attempts, null);
	}

	public NoPoolElementException(String message, PoolHandle pool, @Nullable String registrar,
			List<CallAttempt> attempts) {
		super(message, pool, registrar, attempts, null);
	}

}
