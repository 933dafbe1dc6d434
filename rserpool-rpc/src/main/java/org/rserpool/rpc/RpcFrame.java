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
	 * @param credit how many items of a stream may be sent at first; 0 if one result is
	 * expected and no stream
	 * @param replay names the call for when it is repeated, or {@code null}
	 */
	record Request(long callId, int remainingMillis, int element, PoolHandle pool, String method,
			Map<String, String> metadata, byte[] payload, int credit, @Nullable Replay replay) implements RpcFrame {

		Request(long callId, int remainingMillis, int element, PoolHandle pool, String method,
				Map<String, String> metadata, byte[] payload) {
			this(callId, remainingMillis, element, pool, method, metadata, payload, 0, null);
		}

		boolean stream() {
			return this.credit > 0;
		}

	}

	/**
	 * Names a call for an element that sees it again.
	 *
	 * @param caller who calls; drawn by each process
	 * @param number which call of that caller, counted up from 1
	 * @param endedBelow all calls of that caller with a smaller number ended
	 * @param instance the process that got the call before, or 0 if none did
	 */
	record Replay(long caller, long number, long endedBelow, long instance) {
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

	/**
	 * Says which process serves an association. Comes before the answer to the first
	 * request that names its call.
	 *
	 * @param instance drawn by each process; never 0
	 */
	record Welcome(long instance) implements RpcFrame {

		@Override
		public long callId() {
			return 0;
		}

	}

	/**
	 * One item of a stream.
	 *
	 * @param callId which call
	 * @param payload the item, encoded
	 */
	record Item(long callId, byte[] payload) implements RpcFrame {
	}

	/**
	 * A stream ended in order.
	 *
	 * @param callId which call
	 */
	record End(long callId) implements RpcFrame {
	}

	/**
	 * Allows an element to send more items.
	 *
	 * @param callId which call
	 * @param items how many more; positive
	 */
	record Credit(long callId, int items) implements RpcFrame {
	}

}
