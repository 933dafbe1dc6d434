package org.rserpool.rpc;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.rserpool.wire.PoolHandle;

/**
 * The deadline passed before an answer came. The call may or may not have been carried
 * out.
 *
 * @since 0.1
 */
public class DeadlineExceededException extends RSerPoolException {

	private static final long serialVersionUID = 1L;

	public DeadlineExceededException(String message, PoolHandle pool, List<CallAttempt> attempts) {
		super(message, pool, attempts, null);
	}

	public DeadlineExceededException(String message, PoolHandle pool, @Nullable String registrar,
			List<CallAttempt> attempts) {
		super(message, pool, registrar, attempts, null);
	}

}
