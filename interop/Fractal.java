import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
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
 * Fractal images: the points of an image come in pieces. The cookie is what was asked for,
 * and the point that is next.
 */
class Fractal implements PoolSessionHandler {

	private static final int PROTOCOL = 32;

	private static final byte[] MAGIC = "<FG-TD1>".getBytes(StandardCharsets.US_ASCII);

	private static final int PARAMETER_LENGTH = 60;

	private static final int POINTS = 324;

	private static final int PIECES_FOR_A_COOKIE = 5;

	private static final int END = -1;

	/** So that there is time for failures. */
	private static final long PIECE_MILLIS = 60;

	@Override
	public void resumed(ElementSession session, Octets cookie) {
		ByteBuffer state = cookie.toBuffer();
		byte[] parameter = new byte[PARAMETER_LENGTH];
		state.position(MAGIC.length).get(parameter);
		begin(session, parameter, state.getInt(), state.getInt());
	}

	@Override
	public void message(ElementSession session, UserMessage message) {
		byte[] parameter = new byte[PARAMETER_LENGTH];
		message.data().get(parameter);
		begin(session, parameter, 0, 0);
	}

	private static void begin(ElementSession session, byte[] parameter, int x, int y) {
		Node.say("image begins at " + x + "," + y);
		Session.THREADS.execute(() -> draw(session, parameter, x, y));
	}

	private static void draw(ElementSession session, byte[] parameter, int x, int y) {
		Image image = Image.of(ByteBuffer.wrap(parameter));
		long all = (long) image.width() * image.height();
		int pieces = 0;
		for (long from = (long) y * image.width() + x; from < all && session.isOpen(); from += POINTS) {
			if (pieces++ % PIECES_FOR_A_COOKIE == 0) {
				session.sendCookie(cookie(parameter, (int) (from % image.width()), (int) (from / image.width())));
				Node.say("image is at " + from % image.width() + "," + from / image.width());
			}
			int points = (int) Math.min(POINTS, all - from);
			ByteBuffer piece = data((int) (from % image.width()), (int) (from / image.width()), points);
			for (long point = from; point < from + points; point++) {
				piece.putInt(image.value((int) (point % image.width()), (int) (point / image.width())));
			}
			session.send(new UserMessage(PROTOCOL, piece.flip()));
			try {
				Thread.sleep(PIECE_MILLIS);
			}
			catch (InterruptedException ex) {
				return;
			}
		}
		if (session.isOpen()) {
			session.send(new UserMessage(PROTOCOL, data(END, END, 0).flip()));
			Node.say("image is complete");
		}
	}

	private static ByteBuffer data(int x, int y, int points) {
		return Session.header(2, 16 + 4 * points).putInt(x).putInt(y).putInt(points);
	}

	private static Octets cookie(byte[] parameter, int x, int y) {
		ByteBuffer cookie = ByteBuffer.allocate(MAGIC.length + PARAMETER_LENGTH + 8).put(MAGIC).put(parameter);
		// In a cookie, the length of the parameters is that of their header.
		cookie.putShort(MAGIC.length + 2, (short) 4);
		return Octets.copyOf(cookie.putInt(x).putInt(y).flip());
	}

	static void use(Session.Opening opening, AtomicBoolean ending) throws InterruptedException {
		for (int number = 1; !ending.get(); number++) {
			User user = new User(number);
			try (MessageSession session = opening.open(user)) {
				while (!user.done.await(1, TimeUnit.SECONDS) && !ending.get()) {
					user.look(session);
				}
			}
		}
	}

	/**
	 * What is to be drawn.
	 */
	private record Image(int width, int height, int iterations, double fromReal, double fromImaginary, double toReal,
			double toImaginary) {

		static Image of(ByteBuffer parameter) {
			parameter.getInt();
			int width = parameter.getInt();
			int height = parameter.getInt();
			int iterations = parameter.getInt();
			parameter.getInt();
			return new Image(width, height, iterations, parameter.getDouble(), parameter.getDouble(),
					parameter.getDouble(), parameter.getDouble());
		}

		int value(int x, int y) {
			double real = this.fromReal + x * (this.toReal - this.fromReal) / this.width;
			double imaginary = this.fromImaginary + y * (this.toImaginary - this.fromImaginary) / this.height;
			double a = 0;
			double b = 0;
			int done = 0;
			for (; done < this.iterations && a * a + b * b < 4; done++) {
				double next = a * a - b * b + real;
				b = 2 * a * b + imaginary;
				a = next;
			}
			return done;
		}

	}

	/**
	 * Has one image drawn.
	 */
	private static final class User extends Session.Heard {

		private static final int WIDTH = 320;

		private static final int HEIGHT = 240;

		private final CountDownLatch done = new CountDownLatch(1);

		private final BitSet points = new BitSet();

		private final int number;

		private int failovers;

		private int gaps;

		private int pieces;

		private long heardNanos = System.nanoTime();

		private User(int number) {
			this.number = number;
		}

		synchronized void look(MessageSession session) {
			if (System.nanoTime() - this.heardNanos > Session.ANSWER.toNanos()) {
				this.heardNanos = System.nanoTime();
				session.failOver(true, "no points came");
			}
		}

		@Override
		public synchronized void connected(MessageSession session, SessionChange change) {
			super.connected(session, change);
			this.heardNanos = System.nanoTime();
			this.failovers += change.failover() ? 1 : 0;
			if (!change.cookieEchoed()) {
				session.send(new UserMessage(PROTOCOL,
						Session.header(1, PARAMETER_LENGTH)
							.putInt(WIDTH)
							.putInt(HEIGHT)
							.putInt(20_000)
							.putInt(1)
							.putDouble(-2)
							.putDouble(1.2)
							.putDouble(1)
							.putDouble(-1.2)
							.putDouble(2)
							.flip()));
			}
		}

		@Override
		public synchronized void message(MessageSession session, UserMessage message) {
			this.heardNanos = System.nanoTime();
			ByteBuffer data = message.data();
			int type = data.getInt() >>> 24;
			int x = data.getInt();
			int y = data.getInt();
			int count = data.getInt();
			if (message.payloadProtocol() != PROTOCOL || type != 2 || data.remaining() != 4 * count) {
				Node.say("WRONG " + message);
			}
			else if (x == END) {
				boolean whole = this.points.cardinality() == WIDTH * HEIGHT && this.gaps == 0;
				Node.say((whole ? "image " : "WRONG image ") + this.number + " complete, " + this.gaps + " gaps, "
						+ this.failovers + " failovers, by " + this.element);
				this.done.countDown();
			}
			else {
				int from = y * WIDTH + x;
				this.gaps += (from > this.points.nextClearBit(0)) ? 1 : 0;
				this.points.set(from, from + count);
				if (this.pieces++ % 20 == 0) {
					Node.say(this.points.cardinality() + " points of image " + this.number + " from " + this.element);
				}
			}
		}

	}

}
