package org.rserpool.transport;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.rserpool.runtime.UserMessage;

/**
 * Puts the messages of one association together, and holds no more than one message may
 * have.
 */
final class SctpAssembly {

	private final int maxSize;

	/** What arrived of a message that the kernel gives out in pieces. */
	private final ByteArrayOutputStream pieces = new ByteArrayOutputStream();

	/** What arrived of messages that the peer sent in parts, by stream. */
	private final Map<Integer, ByteArrayOutputStream> parts = new HashMap<>();

	private long octetsOfParts;

	SctpAssembly(int maxSize) {
		this.maxSize = maxSize;
	}

	/**
	 * Takes what was received.
	 * @param protocol the payload protocol identifier
	 * @param stream the stream
	 * @param unordered whether the message is unordered
	 * @param complete whether the message ends here
	 * @param data the octets
	 * @return the message, or {@code null} if there is none for the role yet
	 * @throws ProtocolViolationException if the message is too long
	 */
	@Nullable UserMessage receive(int protocol, int stream, boolean unordered, boolean complete, ByteBuffer data)
			throws ProtocolViolationException {
		if (this.pieces.size() + data.remaining() > this.maxSize + SctpEnvelope.HEADER) {
			throw tooLong();
		}
		ByteBuffer whole;
		if (complete && this.pieces.size() == 0) {
			whole = ByteBuffer.allocate(data.remaining()).put(data).flip();
		}
		else {
			append(this.pieces, data);
			if (!complete) {
				return null;
			}
			whole = ByteBuffer.wrap(this.pieces.toByteArray());
			this.pieces.reset();
		}
		if (protocol == SctpEnvelope.PROTOCOL) {
			return SctpEnvelope.isPart(whole) ? part(stream, whole) : null;
		}
		if (whole.remaining() > this.maxSize) {
			throw tooLong();
		}
		return new UserMessage(protocol, stream, unordered, whole);
	}

	private @Nullable UserMessage part(int stream, ByteBuffer part) throws ProtocolViolationException {
		int flags = part.get(1);
		int protocol = part.getInt(4);
		part.position(SctpEnvelope.HEADER);
		this.octetsOfParts += part.remaining();
		if (this.octetsOfParts > this.maxSize) {
			throw tooLong();
		}
		ByteArrayOutputStream before = this.parts.computeIfAbsent(stream, (key) -> new ByteArrayOutputStream());
		append(before, part);
		if ((flags & SctpEnvelope.LAST) == 0) {
			return null;
		}
		this.parts.remove(stream);
		this.octetsOfParts -= before.size();
		return new UserMessage(protocol, stream, (flags & SctpEnvelope.UNORDERED) != 0,
				ByteBuffer.wrap(before.toByteArray()));
	}

	private ProtocolViolationException tooLong() {
		return new ProtocolViolationException("sent a message of more than the " + this.maxSize + " octets allowed");
	}

	private static void append(ByteArrayOutputStream out, ByteBuffer data) {
		byte[] octets = new byte[data.remaining()];
		data.get(octets);
		out.writeBytes(octets);
	}

}
