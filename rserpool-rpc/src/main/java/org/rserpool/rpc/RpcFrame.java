package org.rserpool.rpc;

import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.rserpool.wire.PoolHandle;

/**
 * What a caller and a pool element say to each other about one call, on the data channel
 * of a session.
 */
sealed interface RpcFrame {

	/**
	 * Return which call it is about.
	 * @return a number that the caller chose, unique on its association
	 */
	long callId();

	/**
	 * Asks an element to carry a call out.
	 *
	 * @param callId which call
	 * @param remainingMillis how long the caller will still wait, in milliseconds
	 * @param element the identifier of the element that was selected
	 * @param pool the pool that is called
	 * @param method what is called
	 * @param metadata what travels along
	 * @param payload the arguments, encoded
	 */
	record Request(long callId, int remainingMillis, int element, PoolHandle pool, String method,
			Map<String, String> metadata, byte[] payload) implements RpcFrame {
	}

	/**
	 * The call was carried out.
	 *
	 * @param callId which call
	 * @param payload the result, encoded
	 */
	record Response(long callId, byte[] payload) implements RpcFrame {
	}

	/**
	 * The call ended with an exception.
	 *
	 * @param callId which call
	 * @param className the class of the exception
	 * @param message its message
	 * @param stack its stack trace
	 */
	record Failure(long callId, String className, @Nullable String message, String stack) implements RpcFrame {
	}

	/**
	 * The element did not begin to carry the call out, and will not.
	 *
	 * @param callId which call
	 * @param reason why
	 * @param detail the cause in words
	 */
	record Refusal(long callId, RefusalReason reason, String detail) implements RpcFrame {
	}

	/**
	 * The caller does not wait for the call any more.
	 *
	 * @param callId which call
	 */
	record Cancel(long callId) implements RpcFrame {
	}

	/**
	 * The element carries out no more calls of this association. It has answered all that
	 * it began to carry out, but for some.
	 *
	 * @param abandoned those that it began and did not end
	 */
	record Leaving(Set<Long> abandoned) implements RpcFrame {

		@Override
		public long callId() {
			return 0;
		}

	}

}
