package org.rserpool.spring.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

import javax.net.ssl.SSLHandshakeException;

import org.jspecify.annotations.Nullable;
import org.rserpool.rpc.CallOutcome;
import org.rserpool.rpc.FailoverCall;

/**
 * What the failure of an HTTP library says of an attempt. Only where the connection was
 * surely not established, the request was surely not sent.
 *
 * @since 0.1
 */
public final class HttpFailures {

	private static final int MAXIMUM_CAUSES = 20;

	/** Of libraries that may be absent, and do not extend those of Java. */
	private static final Set<String> CONNECT_TIMEOUTS = Set.of("java.net.http.HttpConnectTimeoutException",
			"org.apache.hc.client5.http.ConnectTimeoutException");

	/** All connections that this side allows to an element are in use. */
	private static final Set<String> EXHAUSTED = Set.of("ConnectionRequestTimeoutException",
			"PoolAcquireTimeoutException", "PoolAcquirePendingLimitException");

	private HttpFailures() {
	}

	/**
	 * Return whether a request was surely not sent.
	 * @param failure why it failed
	 * @return whether the connection could not be established, or there were too many
	 */
	public static boolean isNotSent(Throwable failure) {
		return isExhausted(failure) || any(failure, HttpFailures::isNoConnection);
	}

	/**
	 * Return whether this side had no connection to spare, which says nothing of the
	 * element.
	 * @param failure why a request failed
	 * @return whether it waited for a connection of its own in vain
	 */
	static boolean isExhausted(Throwable failure) {
		return any(failure, (cause) -> EXHAUSTED.contains(cause.getClass().getSimpleName()));
	}

	/**
	 * Return whether the answer did not come in time.
	 * @param failure why the request failed
	 * @return whether it is a time-out
	 */
	public static boolean isTimeout(Throwable failure) {
		return any(failure,
				(cause) -> cause instanceof TimeoutException || cause instanceof SocketTimeoutException
						|| cause.getClass().getName().equals("java.net.http.HttpTimeoutException")
						|| cause.getClass().getSimpleName().equals("ReadTimeoutException"));
	}

	/**
	 * Return whether the connection failed, and not the application.
	 * @param failure why the request failed
	 * @return whether it is a failure of input or output, and not of this side alone
	 */
	public static boolean isOfConnection(Throwable failure) {
		return !isExhausted(failure)
				&& (isNotSent(failure) || isTimeout(failure) || any(failure, IOException.class::isInstance));
	}

	/**
	 * Ends an attempt that failed.
	 * @param call the call
	 * @param failure why it failed
	 */
	static void end(FailoverCall call, Throwable failure) {
		if (failure instanceof SilentElementException) {
			call.unreachable(CallOutcome.UNKNOWN, String.valueOf(failure.getMessage()));
		}
		else if (isExhausted(failure)) {
			call.overloaded(describe(failure));
		}
		else if (isNotSent(failure)) {
			call.unreachable(CallOutcome.NOT_SENT, describe(failure));
		}
		else if (isTimeout(failure)) {
			call.unanswered(describe(failure));
		}
		else {
			call.unreachable(CallOutcome.UNKNOWN, describe(failure));
		}
	}

	/**
	 * Names the cause that tells most: the one that says that there was no connection, or
	 * else the first of all.
	 */
	private static String describe(Throwable failure) {
		Throwable found = failure;
		for (int depth = 0; depth < MAXIMUM_CAUSES && !isNoConnection(found); depth++) {
			Throwable cause = found.getCause();
			if (cause == null) {
				break;
			}
			found = cause;
		}
		return found.getClass().getSimpleName() + ((found.getMessage() != null) ? ": " + found.getMessage() : "");
	}

	private static boolean isNoConnection(Throwable cause) {
		return cause instanceof ConnectException || cause instanceof NoRouteToHostException
				|| cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException
				|| cause instanceof SSLHandshakeException || CONNECT_TIMEOUTS.contains(cause.getClass().getName());
	}

	private static boolean any(Throwable failure, Predicate<Throwable> predicate) {
		@Nullable Throwable cause = failure;
		for (int depth = 0; depth < MAXIMUM_CAUSES && cause != null; depth++) {
			if (predicate.test(cause)) {
				return true;
			}
			cause = cause.getCause();
		}
		return false;
	}

}
