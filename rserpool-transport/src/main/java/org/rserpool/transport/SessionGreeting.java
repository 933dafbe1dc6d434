package org.rserpool.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

/**
 * What each side of a session sends first on TCP, so that a stranger is known at once:
 * the letters RSPS, the version 1, and three octets that are reserved, sent as 0 and not
 * looked at. The side that connected greets first, and may send messages right behind it;
 * the other side answers.
 */
final class SessionGreeting {

	private static final byte[] OCTETS = { 'R', 'S', 'P', 'S', 1, 0, 0, 0 };

	private static final int MAGIC = 4;

	private static final int VERSION = 4;

	/** Outside the heap, where the network takes it from without a copy. */
	private static final ByteBuf GREETING = Unpooled
		.unreleasableBuffer(Unpooled.directBuffer(OCTETS.length).writeBytes(OCTETS))
		.asReadOnly();

	private SessionGreeting() {
	}

	static ByteBuf toBuffer() {
		return GREETING.duplicate();
	}

	/**
	 * Takes the peer's greeting.
	 * @param in what arrived; nothing is taken from it if it holds no whole greeting yet
	 * @return whether the greeting came
	 * @throws ProtocolViolationException if the octets begin no greeting that is
	 * understood
	 */
	static boolean read(ByteBuf in) throws ProtocolViolationException {
		int start = in.readerIndex();
		int size = Math.min(in.readableBytes(), OCTETS.length);
		for (int index = 0; index < Math.min(size, MAGIC); index++) {
			if (in.getByte(start + index) != OCTETS[index]) {
				throw new ProtocolViolationException("does not speak the session protocol: it began with 0x"
						+ ByteBufUtil.hexDump(in, start, Math.min(size, MAGIC)));
			}
		}
		if (size > VERSION && in.getByte(start + VERSION) != OCTETS[VERSION]) {
			throw new ProtocolViolationException("speaks version " + in.getUnsignedByte(start + VERSION)
					+ " of the session protocol, not version " + OCTETS[VERSION]);
		}
		if (size < OCTETS.length) {
			return false;
		}
		in.skipBytes(OCTETS.length);
		return true;
	}

}
