package org.rserpool.rpc;

import java.net.InetSocketAddress;
import java.util.Map;

/**
 * Is told of the attempts of one call, for tracing. Runs on the loop that makes all
 * calls, so it must neither block nor take long. What it throws is logged.
 *
 * @since 0.1
 */
public interface CallObserver {

	/** Is told, and does nothing. */
	CallObserver NONE = new CallObserver() {
	};

	/**
	 * An attempt begins.
	 * @param element the identifier of the pool element
	 * @param address where it is tried
	 * @return what travels along with this attempt, beside the metadata of the call, such
	 * as trace context; may be empty
	 */
	default Map<String, String> attemptStarted(int element, InetSocketAddress address) {
		return Map.of();
	}

	/**
	 * The attempt ended that began last.
	 * @param attempt the attempt
	 */
	default void attemptEnded(CallAttempt attempt) {
	}

	/**
	 * The element of the attempt that began last is reported to a registrar as
	 * unreachable. The end of the attempt follows.
	 */
	default void elementReported() {
	}

	/**
	 * The attempt that began last takes the cookie of its session along, because its
	 * element does not know the session: it is another one than before, or forgot it.
	 */
	default void cookieEchoed() {
	}

}
