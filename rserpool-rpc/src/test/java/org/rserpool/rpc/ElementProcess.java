package org.rserpool.rpc;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.rserpool.rpc.state.StateKey;
import org.rserpool.rpc.state.StateSettings;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PoolHandle;

/**
 * A process with a pool element, which answers each call with its identifier, and each
 * call of a session also with the number of those that it had. It lives until it is
 * killed, or until the process that started it ends.
 */
final class ElementProcess implements AutoCloseable {

	static final PoolHandle POOL = PoolHandle.of("processes");

	private final Process process;

	private ElementProcess(Process process) {
		this.process = process;
	}

	static ElementProcess start(InetSocketAddress registrar, int identifier) throws IOException {
		return new ElementProcess(new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx64m", "-cp", System.getProperty("java.class.path"),
				ElementProcess.class.getName(), Integer.toString(registrar.getPort()), Integer.toString(identifier))
			.redirectOutput(Redirect.DISCARD)
			.redirectError(Redirect.DISCARD)
			.start());
	}

	/**
	 * Runs.
	 * @param args the port of the registrar, and the identifier of the element
	 */
	public static void main(String[] args) throws IOException {
		InetAddress loopback = InetAddress.getLoopbackAddress();
		try (NetworkNode node = NetworkNode
			.start(NodeSettings.builder(List.of(new InetSocketAddress(loopback, Integer.parseInt(args[0]))))
				.listen(new InetSocketAddress(loopback, 0))
				.build())) {
			node.register(new ElementSpecification(POOL, Integer.valueOf(args[1]), MemberSelectionPolicy.ROUND_ROBIN,
					ElementSpecification.DEFAULT_LIFETIME,
					(invocation) -> CompletableFuture.completedFuture(answer(args[1])), Runnable::run)
				.withState(StateSettings.of(new StateKey("a", new byte[32]))));
			System.in.read();
		}
	}

	private static byte[] answer(String identifier) {
		CallSession session = CallContext.current().session();
		if (session == null) {
			return identifier.getBytes(StandardCharsets.UTF_8);
		}
		int[] count = session.get("count",
				(saved) -> new int[] { (saved != null) ? ByteBuffer.wrap(saved).getInt() : 0 },
				(value) -> ByteBuffer.allocate(Integer.BYTES).putInt(value[0]).array());
		return (identifier + " " + ++count[0]).getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * Ends the process as {@code kill -9} does.
	 */
	void kill() throws InterruptedException {
		this.process.destroyForcibly();
		if (!this.process.waitFor(20, TimeUnit.SECONDS)) {
			throw new IllegalStateException("The process " + this.process.pid() + " does not end");
		}
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

}
