package org.rserpool.rpc.session;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import org.rserpool.rpc.RSerPoolException;
import org.rserpool.runtime.Association.SendResult;
import org.rserpool.runtime.UserMessage;
import org.rserpool.session.SessionProtocol;
import org.rserpool.wire.PoolHandle;

/**
 * What a session is to send, while the association takes no more. On the loop.
 */
final class Outbox {

	/** How many octets may wait. */
	static final int LIMIT = 16 * 1024 * 1024;

	/** What a message takes beside its octets. */
	private static final int MESSAGE_OCTETS = 64;

	private final PoolHandle pool;

	private final Function<UserMessage, SendResult> association;

	private final Deque<Waiting> waiting = new ArrayDeque<>();

	private long octets;

	Outbox(PoolHandle pool, Function<UserMessage, SendResult> association) {
		this.pool = pool;
		this.association = association;
	}

	/**
	 * Refuses messages that are not for the data channel.
	 */
	static void check(UserMessage message) {
		if (message.payloadProtocol() == UserMessage.ASAP) {
			throw new IllegalArgumentException("Payload protocol 11 (ASAP) is for the control channel");
		}
		if (SessionProtocol.isHeartbeat(message)) {
			throw new IllegalArgumentException("Payload protocol 0x" + Integer.toHexString(SessionProtocol.HEARTBEAT)
					+ " is for heartbeats of the session");
		}
	}

	void send(UserMessage message, CompletableFuture<Void> taken) {
		if (!this.waiting.isEmpty() || !attempt(message, taken)) {
			int size = message.data().remaining() + MESSAGE_OCTETS;
			if (this.octets + size > LIMIT) {
				taken.completeExceptionally(failure("so much waits to be sent already that no more is taken"));
				return;
			}
			this.octets += size;
			this.waiting.add(new Waiting(message, taken, size));
		}
	}

	/**
	 * Sends what waits, as far as the association takes it.
	 */
	void flush() {
		while (!this.waiting.isEmpty()) {
			Waiting next = this.waiting.element();
			if (!attempt(next.message(), next.taken())) {
				return;
			}
			this.waiting.remove();
			this.octets -= next.size();
		}
	}

	/**
	 * Fails all that waits.
	 */
	void fail(String reason) {
		List<Waiting> failed = List.copyOf(this.waiting);
		this.waiting.clear();
		this.octets = 0;
		failed.forEach((each) -> each.taken().completeExceptionally(failure(reason)));
	}

	RSerPoolException failure(String reason) {
		return new RSerPoolException("A message of a session with pool " + this.pool + " was not sent: " + reason,
				this.pool, List.of(), null);
	}

	/**
	 * Tries to send.
	 * @return whether that is settled, for better or worse
	 */
	private boolean attempt(UserMessage message, CompletableFuture<Void> taken) {
		try {
			SendResult result = this.association.apply(message);
			if (result == SendResult.QUEUED) {
				taken.complete(null);
			}
			else if (result == SendResult.CLOSED) {
				taken.completeExceptionally(failure("the association is gone"));
			}
			return result != SendResult.WOULD_BLOCK;
		}
		catch (IllegalArgumentException ex) {
			taken.completeExceptionally(ex);
			return true;
		}
	}

	/**
	 * A message that waits.
	 */
	private record Waiting(UserMessage message, CompletableFuture<Void> taken, int size) {
	}

}
