package org.rserpool.rpc;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.rserpool.runtime.Association;
import org.rserpool.runtime.Association.SendResult;
import org.rserpool.runtime.UserMessage;

/**
 * Those who call elements of this process, with the calls that are in progress for each.
 */
final class RpcCallers {

	private static final Logger logger = LoggerFactory.getLogger(RpcCallers.class);

	private final Map<Association, Caller> callers = new HashMap<>();

	Caller of(Association association) {
		return this.callers.computeIfAbsent(association, Caller::new);
	}

	@Nullable Caller known(Association association) {
		return this.callers.get(association);
	}

	void gone(Association association) {
		Caller caller = this.callers.remove(association);
		if (caller != null) {
			caller.cancelAll();
		}
	}

	boolean isEmpty() {
		return this.callers.isEmpty();
	}

	void leave() {
		List.copyOf(this.callers.values()).forEach(Caller::leave);
	}

	void cancelAll() {
		this.callers.values().forEach(Caller::cancelAll);
		this.callers.clear();
	}

	/**
	 * One of them.
	 */
	static final class Caller {

		private final Association association;

		private final InetSocketAddress address;

		private final Map<Long, Execution> executions = new HashMap<>();

		private final ArrayDeque<UserMessage> answers = new ArrayDeque<>();

		Caller(Association association) {
			this.association = association;
			this.address = association.peerAddresses().get(0);
		}

		InetSocketAddress address() {
			return this.address;
		}

		/**
		 * Return how many calls are in progress, with those whose answer waits to be
		 * sent.
		 * @return the number of calls
		 */
		int inProgress() {
			return this.executions.size() + this.answers.size();
		}

		boolean add(Execution execution) {
			return this.executions.putIfAbsent(execution.callId(), execution) == null;
		}

		boolean remove(Execution execution) {
			execution.stopTimer();
			return this.executions.remove(execution.callId(), execution);
		}

		void cancel(long callId) {
			Execution execution = this.executions.get(callId);
			if (execution != null) {
				remove(execution);
				execution.cancel();
			}
		}

		void cancelAll() {
			this.answers.clear();
			List.copyOf(this.executions.keySet()).forEach(this::cancel);
		}

		/**
		 * Ends the association: in order if all calls are answered, so that the others
		 * may be made elsewhere.
		 */
		void leave() {
			if (inProgress() > 0) {
				cancelAll();
				this.association.abort();
				return;
			}
			answer(RpcFrameCodec.encode(new RpcFrame.Leaving(0)));
			this.association.shutdown();
		}

		void answer(ByteBuffer frame) {
			UserMessage message = new UserMessage(RpcFrameCodec.PAYLOAD_PROTOCOL, frame);
			if (!this.answers.isEmpty() || !sent(message)) {
				this.answers.add(message);
			}
		}

		void writable() {
			UserMessage message = this.answers.peek();
			while (message != null && sent(message)) {
				this.answers.remove();
				message = this.answers.peek();
			}
		}

		private boolean sent(UserMessage message) {
			try {
				return this.association.send(message) != SendResult.WOULD_BLOCK;
			}
			catch (IllegalArgumentException ex) {
				logger.warn("An answer to {} cannot be sent", this.association, ex);
				ByteBuffer failure = RpcFrameCodec.encode(Execution.failure(RpcFrameCodec.callId(message.data()), ex));
				this.association.send(new UserMessage(RpcFrameCodec.PAYLOAD_PROTOCOL, failure));
				return true;
			}
		}

	}

}
