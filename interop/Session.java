import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

import org.rserpool.rpc.NodeSettings;
import org.rserpool.rpc.RSerPoolException;
import org.rserpool.rpc.RSerPoolNode;
import org.rserpool.rpc.RegisteredElement;
import org.rserpool.rpc.session.ElementSession;
import org.rserpool.rpc.session.MessageSession;
import org.rserpool.rpc.session.MessageSessionListener;
import org.rserpool.rpc.session.MessageSessions;
import org.rserpool.rpc.session.PoolSessionHandler;
import org.rserpool.rpc.session.SessionChange;
import org.rserpool.rpc.session.SessionElementSpecification;
import org.rserpool.runtime.DownReason;
import org.rserpool.runtime.UserMessage;
import org.rserpool.session.SessionSettings;
import org.rserpool.transport.TransportChoice;
import org.rserpool.wire.Dialect;
import org.rserpool.wire.Identifiers;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.Octets;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;

/**
 * A pool element or a pool user of the services that the reference implementation has:
 *
 * <pre>
 * Session element SERVICE DIALECT TRANSPORT REGISTRARS POOL ID
 * Session user    SERVICE DIALECT TRANSPORT REGISTRARS POOL
 * </pre>
 *
 * SERVICE is pingpong, calcapp or fractal. Each prints what happens, a line for an event,
 * until it is told to end (SIGTERM).
 */
public class Session {

	/** A user that waits for so long leaves its element. */
	static final Duration ANSWER = Duration.ofSeconds(15);

	/** How long to look for an element. */
	private static final Duration DEADLINE = Duration.ofSeconds(60);

	static final ExecutorService THREADS = Executors.newCachedThreadPool((task) -> {
		Thread thread = new Thread(task);
		thread.setDaemon(true);
		return thread;
	});

	public static void main(String[] args) throws Exception {
		// Longer than what a path may take to be given up.
		SessionSettings settings = SessionSettings.DEFAULT.withHeartbeats(Duration.ofSeconds(3), Duration.ofMillis(500),
				Duration.ofSeconds(5));
		RSerPoolNode node = RSerPoolNode.start(NodeSettings.builder(Node.addresses(args[4]))
			.dialect(Dialect.valueOf(args[2].toUpperCase()))
			.protocols(TransportChoice.valueOf(args[3].toUpperCase()).protocols())
			.session(settings)
			.build());
		AtomicBoolean ending = new AtomicBoolean();
		Runtime.getRuntime().addShutdownHook(new Thread(() -> {
			ending.set(true);
			node.close();
			Node.say("ended");
		}));
		PoolHandle pool = PoolHandle.of(args[5]);
		if (args[0].equals("element")) {
			element(node, pool, Identifiers.parse(args[6]), handler(args[1]));
			return;
		}
		Opening opening = (listener) -> MessageSessions.of(node).open(pool, DEADLINE, THREADS, listener);
		switch (args[1]) {
			case "pingpong" -> PingPong.use(opening, ending);
			case "calcapp" -> CalcApp.use(opening, ending);
			default -> Fractal.use(opening, ending);
		}
	}

	private static PoolSessionHandler handler(String service) {
		return switch (service) {
			case "pingpong" -> new PingPong();
			case "calcapp" -> new CalcApp();
			case "fractal" -> new Fractal();
			default -> throw new IllegalArgumentException(service);
		};
	}

	private static void element(RSerPoolNode node, PoolHandle pool, int identifier, PoolSessionHandler handler)
			throws InterruptedException {
		RegisteredElement element = MessageSessions.of(node)
			.register(new SessionElementSpecification(pool, identifier, MemberSelectionPolicy.ROUND_ROBIN,
					Duration.ofSeconds(30), new Told(handler), THREADS));
		String before = "";
		while (true) {
			String now = element.state() + " " + ((node.home() != null) ? "home " + node.home() : "no home")
					+ ((element.rejection() != null) ? " " + element.rejection() : "");
			if (!now.equals(before)) {
				Node.say(now);
				before = now;
			}
			Thread.sleep(50);
		}
	}

	static ByteBuffer header(int type, int length) {
		return ByteBuffer.allocate(length).put((byte) type).put((byte) 0).putShort((short) length);
	}

	/**
	 * Opens sessions.
	 */
	interface Opening {

		MessageSession open(MessageSessionListener listener);

	}

	/**
	 * Prints what happens to the session of a user.
	 */
	abstract static class Heard implements MessageSessionListener {

		volatile String element = "";

		@Override
		public void connected(MessageSession session, SessionChange change) {
			this.element = Identifiers.toString(change.to().identifier());
			Node.say((change.failover() ? "failover to " : "new session with ") + this.element
					+ (change.cookieEchoed() ? ", cookie echoed" : ""));
		}

		@Override
		public void lost(MessageSession session, PoolElement lost, String reason) {
			Node.say("lost " + Identifiers.toString(lost.identifier()) + ": " + reason);
		}

		@Override
		public void failed(MessageSession session, RSerPoolException failure) {
			Node.say("FAILED " + failure.getMessage());
		}

	}

	/**
	 * Prints what happens to the sessions of an element.
	 */
	private record Told(PoolSessionHandler handler) implements PoolSessionHandler {

		@Override
		public void opened(ElementSession session) throws Exception {
			Node.say("opened by " + session.userAddresses());
			this.handler.opened(session);
		}

		@Override
		public void resumed(ElementSession session, Octets cookie) throws Exception {
			Node.say("resumed with " + cookie);
			this.handler.resumed(session, cookie);
		}

		@Override
		public void message(ElementSession session, UserMessage message) throws Exception {
			this.handler.message(session, message);
		}

		@Override
		public void closed(ElementSession session, DownReason reason, String detail) throws Exception {
			Node.say("closed: " + reason + " " + detail);
			this.handler.closed(session, reason, detail);
		}

	}

}
