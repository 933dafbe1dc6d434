package org.rserpool.rpc;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.rserpool.wire.PoolHandle;

/**
 * A session cannot be gone on with: an element refused its cookie, or gave an older one
 * than was seen before. The call was not carried out, or its answer is not to be trusted;
 * a new session is needed.
 *
 * @since 0.1
 */
public class SessionRefusedException extends RSerPoolException {

	private static final long serialVersionUID = 1L;

	public SessionRefusedException(String message, @Nullable PoolHandle pool, @Nullable String registrar,
			List<CallAttempt> attempts) {
		super(message, pool, registrar, attempts, null);
	}

}
