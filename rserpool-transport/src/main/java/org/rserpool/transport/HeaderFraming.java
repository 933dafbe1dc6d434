package org.rserpool.transport;

import java.nio.ByteBuffer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import org.jspecify.annotations.Nullable;

import org.rserpool.runtime.UserMessage;

/**
 * The framing of ASAP and ENRP messages on TCP: the length in the message header (RFC
 * 5354, section 2), rounded up to a multiple of 4 octets, says where the next message
 * begins. A message is delivered with its padding, as SCTP would.
 */
final class HeaderFraming implements Framing {

	private static final int HEADER = 4;

	private final String protocol;

	private final int payloadProtocol;

	HeaderFraming(String protocol, int payloadProtocol) {
		this.protocol = protocol;
		this.payloadProtocol = payloadProtocol;
	}

	@Override
	public boolean greets() {
		return false;
	}

	@Override
	public int headerSize() {
		return 0;
	}

	@Override
	public int padding(UserMessage message) {
		return -message.data().remaining() & 3;
	}

	@Override
	public void check(UserMessage message) {
		if (message.payloadProtocol() != this.payloadProtocol) {
			throw new IllegalArgumentException("A message with payload protocol identifier "
					+ Integer.toUnsignedString(message.payloadProtocol()) + " cannot travel over TCP where "
					+ this.protocol + " (" + this.payloadProtocol + ") does");
		}
		ByteBuffer data = message.data();
		int size = data.remaining();
		int length = (size >= HEADER) ? length(data) : 0;
		if (length < HEADER || padded(length) != padded(size)) {
			throw new IllegalArgumentException("An " + this.protocol + " message of " + size
					+ " octets with a length field of " + length + " cannot be framed");
		}
	}

	@Override
	public void writeHeader(UserMessage message, ByteBuf out) {
	}

	@Override
	public @Nullable UserMessage read(ByteBuf in) throws ProtocolViolationException {
		if (in.readableBytes() < HEADER) {
			return null;
		}
		int length = in.getUnsignedShort(in.readerIndex() + 2);
		if (length < HEADER) {
			throw new ProtocolViolationException("sent what is no " + this.protocol + " message: the header 0x"
					+ ByteBufUtil.hexDump(in, in.readerIndex(), HEADER) + " gives a length of " + length);
		}
		int size = padded(length);
		if (in.readableBytes() < size) {
			return null;
		}
		byte[] data = new byte[size];
		in.readBytes(data);
		return new UserMessage(this.payloadProtocol, ByteBuffer.wrap(data));
	}

	private static int length(ByteBuffer data) {
		return (data.get(data.position() + 2) & 0xff) << 8 | (data.get(data.position() + 3) & 0xff);
	}

	private static int padded(int length) {
		return (length + 3) & ~3;
	}

}
