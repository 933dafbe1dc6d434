package org.rserpool.spring.grpc;

import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.concurrent.CompletionException;

import io.grpc.Status;
import org.jspecify.annotations.Nullable;
import org.rserpool.rpc.CallOutcome;
import org.rserpool.rpc.CallOutcomeUnknownException;
import org.rserpool.rpc.DeadlineExceededException;
import org.rserpool.rpc.NoPoolElementException;
import org.rserpool.wire.PoolHandle;

/**
 * What a status says of an attempt, and the status of a call that failed.
 */
final class GrpcFailures {

	private GrpcFailures() {
	}

	/**
	 * Return what is known of an attempt that failed.
	 * @param status its status
	 * @param attempt the attempt
	 * @return what is known, or {@code null} if the failure is of this side alone
	 */
	static @Nullable CallOutcome outcome(Status status, PoolCallAttempt attempt) {
		if (attempt.answered()) {
			return CallOutcome.ANSWERED;
		}
		if (attempt.silence() != null) {
			return attempt.created() ? CallOutcome.UNKNOWN : CallOutcome.NOT_SENT;
		}
		if (status.getCode() == Status.Code.DEADLINE_EXCEEDED) {
			return CallOutcome.DEADLINE;
		}
		if (!isOfConnection(status)) {
			return null;
		}
		return attempt.created() ? CallOutcome.UNKNOWN : CallOutcome.NOT_SENT;
	}

	static String describe(Status status) {
		Throwable cause = status.getCause();
		String detail = (cause != null) ? " (" + cause + ")" : "";
		return status.getCode() + ((status.getDescription() != null) ? ": " + status.getDescription() : "") + detail;
	}

	/**
	 * Return the status of a call that was given up. Only after UNAVAILABLE it was surely
	 * not carried out.
	 * @param failure why
	 * @return the status, with the failure as its cause
	 */
	static Status status(Throwable failure) {
		Throwable cause = (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause()
				: failure;
		Status status = Status.INTERNAL;
		if (cause instanceof NoPoolElementException) {
			status = Status.UNAVAILABLE;
		}
		else if (cause instanceof CallOutcomeUnknownException) {
			status = Status.UNKNOWN;
		}
		else if (cause instanceof DeadlineExceededException) {
			status = Status.DEADLINE_EXCEEDED;
		}
		return status.withDescription(cause.getMessage()).withCause(cause);
	}

	/**
	 * Return the status of a call that broke when it could not be made again.
	 * @param pool its pool
	 * @param method its method
	 * @param detail how it broke, in words
	 * @return the status
	 */
	static Status broken(PoolHandle pool, String method, String detail) {
		return status(new CallOutcomeUnknownException("Nobody knows whether the call of " + method + " in pool " + pool
				+ " was carried out to its end; what it had sent or received already cannot be repeated: " + detail,
				pool, List.of()));
	}

	/**
	 * Streams that the other side resets, and those that are just being written when
	 * their connection is closed, end with other codes than UNAVAILABLE.
	 */
	private static boolean isOfConnection(Status status) {
		String description = status.getDescription();
		return status.getCode() == Status.Code.UNAVAILABLE || status.getCause() instanceof ClosedChannelException
				|| (description != null && description.contains("HTTP/2 error code"));
	}

}
