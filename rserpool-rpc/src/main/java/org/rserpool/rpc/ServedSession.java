package org.rserpool.rpc;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * A session that an element serves: carries its calls out one after another, in the order
 * in which they arrive. All but its memory belongs to the loop.
 */
final class ServedSession {

	/** How many calls may wait for the one that is in progress. */
	static final int MAXIMUM_WAITING = 16;

	private final SessionMemory memory;

	private final ArrayDeque<SessionExecution> calls = new ArrayDeque<>();

	private @Nullable ServedCaller again;

	private long againCallId;

	private long lastUsedMillis;

	private int counted;

	ServedSession(SessionMemory memory) {
		this.memory = memory;
	}

	SessionMemory memory() {
		return this.memory;
	}

	boolean idle() {
		return this.calls.isEmpty();
	}

	boolean full() {
		return this.calls.size() > MAXIMUM_WAITING;
	}

	long lastUsedMillis() {
		return this.lastUsedMillis;
	}

	void used(long millis) {
		this.lastUsedMillis = millis;
	}

	/**
	 * Return with how many octets it is counted.
	 */
	int counted() {
		return this.counted;
	}

	void counted(int octets) {
		this.counted = octets;
	}

	/**
	 * A call arrived that may be in progress already. If it is, its answer goes to who
	 * asked last.
	 * @param number which call
	 * @param by who asks
	 * @param callId what the call is called there
	 * @return whether it is in progress
	 */
	boolean repeated(long number, ServedCaller by, long callId) {
		SessionExecution running = this.calls.peek();
		if (running == null || running.number() != number) {
			return false;
		}
		this.again = by;
		this.againCallId = callId;
		return true;
	}

	/**
	 * Adds a call.
	 * @param call the call
	 * @param start begins it
	 */
	void add(SessionExecution call, Consumer<SessionExecution> start) {
		this.calls.add(call);
		if (this.calls.size() == 1) {
			start.accept(call);
		}
	}

	/**
	 * A call ended, or will never begin.
	 * @param call the call
	 * @param start begins the next one
	 */
	void ended(SessionExecution call, Consumer<SessionExecution> start) {
		boolean running = this.calls.peek() == call;
		this.calls.remove(call);
		if (running) {
			this.again = null;
			SessionExecution next = this.calls.peek();
			if (next != null) {
				start.accept(next);
			}
		}
	}

	/**
	 * Answers a call that is in progress.
	 * @param call the call
	 * @param answer the frame
	 * @param attached whether who asked first still waits
	 */
	void answer(SessionExecution call, ByteBuffer answer, boolean attached) {
		ServedCaller asking = this.again;
		if (this.calls.peek() == call && asking != null && !asking.isGone()) {
			asking.answer(RpcFrameCodec.readdressed(answer, this.againCallId));
		}
		else if (attached) {
			call.caller().answer(RpcFrameCodec.readdressed(answer, call.callId()));
		}
	}

}
