package org.rserpool.rpc;

import java.time.Duration;
import java.util.List;

import org.rserpool.wire.PoolHandle;

/**
 * A call that ended.
 *
 * @param pool the pool
 * @param method what was called
 * @param outcome what is known of it; {@link CallOutcome#ANSWERED} also if the answer is
 * an exception
 * @param failedAttempts the attempts before the one that was answered, or all of them if
 * none was; a call with some, and with an answer, failed over
 * @param duration the time from the request to the end
 * @since 0.1
 */
public record EndedCall(PoolHandle pool, String method, CallOutcome outcome, List<CallAttempt> failedAttempts,
		Duration duration) {

	public EndedCall {
		failedAttempts = List.copyOf(failedAttempts);
	}

}
