package org.rserpool.rpc;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.rserpool.wire.PoolElement;

/**
 * A call that fails over between the elements of a pool, while somebody else makes its
 * attempts. For each attempt: {@link #next()}, and when it ended, one of the other
 * methods. Any thread may use it, but not two at a time.
 *
 * @since 0.1
 */
public interface FailoverCall {

	/**
	 * Begins an attempt. Elements that were tried are tried again only after all others,
	 * and after a pause. Of an element with several addresses, the one that answers is
	 * found out before, and of one that failed, whether it answers.
	 * @return the element to try; where it is reached by TCP, its User Transport has the
	 * address at which it is to be tried. Or an {@link RSerPoolException} if there is to
	 * be no other attempt: {@link NoPoolElementException},
	 * {@link CallOutcomeUnknownException} or {@link DeadlineExceededException}, which
	 * says what was tried. What follows it runs on a loop that must not be blocked.
	 */
	CompletableFuture<PoolElement> next();

	/**
	 * Return what is completed, in words, if the element of the attempt in progress is
	 * found to be silent: it owes an answer, and its address takes no connection and
	 * refuses none. The attempt is to be ended then by {@link #unreachable}. Only calls
	 * that are idempotent are watched, as others would gain nothing. What follows it runs
	 * on a loop that must not be blocked.
	 * @return a future that is never completed if nothing of the kind happens
	 */
	default CompletableFuture<String> silence() {
		return new CompletableFuture<>();
	}

	/**
	 * Return how much time is left for the call.
	 * @return the time, not negative
	 */
	Duration left();

	/**
	 * Ends the attempt: the element answered, with whatever result. This ends the call.
	 */
	void answered();

	/**
	 * Ends the attempt: the element could not be reached, or the connection to it broke.
	 * Its registrar is told.
	 * @param outcome {@link CallOutcome#NOT_SENT} if the element surely did not begin to
	 * carry the call out, or else {@link CallOutcome#UNKNOWN}
	 * @param error what went wrong, in words
	 */
	void unreachable(CallOutcome outcome, String error);

	/**
	 * Ends the attempt: the element said that it does not serve the call, and did not
	 * begin to carry it out. It is avoided for a while.
	 * @param error what it said
	 */
	void refused(String error);

	/**
	 * Ends the attempt: the element said that it has too much to do, and did not begin to
	 * carry the call out. It is avoided for a while, and another attempt takes from the
	 * retry budget.
	 * @param error what it said
	 */
	default void overloaded(String error) {
		refused(error);
	}

	/**
	 * Ends the attempt: no answer came for so long that it is waited for no more. The
	 * element is avoided for a while; it may be just slow, so no registrar is told.
	 * @param error how long it took, in words
	 */
	void unanswered(String error);

	/**
	 * Ends the call: it failed with its last attempt, because who makes the attempts
	 * makes no other. Does nothing if it ended already, or if no attempt failed.
	 */
	default void finish() {
		cancel();
	}

	/**
	 * Ends the call: nobody waits for it any more. Does nothing if it ended already.
	 */
	void cancel();

}
