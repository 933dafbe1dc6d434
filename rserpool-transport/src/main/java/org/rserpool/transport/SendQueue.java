package org.rserpool.transport;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

import org.rserpool.runtime.UserMessage;

/**
 * The messages of one association that the network did not take as a whole yet. They are
 * copied once, many at a time, into the buffer that the network takes them from.
 */
final class SendQueue {

	private static final int BATCH = 64 * 1024;

	private final Framing framing;

	/** Copied into a batch as a whole, but not taken as a whole. */
	private final ArrayDeque<UserMessage> copied = new ArrayDeque<>();

	/** Not copied as a whole; a part of the first one may be. */
	private final ArrayDeque<UserMessage> waiting = new ArrayDeque<>();

	/** Not to be copied before the peer is there. */
	private final ArrayDeque<UserMessage> held = new ArrayDeque<>();

	private int copiedOfFirst;

	private long octets;

	private long takenOfFirst;

	SendQueue(Framing framing) {
		this.framing = framing;
	}

	void add(UserMessage message) {
		this.waiting.add(message);
		this.octets += size(message);
	}

	/**
	 * Adds a message that waits for {@link #release}.
	 */
	void hold(UserMessage message) {
		this.held.add(message);
		this.octets += size(message);
	}

	void release() {
		this.waiting.addAll(this.held);
		this.held.clear();
	}

	/**
	 * Return how many octets the network did not take yet, with those of messages that it
	 * took a part of.
	 * @return the number of octets
	 */
	long octets() {
		return this.octets;
	}

	boolean hasWaiting() {
		return !this.waiting.isEmpty();
	}

	boolean isEmpty() {
		return this.waiting.isEmpty() && this.copied.isEmpty() && this.held.isEmpty();
	}

	ByteBuf nextBatch(ByteBufAllocator allocator) {
		int capacity = (int) Math.min(this.octets, BATCH);
		ByteBuf batch = allocator.directBuffer(capacity, capacity);
		UserMessage message = this.waiting.peek();
		while (message != null && copy(message, batch)) {
			this.waiting.remove();
			this.copied.add(message);
			this.copiedOfFirst = 0;
			message = this.waiting.peek();
		}
		return batch;
	}

	/**
	 * Notes that the network took octets.
	 * @param count how many
	 */
	void taken(long count) {
		this.takenOfFirst += count;
		UserMessage first = this.copied.peek();
		while (first != null && this.takenOfFirst >= size(first)) {
			this.takenOfFirst -= size(first);
			this.octets -= size(first);
			this.copied.remove();
			first = this.copied.peek();
		}
	}

	List<UserMessage> drain() {
		List<UserMessage> messages = new ArrayList<>(this.copied);
		messages.addAll(this.waiting);
		messages.addAll(this.held);
		this.copied.clear();
		this.waiting.clear();
		this.held.clear();
		this.octets = 0;
		return messages;
	}

	private boolean copy(UserMessage message, ByteBuf batch) {
		int header = this.framing.headerSize();
		if (this.copiedOfFirst == 0 && header > 0) {
			if (batch.writableBytes() < header) {
				return false;
			}
			this.framing.writeHeader(message, batch);
			this.copiedOfFirst = header;
		}
		ByteBuffer data = message.data();
		int behind = header + data.remaining();
		int count = Math.min(behind - this.copiedOfFirst, batch.writableBytes());
		if (count > 0) {
			append(data, this.copiedOfFirst - header, count, batch);
			this.copiedOfFirst += count;
		}
		int padding = behind + this.framing.padding(message) - this.copiedOfFirst;
		if (this.copiedOfFirst < behind || padding > batch.writableBytes()) {
			return false;
		}
		batch.writeZero(padding);
		return true;
	}

	private static void append(ByteBuffer data, int offset, int count, ByteBuf batch) {
		if (data.hasArray()) {
			batch.writeBytes(data.array(), data.arrayOffset() + data.position() + offset, count);
		}
		else {
			batch.writeBytes(data.slice(data.position() + offset, count));
		}
	}

	private int size(UserMessage message) {
		return this.framing.headerSize() + message.data().remaining() + this.framing.padding(message);
	}

}
