package org.rserpool.rpc.session;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.rserpool.runtime.DownReason;
import org.rserpool.runtime.UserMessage;
import org.rserpool.wire.Octets;

/**
 * Numbers the messages of a session: its state is the number of the last answer, which it
 * gives the user as a cookie. Fails as often as it is told to.
 */
class Counter implements PoolSessionHandler {

	static final int PROTOCOL = 33;

	final List<String> events = new CopyOnWriteArrayList<>();

	final List<ElementSession> sessions = new CopyOnWriteArrayList<>();

	private volatile int failsAt = -1;

	void failAt(int number) {
		this.failsAt = number;
	}

	@Override
	public void opened(ElementSession session) {
		this.sessions.add(session);
		session.attributes().put("count", 0);
		this.events.add("opened");
	}

	@Override
	public void resumed(ElementSession session, Octets cookie) {
		session.attributes().put("count", cookie.toBuffer().getInt());
		this.events.add("resumed");
	}

	@Override
	public void message(ElementSession session, UserMessage message) {
		int number = 1 + (int) session.attributes().get("count");
		if (number == this.failsAt) {
			this.failsAt = -1;
			session.abort();
			return;
		}
		session.attributes().put("count", number);
		ByteBuffer answer = ByteBuffer.allocate(8).putInt(message.data().getInt()).putInt(number).flip();
		session.sendCookie(Octets.copyOf(ByteBuffer.allocate(4).putInt(0, number)));
		session.send(new UserMessage(PROTOCOL, message.stream(), false, answer));
	}

	@Override
	public void closed(ElementSession session, DownReason reason, String detail) {
		this.sessions.remove(session);
		this.events.add("closed");
	}

}
