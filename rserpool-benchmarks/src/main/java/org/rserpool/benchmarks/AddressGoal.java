package org.rserpool.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.rserpool.rpc.ElementSpecification;
import org.rserpool.rpc.NodeSettings;
import org.rserpool.rpc.RSerPoolNode;
import org.rserpool.rpc.RpcRequest;
import org.rserpool.wire.ElementMetadata;
import org.rserpool.wire.MemberSelectionPolicy;

/**
 * Measures the first call of an element that names three addresses: the first is silent,
 * the second refuses, and the third answers.
 */
final class AddressGoal {

	private static final int RUNS = 20;

	private static final String SILENT = "127.0.0.2";

	private static final RpcRequest REQUEST = new RpcRequest(CallPeer.POOL, CallPeer.METHOD, new byte[64], Map.of(),
			false, Duration.ofSeconds(20), 1);

	private AddressGoal() {
	}

	static List<GoalUse> measure() throws IOException, InterruptedException {
		double slowest = 0;
		try (GoalScope scope = new GoalScope(); Silence silence = new Silence()) {
			ElementMetadata addresses = ElementMetadata
				.of(Map.of(ElementMetadata.ADDRESSES, "=" + SILENT + ",127.0.0.3,127.0.0.1"));
			try (RSerPoolNode element = RSerPoolNode.start(NodeSettings.builder(scope.addresses())
				.listen(new InetSocketAddress("127.0.0.1", silence.port()))
				.build())) {
				element.register(new ElementSpecification(CallPeer.POOL, null, MemberSelectionPolicy.ROUND_ROBIN,
						ElementSpecification.DEFAULT_LIFETIME, null, addresses,
						(invocation) -> CompletableFuture.completedFuture(invocation.payload()), Runnable::run));
				scope.awaitElements(1);
				for (int run = 0; run < RUNS; run++) {
					slowest = Math.max(slowest, firstCall(scope));
				}
			}
		}
		return List.of(GoalUse.atMost("G12",
				"The first call where of three addresses one is silent and one refuses, slowest of " + RUNS, slowest,
				500));
	}

	private static double firstCall(GoalScope scope) throws InterruptedException {
		try (RSerPoolNode user = RSerPoolNode.start(NodeSettings.builder(scope.addresses()).build())) {
			long begin = System.nanoTime();
			user.client().call(REQUEST).get(20, TimeUnit.SECONDS);
			return (System.nanoTime() - begin) / 1e6;
		}
		catch (ExecutionException | TimeoutException ex) {
			throw new IllegalStateException("A call failed", ex);
		}
	}

	/**
	 * A port at which who connects hears nothing: the queue of connections is full.
	 */
	private static final class Silence implements AutoCloseable {

		private final ServerSocket socket;

		private final List<SocketChannel> waiting = new ArrayList<>();

		Silence() throws IOException {
			this.socket = new ServerSocket(0, 1, InetAddress.getByName(SILENT));
			for (int i = 0; i < 3; i++) {
				SocketChannel channel = SocketChannel.open();
				this.waiting.add(channel);
				channel.configureBlocking(false);
				channel.connect(this.socket.getLocalSocketAddress());
			}
		}

		int port() {
			return this.socket.getLocalPort();
		}

		@Override
		public void close() throws IOException {
			for (SocketChannel channel : this.waiting) {
				channel.close();
			}
			this.socket.close();
		}

	}

}
