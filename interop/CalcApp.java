import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.rserpool.rpc.session.ElementSession;
import org.rserpool.rpc.session.MessageSession;
import org.rserpool.rpc.session.PoolSessionHandler;
import org.rserpool.rpc.session.SessionChange;
import org.rserpool.runtime.UserMessage;
import org.rserpool.wire.Octets;

/**
 * CalcApp: jobs of so many calculations, which take their time. The cookie is the job, and
 * how much of it is done. A session has one job.
 */
class CalcApp implements PoolSessionHandler {

	private static final int PROTOCOL = 34;

	private static final int REQUEST = 1;

	private static final int ACCEPT = 2;

	private static final int COMPLETE = 5;

	private static final int KEEP_ALIVE = 6;

	private static final int KEEP_ALIVE_ACK = 7;

	private static final int LENGTH = 24;

	/** How often a user asks for a sign of life. */
	private static final Duration ASK = Duration.ofSeconds(5);

	/** Calculations in a second. */
	private static final long CAPACITY = 1_000_000;

	private static final long STEP_MILLIS = 500;

	private static final long JOB = 6_000_000;

	@Override
	public void resumed(ElementSession session, Octets cookie) {
		ByteBuffer state = cookie.toBuffer();
		begin(session, new Job(state.getInt(), state.getLong(), state.getLong()));
	}

	@Override
	public void message(ElementSession session, UserMessage message) {
		ByteBuffer data = message.data();
		int type = data.getInt() >>> 24;
		int number = data.getInt();
		if (type == REQUEST) {
			begin(session, new Job(number, data.getLong(), 0));
		}
		else if (type == KEEP_ALIVE) {
			session.send(message(KEEP_ALIVE_ACK, new Job(number, 0, 0)));
		}
	}

	private static void begin(ElementSession session, Job job) {
		Node.say("job " + job.number() + " of " + job.size() + " begins at " + job.completed());
		session.send(message(ACCEPT, new Job(job.number(), 0, 0)));
		Session.THREADS.execute(() -> calculate(session, job));
	}

	private static void calculate(ElementSession session, Job job) {
		long completed = job.completed();
		while (session.isOpen() && completed < job.size()) {
			try {
				Thread.sleep(STEP_MILLIS);
			}
			catch (InterruptedException ex) {
				return;
			}
			completed = Math.min(job.size(), completed + CAPACITY * STEP_MILLIS / 1000);
			session.sendCookie(Octets.copyOf(ByteBuffer.allocate(20)
				.putInt(job.number())
				.putLong(job.size())
				.putLong(completed)
				.flip()));
			Node.say("job " + job.number() + " of " + job.size() + " is at " + completed);
		}
		session.send(message(COMPLETE, new Job(job.number(), job.size(), completed)));
	}

	private static UserMessage message(int type, Job job) {
		return new UserMessage(PROTOCOL,
				Session.header(type, LENGTH)
					.putInt(job.number())
					.putLong(job.size())
					.putLong(job.completed())
					.flip());
	}

	static void use(Session.Opening opening, AtomicBoolean ending) throws InterruptedException {
		for (int number = 1; !ending.get(); number++) {
			User user = new User(number);
			try (MessageSession session = opening.open(user)) {
				while (!user.done.await(100, TimeUnit.MILLISECONDS) && !ending.get()) {
					user.look(session);
				}
			}
		}
	}

	/**
	 * A job.
	 */
	private record Job(int number, long size, long completed) {
	}

	/**
	 * Has one job done.
	 */
	private static final class User extends Session.Heard {

		private final CountDownLatch done = new CountDownLatch(1);

		private final int number;

		private long heardNanos = System.nanoTime();

		private long askedNanos = System.nanoTime();

		private String cookieFrom = "";

		private User(int number) {
			this.number = number;
		}

		synchronized void look(MessageSession session) {
			if (session.hasCookie() && !this.element.equals(this.cookieFrom)) {
				this.cookieFrom = this.element;
				Node.say("job " + this.number + " in progress by " + this.element + ", with a cookie");
			}
			if (System.nanoTime() - this.heardNanos > Session.ANSWER.toNanos()) {
				this.heardNanos = System.nanoTime();
				session.failOver(true, "no sign of life");
			}
			else if (session.element() != null && System.nanoTime() - this.askedNanos > ASK.toNanos()) {
				this.askedNanos = System.nanoTime();
				session.send(CalcApp.message(KEEP_ALIVE, new Job(this.number, 0, 0)));
			}
		}

		@Override
		public synchronized void connected(MessageSession session, SessionChange change) {
			super.connected(session, change);
			this.heardNanos = System.nanoTime();
			if (!change.cookieEchoed()) {
				session.send(CalcApp.message(REQUEST, new Job(this.number, JOB, 0)));
			}
		}

		@Override
		public synchronized void message(MessageSession session, UserMessage message) {
			this.heardNanos = System.nanoTime();
			ByteBuffer data = message.data();
			int type = data.getInt() >>> 24;
			if (message.payloadProtocol() != PROTOCOL || data.getInt() != this.number) {
				Node.say("WRONG " + message);
			}
			else if (type == KEEP_ALIVE) {
				session.send(CalcApp.message(KEEP_ALIVE_ACK, new Job(this.number, 0, 0)));
			}
			else if (type == ACCEPT) {
				Node.say("job " + this.number + " accepted by " + this.element);
			}
			else if (type == COMPLETE) {
				boolean whole = data.getLong() == JOB && data.getLong() == JOB;
				Node.say((whole ? "job " : "WRONG job ") + this.number + " completed by " + this.element);
				this.done.countDown();
			}
			else if (type != KEEP_ALIVE_ACK) {
				Node.say("WRONG type " + type + " for job " + this.number);
				this.done.countDown();
			}
		}

	}

}
