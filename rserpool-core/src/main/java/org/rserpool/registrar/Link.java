package org.rserpool.registrar;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.rserpool.runtime.Association;
import org.rserpool.runtime.UserMessage;
import org.rserpool.wire.Message;

/**
 * An association with an element, a user or a peer, and what waits to be sent over it.
 */
class Link {

	/** How many messages may wait; a peer that is slower than this is given up. */
	static final int MAX_WAITING = 4096;

	/** After how many messages that cannot be read the association is ended. */
	static final int MAX_FAILURES = 10;

	private final Parts parts;

	private final Association association;

	private final int payloadProtocol;

	private final Deque<Supplier<? extends Message>> beforeUp = new ArrayDeque<>();

	private final Deque<UserMessage> blocked = new ArrayDeque<>();

	private boolean up;

	private boolean down;

	private int failures;

	Link(Parts parts, Association association, int payloadProtocol) {
		this.parts = parts;
		this.association = association;
		this.payloadProtocol = payloadProtocol;
	}

	final Association association() {
		return this.association;
	}

	final boolean isUp() {
		return this.up && !this.down;
	}

	final boolean wasUp() {
		return this.up;
	}

	final boolean isUsable() {
		return !this.down;
	}

	/**
	 * Sends a message. If the association ends before, its end is all that is heard.
	 */
	final void send(Message message) {
		if (this.down) {
			this.parts.count(Counters.NOT_SENT);
		}
		else {
			transmit(message);
		}
	}

	/**
	 * Sends a message that is made only when the association is up.
	 */
	final void sendWhenUp(Supplier<? extends Message> message) {
		if (this.down) {
			this.parts.count(Counters.NOT_SENT);
		}
		else if (this.up) {
			transmit(message.get());
		}
		else if (this.beforeUp.size() < MAX_WAITING) {
			this.beforeUp.add(message);
		}
		else {
			abort("more than " + MAX_WAITING + " messages wait for the association");
		}
	}

	final void becameUp() {
		this.up = true;
		while (!this.beforeUp.isEmpty() && !this.down) {
			transmit(this.beforeUp.remove().get());
		}
	}

	final void becameDown() {
		this.down = true;
		this.beforeUp.clear();
		this.blocked.clear();
	}

	final void writable() {
		UserMessage message = this.blocked.peek();
		while (message != null && !this.down) {
			Association.SendResult result = this.association.send(message);
			if (result == Association.SendResult.WOULD_BLOCK) {
				return;
			}
			this.blocked.remove();
			message = this.blocked.peek();
		}
		if (!this.down) {
			drained();
		}
	}

	/**
	 * Return whether messages wait until the association takes them.
	 */
	final boolean isBlocked() {
		return !this.blocked.isEmpty();
	}

	/**
	 * Nothing waits any more.
	 */
	void drained() {
	}

	private void transmit(Message message) {
		ByteBuffer octets = encode(message);
		if (octets == null) {
			return;
		}
		this.parts.messages().sent(message);
		UserMessage userMessage = new UserMessage(this.payloadProtocol, octets);
		if (!this.blocked.isEmpty() || this.association.send(userMessage) == Association.SendResult.WOULD_BLOCK) {
			if (this.blocked.size() == MAX_WAITING) {
				abort("more than " + MAX_WAITING + " messages wait to be taken");
			}
			else {
				this.blocked.add(userMessage);
			}
		}
	}

	private @Nullable ByteBuffer encode(Message message) {
		try {
			return this.parts.codec().encode(message);
		}
		catch (IllegalArgumentException ex) {
			this.parts.count(Counters.NOT_SENT);
			this.parts.listener().protocolError(this.association, "Cannot send: " + ex.getMessage());
			return null;
		}
	}

	/**
	 * Counts a message that could not be read.
	 */
	final void failed(String reason) {
		this.parts.count(Counters.PARSE_ERRORS);
		this.parts.listener().protocolError(this.association, reason);
		if (++this.failures == MAX_FAILURES) {
			abort(MAX_FAILURES + " messages could not be read");
		}
	}

	final void abort(String reason) {
		this.parts.listener().protocolError(this.association, "Association ended: " + reason);
		this.association.abort();
	}

}
