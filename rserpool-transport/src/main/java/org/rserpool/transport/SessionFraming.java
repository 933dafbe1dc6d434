package org.rserpool.transport;

import java.nio.ByteBuffer;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

import org.rserpool.runtime.UserMessage;

/**
 * The framing of a session on TCP, which carries what SCTP would carry of a message. All
 * numbers are in network byte order:
 *
 * <pre>
 * octets 0 to 3    length of the data
 * octets 4 to 7    payload protocol identifier
 * octets 8 to 9    stream
 * octet  10        flags: bit 0 for unordered; the others are 0
 * octet  11        reserved, 0
 * octets 12 to ... data
 * </pre>
 */
final class SessionFraming implements Framing {

	private static final int HEADER = 12;

	private static final int UNORDERED = 1;

	private final int maxMessageSize;

	SessionFraming(int maxMessageSize) {
		this.maxMessageSize = maxMessageSize;
	}

	@Override
	public boolean greets() {
		return true;
	}

	@Override
	public int headerSize() {
		return HEADER;
	}

	@Override
	public int padding(UserMessage message) {
		return 0;
	}

	@Override
	public void check(UserMessage message) {
		if (message.data().remaining() > this.maxMessageSize) {
			throw new IllegalArgumentException("A message of " + message.data().remaining()
					+ " octets is longer than the " + this.maxMessageSize + " that a session carries");
		}
		if (message.stream() < 0 || message.stream() > 0xffff) {
			throw new IllegalArgumentException("Stream " + message.stream() + " is not in the range 0 to 65535");
		}
	}

	@Override
	public void writeHeader(UserMessage message, ByteBuf out) {
		out.writeInt(message.data().remaining());
		out.writeInt(message.payloadProtocol());
		out.writeShort(message.stream());
		out.writeByte(message.unordered() ? UNORDERED : 0);
		out.writeByte(0);
	}

	@Override
	public @Nullable UserMessage read(ByteBuf in) throws ProtocolViolationException {
		if (in.readableBytes() < HEADER) {
			return null;
		}
		int start = in.readerIndex();
		long length = in.getUnsignedInt(start);
		if (length > this.maxMessageSize) {
			throw new ProtocolViolationException("announced a message of " + length + " octets, more than the "
					+ this.maxMessageSize + " that a session carries");
		}
		if (in.readableBytes() - HEADER < length) {
			return null;
		}
		byte[] data = new byte[(int) length];
		in.getBytes(start + HEADER, data);
		in.skipBytes(HEADER + data.length);
		return new UserMessage(in.getInt(start + 4), in.getUnsignedShort(start + 8),
				(in.getByte(start + 10) & UNORDERED) != 0, ByteBuffer.wrap(data));
	}

}
