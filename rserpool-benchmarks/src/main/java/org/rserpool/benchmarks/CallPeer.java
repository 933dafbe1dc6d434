package org.rserpool.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

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
 * with, and a bare echo. It lives until it is told to end, or until its input ends.
 */
final class CallPeer implements AutoCloseable {

	static final PoolHandle POOL = PoolHandle.of("echo");

	static final String METHOD = "echo";

	/**
	 * By how much a request on the wire is longer than its payload: 12 octets frame it in
	 * the session, and it has 20 of its own, and three lengths with the pool handle and
	 * the method.
	 */
	static final int REQUEST = 12 + 20 + 6 + POOL.octets().length() + METHOD.length();

	private final Process process;

	private final BufferedReader reader;

	private final int registrar;

	private final int echo;

	private CallPeer(Process process) throws IOException {
		this.process = process;
		this.reader = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
		String line = this.reader.readLine();
		if (line == null || !line.matches("[0-9]+ [0-9]+")) {
			close();
			throw new IllegalStateException("The other process did not start: " + line);
		}
		String[] ports = line.split(" ");
		this.registrar = Integer.parseInt(ports[0]);
		this.echo = Integer.parseInt(ports[1]);
	}

	/**
	 * Starts the process, and waits until it is ready.
	 * @return the process
	 */
	static CallPeer start() throws IOException {
		return new CallPeer(new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-cp", System.getProperty("java.class.path"), CallPeer.class.getName())
			.redirectError(Redirect.INHERIT)
			.start());
	}

	/**
	 * Return the port of the registrar.
	 * @return the port
	 */
	int registrar() {
		return this.registrar;
	}

	/**
	 * Return the port of the bare echo.
	 * @return the port
	 */
	int echo() {
		return this.echo;
	}

	/**
	 * Tells the process to end.
	 * @return how many calls its element answered
	 */
	long end() throws IOException {
		this.process.getOutputStream().write('\n');
		this.process.getOutputStream().flush();
		String line = this.reader.readLine();
		if (line == null || !line.matches("[0-9]+")) {
			throw new IllegalStateException("The other process did not end in order: " + line);
		}
		return Long.parseLong(line);
	}

	@Override
	public void close() {
		this.process.destroy();
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
		AtomicLong answered = new AtomicLong();
		try (RSerPoolNode node = RSerPoolNode.start(NodeSettings.builder(List.of(registrar)).build())) {
			node.register(new ElementSpecification(POOL, null, MemberSelectionPolicy.ROUND_ROBIN,
					ElementSpecification.DEFAULT_LIFETIME, (invocation) -> {
						answered.incrementAndGet();
						return CompletableFuture.completedFuture(invocation.payload());
					}, Runnable::run))
				.registered()
				.join();
			say(registrar.getPort() + " " + Echo.serve());
			if (System.in.read() >= 0) {
				say(Long.toString(answered.get()));
			}
		}
		loop.close();
	}

	private static void say(String line) throws IOException {
		System.out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
		System.out.flush();
	}

}
