package org.rserpool.benchmarks;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.rserpool.registrar.RegistrarListener;
import org.rserpool.registrar.RegistrarRole;
import org.rserpool.registrar.RegistrarSettings;
import org.rserpool.rpc.ElementSpecification;
import org.rserpool.rpc.NodeSettings;
import org.rserpool.rpc.RSerPoolNode;
import org.rserpool.transport.RoleLoop;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PoolHandle;

/**
 * The other process: a registrar, a pool element that answers with what it is called
 * with, and a bare echo. Lives until its input ends.
 */
final class CallPeer {

	static final PoolHandle POOL = PoolHandle.of("echo");

	static final String METHOD = "echo";

	/**
	 * By how much a request on the wire is longer than its payload: 12 octets frame it in
	 * the session, and it has 20 of its own, and three lengths with the pool handle and
	 * the method.
	 */
	static final int REQUEST = 12 + 20 + 6 + POOL.octets().length() + METHOD.length();

	private CallPeer() {
	}

	static InetSocketAddress address(int port) {
		return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
	}

	/**
	 * Runs.
	 * @param args none
	 * @throws IOException if the ports cannot be written
	 */
	public static void main(String[] args) throws IOException {
		RoleLoop loop = RoleLoop.start("registrar");
		RegistrarSettings settings = RegistrarSettings.builder()
			.asapListen(List.of(address(0)))
			.enrpListen(List.of(address(0)))
			.mentorTimeout(Duration.ofMillis(50))
			.build();
		InetSocketAddress registrar = loop.call(() -> {
			RegistrarRole role = new RegistrarRole(loop, settings, new RegistrarListener() {
			});
			role.start();
			return role.snapshot().asapAddresses().get(0);
		});
		try (RSerPoolNode node = RSerPoolNode.start(NodeSettings.builder(List.of(registrar)).build())) {
			node.register(new ElementSpecification(POOL, null, MemberSelectionPolicy.ROUND_ROBIN,
					ElementSpecification.DEFAULT_LIFETIME,
					(invocation) -> CompletableFuture.completedFuture(invocation.payload()), Runnable::run));
			OutputStream out = new FileOutputStream(FileDescriptor.out);
			out.write((registrar.getPort() + " " + Echo.serve() + "\n").getBytes(StandardCharsets.UTF_8));
			out.flush();
			System.in.read();
		}
		loop.close();
	}

}
