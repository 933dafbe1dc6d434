package org.rserpool.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.rserpool.rpc.CallContext;
import org.rserpool.rpc.CallSession;
import org.rserpool.rpc.ElementSpecification;
import org.rserpool.rpc.NodeSettings;
import org.rserpool.rpc.RSerPoolNode;
import org.rserpool.rpc.RpcInvocation;
import org.rserpool.rpc.state.StateKey;
import org.rserpool.rpc.state.StateSettings;
import org.rserpool.wire.MemberSelectionPolicy;

/**
 * A process with a pool element, which answers with what it is called with, and in a
 * session with its identifier and how many calls the session had. It lives until it is
 * killed, until it is told to leave, or until its input ends.
 */
final class GoalPeer implements AutoCloseable {

	private final Process process;

	private GoalPeer(Process process) {
		this.process = process;
	}

	/**
	 * Starts a process.
	 * @param registrars the ports of registrars on this host
	 * @param identifier the element
	 * @param delayMillis how long each of its calls takes
	 */
	static GoalPeer start(List<InetSocketAddress> registrars, int identifier, int delayMillis) throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC",
						"-Xmx128m", "-cp", System.getProperty("java.class.path"), GoalPeer.class.getName(),
						Integer.toString(identifier), Integer.toString(delayMillis)));
		registrars.forEach((registrar) -> command.add(Integer.toString(registrar.getPort())));
		return new GoalPeer(new ProcessBuilder(command).redirectError(Redirect.INHERIT).start());
	}

	/**
	 * Runs.
	 * @param args the element, how long its calls take, and the ports of registrars
	 * @throws IOException if its input breaks
	 */
	public static void main(String[] args) throws IOException {
		List<InetSocketAddress> registrars = new ArrayList<>();
		for (int i = 2; i < args.length; i++) {
			registrars.add(CallPeer.address(Integer.parseInt(args[i])));
		}
		int delay = Integer.parseInt(args[1]);
		ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor();
		RSerPoolNode node = RSerPoolNode.start(NodeSettings.builder(registrars).listen(CallPeer.address(0)).build());
		node.register(new ElementSpecification(CallPeer.POOL, Integer.valueOf(args[0]),
				MemberSelectionPolicy.ROUND_ROBIN, ElementSpecification.DEFAULT_LIFETIME,
				(invocation) -> (delay == 0) ? CompletableFuture.completedFuture(answer(args[0], invocation))
						: later(later, delay, invocation.payload()),
				Runnable::run)
			.withState(StateSettings.of(new StateKey("a", new byte[32]))));
		int told = System.in.read();
		long begin = System.nanoTime();
		node.close();
		if (told >= 0) {
			System.out.write(((System.nanoTime() - begin) / 1_000 + "\n").getBytes(StandardCharsets.UTF_8));
			System.out.flush();
		}
		later.shutdown();
	}

	private static CompletableFuture<byte[]> later(ScheduledExecutorService executor, int delayMillis, byte[] payload) {
		CompletableFuture<byte[]> result = new CompletableFuture<>();
		executor.schedule(() -> result.complete(payload), delayMillis, TimeUnit.MILLISECONDS);
		return result;
	}

	private static byte[] answer(String identifier, RpcInvocation invocation) {
		CallContext call = CallContext.current();
		CallSession session = (call != null) ? call.session() : null;
		if (session == null) {
			return invocation.payload();
		}
		long[] count = session.get("count",
				(saved) -> new long[] { (saved != null) ? ByteBuffer.wrap(saved).getLong() : 0 },
				(value) -> ByteBuffer.allocate(Long.BYTES).putLong(value[0]).array());
		return ByteBuffer.allocate(Integer.BYTES + Long.BYTES)
			.putInt(Integer.parseInt(identifier))
			.putLong(++count[0])
			.array();
	}

	/**
	 * Tells the element to leave its pool, and waits until it did.
	 * @return how many milliseconds it took
	 */
	double leave() throws IOException {
		this.process.getOutputStream().write('\n');
		this.process.getOutputStream().flush();
		try (BufferedReader reader = new BufferedReader(
				new InputStreamReader(this.process.getInputStream(), StandardCharsets.UTF_8))) {
			String line = reader.readLine();
			if (line == null || !line.matches("[0-9]+")) {
				throw new IllegalStateException("An element did not leave: " + line);
			}
			return Long.parseLong(line) / 1e3;
		}
	}

	/** Ends the process as {@code kill -9} does. */
	void kill() {
		this.process.destroyForcibly();
	}

	/** Stops the process where it stands, as {@code kill -STOP} does. */
	void stop() throws IOException, InterruptedException {
		if (new ProcessBuilder("kill", "-STOP", Long.toString(this.process.pid())).start().waitFor() != 0) {
			throw new IllegalStateException("The process " + this.process.pid() + " cannot be stopped");
		}
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

}
