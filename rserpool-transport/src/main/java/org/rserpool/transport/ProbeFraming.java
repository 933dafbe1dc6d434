package org.rserpool.transport;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

import org.rserpool.runtime.UserMessage;

/**
 * The framing of connections that carry nothing. What a peer says of itself is dropped.
 */
final class ProbeFraming implements Framing {

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
		return 0;
	}

	@Override
	public void check(UserMessage message) {
		throw new IllegalArgumentException("A connection that only probes a peer carries no message");
	}

	@Override
	public void writeHeader(UserMessage message, ByteBuf out) {
		check(message);
	}

	@Override
	public @Nullable UserMessage read(ByteBuf in) {
		in.skipBytes(in.readableBytes());
		return null;
	}

}
