package org.rserpool.rpc.session;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.rserpool.registrar.RegistrarListener;
import org.rserpool.registrar.RegistrarRole;
import org.rserpool.registrar.RegistrarSettings;
import org.rserpool.rpc.ElementSpecification;
import org.rserpool.rpc.NodeSettings;
import org.rserpool.rpc.RSerPoolNode;
import org.rserpool.rpc.RegisteredElement;
import org.rserpool.session.SessionSettings;
import org.rserpool.transport.RoleLoop;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PoolHandle;

import static org.awaitility.Awaitility.await;

/**
 * A registrar and nodes on the loopback interface, over TCP.
 */
final class LoopbackScope implements AutoCloseable {

	static final PoolHandle POOL = PoolHandle.of("counter");

	final ExecutorService executor = Executors.newCachedThreadPool();

	final InetSocketAddress registrar = freeAddress();

	private final RoleLoop registrarLoop = RoleLoop.start("registrar");

	private final List<RSerPoolNode> nodes = new ArrayList<>();

	LoopbackScope() {
		this.registrarLoop.call(() -> {
			RegistrarSettings settings = RegistrarSettings.builder()
				.asapListen(List.of(this.registrar))
				.enrpListen(List.of(freeAddress()))
				.mentorTimeout(Duration.ofMillis(50))
				.build();
			new RegistrarRole(this.registrarLoop, settings, new RegistrarListener() {
			}).start();
			return true;
		});
	}

	RSerPoolNode node() {
		RSerPoolNode node = RSerPoolNode.start(NodeSettings.builder(List.of(this.registrar))
			.name("node " + this.nodes.size())
			.session(SessionSettings.DEFAULT.withHeartbeats(Duration.ofSeconds(5), Duration.ofSeconds(1),
					Duration.ofSeconds(5)))
			.build());
		this.nodes.add(node);
		return node;
	}

	RegisteredElement register(RSerPoolNode node, int identifier, PoolSessionHandler handler, int limit) {
		SessionElementSpecification unlimited = new SessionElementSpecification(POOL, identifier,
				MemberSelectionPolicy.ROUND_ROBIN, ElementSpecification.DEFAULT_LIFETIME, handler, this.executor);
		RegisteredElement element = MessageSessions.of(node)
			.register(new SessionElementSpecification(POOL, identifier, unlimited.policy(), unlimited.lifetime(), null,
					unlimited.metadata(), handler, this.executor, limit));
		await().until(() -> element.registered().isDone());
		element.registered().join();
		return element;
	}

	RegisteredElement register(RSerPoolNode node, int identifier, PoolSessionHandler handler) {
		return register(node, identifier, handler, ElementSpecification.UNLIMITED);
	}

	MessageSession open(Duration deadline, MessageSessionListener listener) {
		return open(node(), deadline, listener);
	}

	MessageSession open(RSerPoolNode node, Duration deadline, MessageSessionListener listener) {
		return MessageSessions.of(node).open(POOL, deadline, this.executor, listener);
	}

	MessageSession open(RSerPoolNode node, Duration deadline, MessageSessionListener listener,
			MessageSessionObserver observer) {
		return MessageSessions.of(node).open(POOL, deadline, this.executor, listener, observer);
	}

	@Override
	public void close() {
		this.nodes.forEach(RSerPoolNode::close);
		this.registrarLoop.close();
		this.executor.shutdownNow();
	}

	private static InetSocketAddress freeAddress() {
		InetAddress loopback = InetAddress.getLoopbackAddress();
		try (ServerSocket socket = new ServerSocket(0, 1, loopback)) {
			return new InetSocketAddress(loopback, socket.getLocalPort());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
