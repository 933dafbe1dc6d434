package org.rserpool.rpc;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
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

	private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();

	private int answers;

	private boolean welcomed;

	private boolean leaving;

	private boolean saidSo;

	private boolean gone;

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

	Association association() {
		return this.association;
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
		return this.executions.size() + this.answers >= this.maxInProgress;
	}

	boolean add(Execution execution) {
		return this.executions.putIfAbsent(execution.callId(), execution) == null;
	}

	boolean remove(Execution execution) {
		execution.stopTimer();
		return this.executions.remove(execution.callId(), execution);
	}

	@Nullable Execution execution(long callId) {
		return this.executions.get(callId);
	}

	boolean has(Execution execution) {
		return this.executions.get(execution.callId()) == execution;
	}

	/**
	 * Says which process serves the association, before anything else.
	 * @param instance the process
	 */
	void welcome(long instance) {
		if (!this.welcomed) {
			this.welcomed = true;
			send(RpcFrameCodec.encode(new RpcFrame.Welcome(instance)), null);
		}
	}

	boolean isGone() {
		return this.gone;
	}

	/**
	 * Forgets all calls, as the association is gone.
	 * @return the calls that were in progress
	 */
	List<Execution> gone() {
		this.gone = true;
		this.waiting.clear();
		this.saidSo = true;
		List<Execution> orphans = List.copyOf(this.executions.values());
		this.executions.clear();
		return orphans;
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
	 * @return the calls that are abandoned
	 */
	List<Execution> abandon() {
		if (this.saidSo) {
			return List.of();
		}
		List<Execution> abandoned = List.copyOf(this.executions.values());
		this.leaving = true;
		sayLeaving(Set.copyOf(this.executions.keySet()));
		this.executions.clear();
		leaveWhenIdle();
		return abandoned;
	}

	/**
	 * Sends an answer, or lets it wait while the association takes nothing. A caller that
	 * goes on calling, and takes no answers, is dropped.
	 * @param frame the answer
	 */
	void answer(ByteBuffer frame) {
		if (this.answers >= 2 * this.maxInProgress) {
			logger.warn("Association {} is aborted: {} answers wait, and it takes none", this.association,
					this.answers);
			this.waiting.clear();
			this.saidSo = true;
			this.association.abort();
			return;
		}
		send(frame, null);
		leaveWhenIdle();
	}

	/**
	 * Sends an item of a stream, or lets it wait.
	 * @param frame the item
	 * @param sent run when the association took it
	 */
	void item(ByteBuffer frame, Runnable sent) {
		send(frame, sent);
	}

	void writable() {
		Waiting next = this.waiting.peek();
		while (next != null && sent(next.message())) {
			this.waiting.remove();
			if (next.sent() == null) {
				this.answers--;
			}
			else {
				next.sent().run();
			}
			next = this.waiting.peek();
		}
		leaveWhenIdle();
	}

	void leaveWhenIdle() {
		if (!this.leaving) {
			return;
		}
		if (!this.saidSo && this.executions.isEmpty()) {
			sayLeaving(Set.of());
		}
		if (this.saidSo && this.waiting.isEmpty()) {
			this.association.shutdown();
		}
	}

	private void sayLeaving(Set<Long> abandoned) {
		this.saidSo = true;
		send(RpcFrameCodec.encode(new RpcFrame.Leaving(abandoned)), null);
	}

	private void send(ByteBuffer frame, @Nullable Runnable sent) {
		UserMessage message = RpcFrameCodec.message(frame);
		if (!this.waiting.isEmpty() || !sent(message)) {
			this.waiting.add(new Waiting(message, sent));
			this.answers += (sent == null) ? 1 : 0;
		}
		else if (sent != null) {
			sent.run();
		}
	}

	private boolean sent(UserMessage message) {
		try {
			return this.association.send(message) != SendResult.WOULD_BLOCK;
		}
		catch (IllegalArgumentException ex) {
			logger.warn("An answer to {} cannot be sent", this.association, ex);
			long callId = RpcFrameCodec.callId(message.data());
			Execution streaming = this.executions.remove(callId);
			if (streaming != null) {
				streaming.stopTimer();
				streaming.cancel();
			}
			ByteBuffer failure = RpcFrameCodec.encode(Execution.failure(callId, ex));
			UserMessage instead = RpcFrameCodec.message(failure);
			return this.association.send(instead) != SendResult.WOULD_BLOCK;
		}
	}

	/**
	 * A frame that waits to be sent.
	 *
	 * @param message the frame
	 * @param sent run when it is sent; {@code null} for one that is no item of a stream
	 */
	private record Waiting(UserMessage message, @Nullable Runnable sent) {
	}

}
