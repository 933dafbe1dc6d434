package org.rserpool.transport;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import org.rserpool.runtime.UserMessage;

/**
 * What this transport itself sends between its own endpoints: an opener, as an
 * association from a listening port cannot be set up without data, and messages that SCTP
 * cannot carry as one, because they are empty or longer than the send buffer. Peers of
 * another make drop what they do not know. All numbers are in network byte order:
 *
 * <pre>
 * octet  0         0 for an opener, 1 for a part of a message
 * octet  1         flags: bit 0 for the last part, bit 1 for unordered
 * octets 2 to 3    opener: 8; part: reserved, 0
 * octets 4 to 7    opener: number of the attempt (16 bits), and 4 (16 bits); part: payload protocol identifier
 * octets 8 to ...  part: data
 * </pre>
 *
 * Who reads an opener as a message of ASAP or ENRP, as by its port, finds an unknown
 * message with an empty parameter that is unknown, too.
 */
final class SctpEnvelope {

	/** The payload protocol identifier: the letters RSPS. */
	static final int PROTOCOL = 0x52535053;

	static final int HEADER = 8;

	/** Numbers of attempts are none of a parameter of ASAP or ENRP. */
	static final int FIRST_ATTEMPT = 0xc000;

	static final int LAST_ATTEMPT = 0xfeff;

	/** What a part carries at most, so that parts of several messages take turns. */
	static final int MAX_PART = 16 * 1024;

	static final int LAST = 1;

	static final int UNORDERED = 2;

	private static final byte OPENER = 0;

	private static final byte PART = 1;

	private SctpEnvelope() {
	}

	static ByteBuffer opener(int attempt) {
		return ByteBuffer.allocate(HEADER)
			.put(OPENER)
			.putShort(2, (short) HEADER)
			.putShort(4, (short) attempt)
			.putShort(6, (short) 4)
			.rewind();
	}

	/**
	 * Returns the number of the attempt that an opener was sent for.
	 * @param data the message
	 * @return the number, or 0 if it is no opener
	 */
	static int attempt(ByteBuffer data) {
		return (data.remaining() == HEADER && data.get(data.position()) == OPENER)
				? data.getShort(data.position() + 4) & 0xffff : 0;
	}

	static boolean isPart(ByteBuffer data) {
		return data.remaining() >= HEADER && data.get(data.position()) == PART;
	}

	/**
	 * Divides a message. The parts are ordered, as they are put together in their order.
	 * @param message the message
	 * @return at least one part
	 */
	static List<UserMessage> parts(UserMessage message) {
		ByteBuffer data = message.data().duplicate();
		List<UserMessage> parts = new ArrayList<>();
		do {
			int size = Math.min(data.remaining(), MAX_PART);
			ByteBuffer part = ByteBuffer.allocate(HEADER + size);
			boolean last = size == data.remaining();
			part.put(PART).put((byte) ((last ? LAST : 0) | (message.unordered() ? UNORDERED : 0)));
			part.putInt(4, message.payloadProtocol()).position(HEADER);
			part.put(data.slice(data.position(), size)).flip();
			data.position(data.position() + size);
			parts.add(new UserMessage(PROTOCOL, message.stream(), false, part));
		}
		while (data.hasRemaining());
		return parts;
	}

}
