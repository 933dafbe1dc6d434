import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

import org.rserpool.csp.StatusReportSettings;
import org.rserpool.discovery.MulticastGroups;
import org.rserpool.hunt.AnnouncementSettings;
import org.rserpool.hunt.HuntSettings;
import org.rserpool.registrar.MulticastSettings;
import org.rserpool.registrar.RegistrarListener;
import org.rserpool.registrar.RegistrarRole;
import org.rserpool.registrar.RegistrarSettings;
import org.rserpool.registrar.RegistrarSnapshot;
import org.rserpool.registrar.RemovalReason;
import org.rserpool.rpc.ElementSpecification;
import org.rserpool.rpc.EndedCall;
import org.rserpool.rpc.NodeSettings;
import org.rserpool.rpc.RSerPoolNode;
import org.rserpool.rpc.RegisteredElement;
import org.rserpool.rpc.RpcRequest;
import org.rserpool.runtime.Association;
import org.rserpool.runtime.MulticastSpecification;
import org.rserpool.session.SessionSettings;
import org.rserpool.transport.RoleLoop;
import org.rserpool.transport.StatusReporter;
import org.rserpool.transport.TransportChoice;
import org.rserpool.user.UserSettings;
import org.rserpool.wire.Dialect;
import org.rserpool.wire.ElementMetadata;
import org.rserpool.wire.ErrorCause;
import org.rserpool.wire.Identifiers;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;

/**
 * A registrar, a pool element or a pool user, without Spring, which starts slowly where
 * system calls are slow:
 *
 * <pre>
 * Node registrar DIALECT TRANSPORT ASAP ENRP PEERS ID     PEERS may be -
 * Node element   DIALECT TRANSPORT REGISTRARS POOLS ID    answers each call with its ID, 400 ms later; ID+N for N elements
 * Node user      DIALECT TRANSPORT REGISTRARS POOLS       has eight calls on their way, always, or one for each pool
 * Node resolver  DIALECT TRANSPORT REGISTRAR POOLS COUNT  resolves each pool, so often, to one element
 * </pre>
 *
 * Of POOLS, joined by ",", an element wants to know the policies: POOL=POLICY (see
 * {@link Policies}), or round robin. Each prints what happens, a line for an event, until
 * it is told to end (SIGTERM). The system property "multicast" names the interfaces by
 * which it takes part in the multicast groups of its dialect, instead of none; "csp" is
 * where it reports its status; "listen" is where an element listens, all over otherwise.
 */
public class Node {

