import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;

import org.rserpool.rpc.session.ElementSession;
import org.rserpool.rpc.session.MessageSession;
import org.rserpool.rpc.session.PoolSessionHandler;
import org.rserpool.rpc.session.SessionChange;
import org.rserpool.runtime.UserMessage;
import org.rserpool.wire.Octets;

/**
 * Ping-pong: each ping is answered, and the answers are numbered. The cookie is the number
 * of the next one.
 */
class PingPong implements PoolSessionHandler {

	private static final int PROTOCOL = 33;

	private static final byte[] MAGIC = "<PP-TD1>".getBytes(StandardCharsets.US_ASCII);

	@Override
	public void opened(ElementSession session) {
		session.attributes().put("next", 1L);
	}

	@Override
	public void resumed(ElementSession session, Octets cookie) {
		session.attributes().put("next", cookie.toBuffer().getLong(MAGIC.length));
	}

	@Override
	public void message(ElementSession session, UserMessage message) {
		ByteBuffer ping = message.data();
		ping.getInt();
		long number = (long) session.attributes().get("next");
		session.attributes().put("next", number + 1);
		ByteBuffer pong = Session.header(2, ping.remaining() + 12).putLong(ping.getLong()).putLong(number).put(ping);
		session.send(new UserMessage(PROTOCOL, pong.flip()));
		session.sendCookie(Octets.copyOf(ByteBuffer.allocate(16).put(MAGIC).putLong(number + 1).flip()));
	}

	static void use(Session.Opening opening, AtomicBoolean ending) throws InterruptedException {
		User user = new User();
		try (MessageSession session = opening.open(user)) {
			while (!ending.get()) {
				Thread.sleep(100);
				user.next(session);
			}
		}
	}

	/**
	 * Sends the next ping when the one before is answered, and one that was not answered
	 * again after a failover.
	 */
	private static final class User extends Session.Heard {

		private long sent;

		private long answered;

		private long reply;

		private int gaps;

		private int repeated;

		private long sentNanos;

		synchronized void next(MessageSession session) {
			if (this.element.isEmpty()) {
				return;
			}
			if (this.sent == this.answered) {
				this.sent++;
				ping(session);
			}
			else if (System.nanoTime() - this.sentNanos > Session.ANSWER.toNanos()) {
				this.sentNanos = System.nanoTime();
				session.failOver(true, "no answer");
			}
		}

		private void ping(MessageSession session) {
			this.sentNanos = System.nanoTime();
			byte[] text = ("ping " + this.sent).getBytes(StandardCharsets.US_ASCII);
			session.send(
					new UserMessage(PROTOCOL, Session.header(1, 12 + text.length).putLong(this.sent).put(text).flip()));
		}

		@Override
		public synchronized void connected(MessageSession session, SessionChange change) {
			super.connected(session, change);
			if (this.sent > this.answered) {
				ping(session);
			}
		}

		@Override
		public synchronized void message(MessageSession session, UserMessage message) {
			ByteBuffer pong = message.data();
			if (message.payloadProtocol() != PROTOCOL || pong.getInt() >>> 24 != 2 || pong.getLong() != this.sent) {
				Node.say("WRONG " + message);
				return;
			}
			long number = pong.getLong();
			// The cookie follows the answer, so an element may die between the two.
			this.gaps += (number > this.reply + 1) ? 1 : 0;
			this.repeated += (number <= this.reply) ? 1 : 0;
			this.reply = number;
			this.answered = this.sent;
			Node.say(this.answered + " answers, " + this.gaps + " gaps, " + this.repeated + " repeated, reply " + number
					+ " of " + this.element);
		}

	}

}
