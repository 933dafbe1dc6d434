package org.rserpool.rpc;

import java.util.ArrayList;
import java.util.List;

import org.rserpool.runtime.Association.SendResult;
import org.rserpool.runtime.UserMessage;
import org.rserpool.session.ElementChannel;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;

/**
 * A channel to an element that a test plays.
 */
final class FakeChannel implements ElementChannel {

	private final PoolElement element;

	final List<UserMessage> sent = new ArrayList<>();

	SendResult sendResult = SendResult.QUEUED;

	/** How many messages it takes before too much waits there. */
	int room = Integer.MAX_VALUE;

	boolean closed;

	FakeChannel(PoolElement element) {
		this.element = element;
	}

	RpcFrame last() throws RpcFrameException {
		return RpcFrameCodec.decode(this.sent.get(this.sent.size() - 1).data());
	}

	RpcFrame.Request request() throws RpcFrameException {
		return (RpcFrame.Request) last();
	}

	@Override
	public PoolHandle pool() {
		return PoolHandle.of("pool");
	}

	@Override
	public PoolElement element() {
		return this.element;
	}

	@Override
	public boolean up() {
		return true;
	}

	@Override
	public SendResult send(UserMessage message) {
		if (this.sendResult == SendResult.QUEUED) {
			if (this.room == 0) {
				return SendResult.WOULD_BLOCK;
			}
			this.room--;
			this.sent.add(message);
		}
		return this.sendResult;
	}

	@Override
	public void close() {
		this.closed = true;
	}

}