	public static void main(String[] args) throws Exception {
		if (args[0].equals("registrar")) {
			registrar(args);
			return;
		}
		if (args[0].equals("resolver")) {
			Resolver.run(Dialect.valueOf(args[1].toUpperCase()), TransportChoice.valueOf(args[2].toUpperCase()),
					address(args[3]), args[4].split(","), Integer.parseInt(args[5]));
			return;
		}
		List<InetSocketAddress> registrars = addresses(args[3]);
		Dialect dialect = Dialect.valueOf(args[1].toUpperCase());
		// Longer than what a path may take to be given up.
		SessionSettings session = SessionSettings.DEFAULT.withHeartbeats(Duration.ofSeconds(3), Duration.ofMillis(500),
				Duration.ofSeconds(5));
		RSerPoolNode node = RSerPoolNode.start(NodeSettings.builder(registrars)
			.hunt(HuntSettings.of(registrars)
				.withAnnouncements(
						AnnouncementSettings.of(groups(MulticastGroups.asap(dialect)))))
			.dialect(dialect)
			.protocols(TransportChoice.valueOf(args[2].toUpperCase()).protocols())
			.session(session)
			// Starting takes long where the machine is busy.
			.user(UserSettings.of(dialect).withRequests(Duration.ofSeconds(3), 4, Duration.ofSeconds(15)))
			.callListener(Node::callEnded)
			.listen(addresses(System.getProperty("listen", "0.0.0.0:0")).toArray(new InetSocketAddress[0]))
			.statusReports(statusReports())
			.build());
		AtomicBoolean ending = new AtomicBoolean();
		Thread main = Thread.currentThread();
		Runtime.getRuntime().addShutdownHook(new Thread(() -> {
			ending.set(true);
			node.close();
			try {
				main.join(1000);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			say("ended");
		}));
		if (args[0].equals("element")) {
			String[] identifiers = args[5].split("\\+");
			int first = Identifiers.parse(identifiers[0]);
			for (int i = 1; i < ((identifiers.length > 1) ? Integer.parseInt(identifiers[1]) : 1); i++) {
				register(node, args[4], first + i);
			}
			say(node, register(node, args[4], first));
		}
		else {
			new User(node, args[4].split(","), ending).run();
		}
	}

	/** Says when each attempt failed, to the millisecond. */
	private static void callEnded(EndedCall call) {
		long began = System.currentTimeMillis() - call.duration().toMillis();
		call.failedAttempts()
			.forEach((attempt) -> System.out.printf("%tT.%<tL attempt failed at %s%n",
					began + attempt.age().toMillis(), attempt));
	}

	private static void registrar(String[] args) throws InterruptedException {
		RegistrarSettings settings = RegistrarSettings.builder()
			.dialect(Dialect.valueOf(args[1].toUpperCase()))
			.protocols(TransportChoice.valueOf(args[2].toUpperCase()).protocols())
			.asapListen(addresses(args[3]))
			.enrpListen(addresses(args[4]))
			.peers(addresses(args[5]))
			.identifier(Identifiers.parse(args[6]))
			.keepAliveInterval(Duration.ofSeconds(1))
			.keepAliveTimeout(Duration.ofSeconds(5))
			.peerHeartbeatCycle(Duration.ofSeconds(1))
			.maxTimeLastHeard(Duration.ofSeconds(4))
			.maxTimeNoResponse(Duration.ofSeconds(4))
			// Starting takes long where the machine is busy.
			.mentorTimeout(Duration.ofSeconds(20))
			.multicast(MulticastSettings.of(groups(MulticastGroups.asap(Dialect.valueOf(args[1].toUpperCase()))),
					groups(MulticastGroups.enrp(Dialect.valueOf(args[1].toUpperCase())))))
			.build();
		RoleLoop loop = RoleLoop.start("registrar");
		RegistrarRole role = loop.call(() -> {
			RegistrarRole started = new RegistrarRole(loop, settings, new Events());
			started.start();
			return started;
		});
		StatusReportSettings reports = statusReports();
		StatusReporter reporter = (reports != null)
				? StatusReporter.start(loop, reports, () -> List.of(role.status())) : null;
		Runtime.getRuntime().addShutdownHook(new Thread(() -> {
			CountDownLatch stopped = new CountDownLatch(1);
			loop.execute(() -> role.stop(stopped::countDown));
			try {
				stopped.await(5, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			if (reporter != null) {
				reporter.close();
			}
			loop.close();
		}));
		String before = "";
		while (true) {
			RegistrarSnapshot snapshot = loop.call(role::snapshot);
			String now = "elements:" + snapshot.pools()
				.stream()
				.flatMap((pool) -> pool.elements().stream())
				.map((element) -> " " + Identifiers.toString(element.identifier()) + "@"
						+ Identifiers.toString(element.homeRegistrar()))
				.collect(Collectors.joining()) + "; peers:"
					+ snapshot.peers()
						.stream()
						.map((peer) -> " " + Identifiers.toString(peer.identifier()) + "=" + peer.state())
						.collect(Collectors.joining());
			if (!now.equals(before)) {
				say(now);
				before = now;
			}
			Thread.sleep(50);
		}
	}

	private static List<RegisteredElement> register(RSerPoolNode node, String pools, int identifier) {
		byte[] answer = Identifiers.toString(identifier).getBytes(StandardCharsets.UTF_8);
		Executor later = CompletableFuture.delayedExecutor(400, TimeUnit.MILLISECONDS);
		List<RegisteredElement> elements = new ArrayList<>();
		for (String each : pools.split(",")) {
			String[] pool = each.split("=");
			elements.add(node.register(new ElementSpecification(PoolHandle.of(pool[0]), identifier,
					(pool.length > 1) ? Policies.parse(pool[1]) : MemberSelectionPolicy.ROUND_ROBIN,
					Duration.ofSeconds(30), Duration.ofSeconds(4), ElementMetadata.NONE,
					(invocation) -> CompletableFuture.supplyAsync(() -> answer, later), Runnable::run)));
		}
		return elements;
	}

	private static void say(RSerPoolNode node, List<RegisteredElement> elements) throws InterruptedException {
		String before = "";
		while (true) {
			String home = (node.home() != null) ? "home " + node.home() : "no home";
			String now = elements.stream()
				.map((element) -> element.pool() + " " + element.state() + " " + home
						+ ((element.rejection() != null) ? " " + element.rejection() : ""))
				.collect(Collectors.joining("; "));
			if (!now.equals(before)) {
				say(now);
				before = now;
			}
			Thread.sleep(50);
		}
	}

	private static StatusReportSettings statusReports() {
		String monitor = System.getProperty("csp");
		return (monitor != null) ? new StatusReportSettings(address(monitor), Duration.ofMillis(250)) : null;
	}

	private static List<MulticastSpecification> groups(InetSocketAddress group) {
		String names = System.getProperty("multicast", "");
		return names.isEmpty() ? List.of()
				: List.of(new MulticastSpecification(group, List.of(names.split(",")), 30, 0));
	}

	static List<InetSocketAddress> addresses(String text) {
		return text.equals("-") ? List.of() : Arrays.stream(text.split(",")).map(Node::address).toList();
	}

	private static InetSocketAddress address(String text) {
		int colon = text.lastIndexOf(':');
		return new InetSocketAddress(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
	}

	static void say(String text) {
		System.out.printf("%tT.%<tL %s%n", System.currentTimeMillis(), text);
	}

	/**
	 * Calls pools, and counts.
	 */
	private static final class User {

		private static final int CALLERS = 8;

		private final RSerPoolNode node;

		private final String[] pools;

		private final AtomicBoolean ending;

		private long calls;

		private long failures;

		private String before = "";

		User(RSerPoolNode node, String[] pools, AtomicBoolean ending) {
			this.node = node;
			this.pools = pools;
			this.ending = ending;
		}

		void run() throws InterruptedException {
			List<Thread> callers = new ArrayList<>();
			for (int i = 0; i < Math.max(CALLERS, this.pools.length); i++) {
				String pool = this.pools[i % this.pools.length];
				callers.add(new Thread(() -> call(pool)));
			}
			callers.forEach(Thread::start);
			for (Thread caller : callers) {
				caller.join();
			}
			say(this.calls + " calls, " + this.failures + " failed in all");
		}

		private void call(String pool) {
			while (!this.ending.get()) {
				RpcRequest request = new RpcRequest(PoolHandle.of(pool), "who", new byte[8], Map.of(), true,
						Duration.ofSeconds(20), 10);
				try {
					byte[] answer = this.node.client().call(request).join();
					ended(true, pool + " answered by " + new String(answer, StandardCharsets.UTF_8));
				}
				catch (CompletionException ex) {
					if (!this.ending.get()) {
						ended(false, pool + " failed: " + ex.getCause());
					}
				}
			}
		}

		private synchronized void ended(boolean answered, String now) {
			this.calls++;
			this.failures += answered ? 0 : 1;
			if (!now.equals(this.before) || this.calls % 20 == 0) {
				say(this.calls + " calls, " + this.failures + " failed, " + now);
				this.before = now;
			}
		}

	}

	/**
	 * Prints what happens at a registrar.
	 */
	private static final class Events implements RegistrarListener {

		@Override
		public void stateChanged(RegistrarSnapshot.State state) {
			say("state " + state);
		}

		@Override
		public void elementRemoved(PoolHandle poolHandle, PoolElement element, RemovalReason reason) {
			say("removed " + Identifiers.toString(element.identifier()) + " " + reason);
		}

		@Override
		public void registrationRejected(PoolHandle poolHandle, int identifier, ErrorCause cause) {
			say("rejected " + Identifiers.toString(identifier) + " " + cause.describe());
		}

		@Override
		public void peerUp(int identifier) {
			say("peer up " + Identifiers.toString(identifier));
		}

		@Override
		public void peerDown(int identifier) {
			say("peer down " + Identifiers.toString(identifier));
		}

		@Override
		public void takeoverStarted(int target) {
			say("takeover started " + Identifiers.toString(target));
		}

		@Override
		public void takeoverWon(int target, int elements) {
			say("takeover won " + Identifiers.toString(target) + " " + elements);
		}

		@Override
		public void protocolError(Association association, String reason) {
			say("protocol error " + association.peerAddresses() + " " + reason);
		}

	}

}
