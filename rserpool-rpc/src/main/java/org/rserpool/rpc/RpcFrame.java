package org.rserpool.rpc;

import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.rserpool.rpc.state.SessionId;
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
	 * @param session the session that the call is part of, or {@code null}
	 */
	record Request(long callId, int remainingMillis, int element, PoolHandle pool, String method,
			Map<String, String> metadata, byte[] payload, int credit, @Nullable Replay replay,
			@Nullable SessionPart session) implements RpcFrame {

		Request(long callId, int remainingMillis, int element, PoolHandle pool, String method,
				Map<String, String> metadata, byte[] payload, int credit, @Nullable Replay replay) {
			this(callId, remainingMillis, element, pool, method, metadata, payload, credit, replay, null);
		}

		Request(long callId, int remainingMillis, int element, PoolHandle pool, String method,
				Map<String, String> metadata, byte[] payload) {
			this(callId, remainingMillis, element, pool, method, metadata, payload, 0, null, null);
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
	 * Makes a call part of a session.
	 *
	 * @param id which session
	 * @param number which call of the session, counted up from 1
	 * @param seen the version of the newest cookie that the caller has, or 0 if it has
	 * none
	 * @param idempotent whether the call may be carried out more than once
	 * @param cookie that cookie, or {@code null} if the element should know the session
	 */
	record SessionPart(SessionId id, long number, long seen, boolean idempotent, byte @Nullable [] cookie) {

		@Override
		public String toString() {
			return "call " + this.number + " of session " + this.id;
		}

	}

	/**
	 * The state of a session after a call.
	 *
	 * @param version its version
	 * @param cookie for the element that goes on with the session
	 */
	record Saved(long version, byte[] cookie) {
	}

	/**
	 * The call was carried out.
	 *
	 * @param callId which call
	 * @param payload the result, encoded
	 * @param saved the state of the session, or {@code null} if it did not change
	 */
	record Response(long callId, byte[] payload, @Nullable Saved saved) implements RpcFrame {

		Response(long callId, byte[] payload) {
			this(callId, payload, null);
		}

	}

	/**
	 * The call ended with an exception.
	 *
	 * @param callId which call
	 * @param className the class of the exception
	 * @param message its message
	 * @param stack its stack trace
	 * @param saved the state of the session, or {@code null} if it did not change
	 */
	record Failure(long callId, String className, @Nullable String message, String stack,
			@Nullable Saved saved) implements RpcFrame {

		Failure(long callId, String className, @Nullable String message, String stack) {
			this(callId, className, message, stack, null);
		}

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

	/**
	 * The caller has no more calls in a session.
	 *
	 * @param element the identifier of the element
	 * @param id which session
	 * @param pool its pool
	 */
	record SessionEnd(int element, SessionId id, PoolHandle pool) implements RpcFrame {

		@Override
		public long callId() {
			return 0;
		}

	}

}
