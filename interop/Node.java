import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

import org.rserpool.registrar.RegistrarListener;
import org.rserpool.registrar.RegistrarRole;
import org.rserpool.registrar.RegistrarSettings;
import org.rserpool.registrar.RegistrarSnapshot;
import org.rserpool.registrar.RemovalReason;
import org.rserpool.rpc.ElementSpecification;
import org.rserpool.rpc.NodeSettings;
import org.rserpool.rpc.RSerPoolNode;
import org.rserpool.rpc.RegisteredElement;
import org.rserpool.rpc.RpcRequest;
import org.rserpool.runtime.Association;
import org.rserpool.session.SessionSettings;
import org.rserpool.transport.RoleLoop;
import org.rserpool.transport.TransportChoice;
import org.rserpool.wire.Dialect;
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
 * Node element   DIALECT TRANSPORT REGISTRARS POOL ID     answers each call with its ID
 * Node user      DIALECT TRANSPORT REGISTRARS POOL        calls ten times a second
 * </pre>
 *
 * Each prints what happens, a line for an event, until it is told to end (SIGTERM).
 */
public class Node {

	public static void main(String[] args) throws Exception {
		if (args[0].equals("registrar")) {
			registrar(args);
			return;
		}
		List<InetSocketAddress> registrars = addresses(args[3]);
		// Longer than what a path may take to be given up.
		SessionSettings session = SessionSettings.DEFAULT.withHeartbeats(Duration.ofSeconds(3), Duration.ofMillis(500),
				Duration.ofSeconds(5));
		RSerPoolNode node = RSerPoolNode.start(NodeSettings.builder(registrars)
			.dialect(Dialect.valueOf(args[1].toUpperCase()))
			.protocols(TransportChoice.valueOf(args[2].toUpperCase()).protocols())
			.session(session)
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
			element(node, args[4], Identifiers.parse(args[5]));
		}
		else {
			user(node, args[4], ending);
		}
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
			.mentorTimeout(Duration.ofSeconds(3))
			.build();
		RoleLoop loop = RoleLoop.start("registrar");
		RegistrarRole role = loop.call(() -> {
			RegistrarRole started = new RegistrarRole(loop, settings, new Events());
			started.start();
			return started;
		});
		Runtime.getRuntime().addShutdownHook(new Thread(() -> {
			CountDownLatch stopped = new CountDownLatch(1);
			loop.execute(() -> role.stop(stopped::countDown));
			try {
				stopped.await(5, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
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

	private static void element(RSerPoolNode node, String pool, int identifier) throws InterruptedException {
		byte[] answer = Identifiers.toString(identifier).getBytes(StandardCharsets.UTF_8);
		RegisteredElement element = node.register(new ElementSpecification(PoolHandle.of(pool), identifier,
				MemberSelectionPolicy.ROUND_ROBIN, Duration.ofSeconds(30),
				(invocation) -> CompletableFuture.completedFuture(answer), Runnable::run));
		String before = "";
		while (true) {
			String now = element.state() + " " + ((node.home() != null) ? "home " + node.home() : "no home")
					+ ((element.rejection() != null) ? " " + element.rejection() : "");
			if (!now.equals(before)) {
				say(now);
				before = now;
			}
			Thread.sleep(50);
		}
	}

	private static void user(RSerPoolNode node, String pool, AtomicBoolean ending) throws InterruptedException {
		long calls = 0;
		long failures = 0;
		String before = "";
		while (!ending.get()) {
			RpcRequest request = new RpcRequest(PoolHandle.of(pool), "who", new byte[8], Map.of(), true,
					Duration.ofSeconds(20), 10);
			String now;
			calls++;
			try {
				now = "answered by " + new String(node.client().call(request).join(), StandardCharsets.UTF_8);
			}
			catch (CompletionException ex) {
				if (ending.get()) {
					calls--;
					break;
				}
				failures++;
				now = "failed: " + ex.getCause();
			}
			if (!now.equals(before) || calls % 20 == 0) {
				say(calls + " calls, " + failures + " failed, " + now);
				before = now;
			}
			Thread.sleep(100);
		}
		say(calls + " calls, " + failures + " failed in all");
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
