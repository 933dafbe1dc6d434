package org.rserpool.rpc.session;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.rserpool.rpc.RSerPoolException;
import org.rserpool.runtime.UserMessage;
import org.rserpool.wire.PoolElement;

/**
 * Sends numbers, one after the answer to the one before, and again after a failover.
 */
class CountingUser implements MessageSessionListener {

	final List<String> events = new CopyOnWriteArrayList<>();

	final List<Integer> sent = new CopyOnWriteArrayList<>();

	final List<Integer> answers = new CopyOnWriteArrayList<>();

	final List<Integer> elements = new CopyOnWriteArrayList<>();

	volatile RSerPoolException failure;

	private int next = 1;

	private final int last;

	CountingUser(int last) {
		this.last = last;
	}

	@Override
	public void connected(MessageSession session, SessionChange change) {
		this.events.add((change.failover() ? "failover" : "new") + (change.cookieEchoed() ? " with cookie" : ""));
		this.elements.add(change.to().identifier());
		send(session);
	}

	@Override
	public void message(MessageSession session, UserMessage message) {
		ByteBuffer data = message.data();
		this.sent.add(data.getInt());
		this.answers.add(data.getInt());
		this.next++;
		send(session);
	}

	@Override
	public void lost(MessageSession session, PoolElement element, String reason) {
		this.events.add("lost " + element.identifier());
	}

	@Override
	public void failed(MessageSession session, RSerPoolException cause) {
		this.failure = cause;
	}

	private void send(MessageSession session) {
		if (this.next <= this.last) {
			session.send(new UserMessage(Counter.PROTOCOL, ByteBuffer.allocate(4).putInt(0, this.next)));
		}
	}

}
