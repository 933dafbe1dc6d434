package org.rserpool.rpc;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.rserpool.runtime.Association;
import org.rserpool.runtime.Association.SendResult;
import org.rserpool.runtime.UserMessage;

/**
 * One who calls elements of this process, with the calls that are in progress for it.
 */
final class ServedCaller {

	private static final Logger logger = LoggerFactory.getLogger(ServedCaller.class);

	private final Association association;

	private final InetSocketAddress address;

	private final int maxInProgress;

	private final Map<Long, Execution> executions = new HashMap<>();

	private final ArrayDeque<UserMessage> answers = new ArrayDeque<>();

	private boolean leaving;

	private boolean saidSo;

	/**
	 * Makes a caller without calls.
	 * @param association where its calls come from
	 * @param maxInProgress how many of them are carried out at a time
	 */
	ServedCaller(Association association, int maxInProgress) {
		this.association = association;
		this.address = association.peerAddresses().get(0);
		this.maxInProgress = maxInProgress;
	}

	InetSocketAddress address() {
		return this.address;
	}

	/**
	 * Return whether as many calls are in progress as may be, with those whose answer
	 * waits to be sent.
	 * @return whether another one must be refused
	 */
	boolean full() {
		return this.executions.size() + this.answers.size() >= this.maxInProgress;
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
			leaveWhenIdle();
		}
	}

	void cancelAll() {
		this.answers.clear();
		this.saidSo = true;
		cancelExecutions();
	}

	/**
	 * Ends the association in order as soon as all calls are answered, so that the others
	 * may be made elsewhere.
	 */
	void leave() {
		this.leaving = true;
		leaveWhenIdle();
	}

	/**
	 * Ends the association though calls are in progress. The caller is told which they
	 * are.
	 * @return how many calls were abandoned
	 */
	int abandon() {
		if (this.saidSo) {
			return 0;
		}
		Set<Long> abandoned = Set.copyOf(this.executions.keySet());
		this.leaving = true;
		sayLeaving(abandoned);
		cancelExecutions();
		return abandoned.size();
	}

	/**
	 * Sends an answer, or lets it wait while the association takes nothing. A caller that
	 * goes on calling, and takes no answers, is dropped.
	 * @param frame the answer
	 */
	void answer(ByteBuffer frame) {
		if (this.answers.size() >= 2 * this.maxInProgress) {
			logger.warn("Association {} is aborted: {} answers wait, and it takes none", this.association,
					this.answers.size());
			this.answers.clear();
			this.saidSo = true;
			this.association.abort();
			return;
		}
		send(frame);
		leaveWhenIdle();
	}

	void writable() {
		UserMessage message = this.answers.peek();
		while (message != null && sent(message)) {
			this.answers.remove();
			message = this.answers.peek();
		}
		leaveWhenIdle();
	}

	private void cancelExecutions() {
		List.copyOf(this.executions.keySet()).forEach(this::cancel);
	}

	private void leaveWhenIdle() {
		if (!this.leaving) {
			return;
		}
		if (!this.saidSo && this.executions.isEmpty()) {
			sayLeaving(Set.of());
		}
		if (this.saidSo && this.answers.isEmpty()) {
			this.association.shutdown();
		}
	}

	private void sayLeaving(Set<Long> abandoned) {
		this.saidSo = true;
		send(RpcFrameCodec.encode(new RpcFrame.Leaving(abandoned)));
	}

	private void send(ByteBuffer frame) {
		UserMessage message = RpcFrameCodec.message(frame);
		if (!this.answers.isEmpty() || !sent(message)) {
			this.answers.add(message);
		}
	}

	private boolean sent(UserMessage message) {
		try {
			return this.association.send(message) != SendResult.WOULD_BLOCK;
		}
		catch (IllegalArgumentException ex) {
			logger.warn("An answer to {} cannot be sent", this.association, ex);
			ByteBuffer failure = RpcFrameCodec.encode(Execution.failure(RpcFrameCodec.callId(message.data()), ex));
			UserMessage instead = RpcFrameCodec.message(failure);
			return this.association.send(instead) != SendResult.WOULD_BLOCK;
		}
	}

}
