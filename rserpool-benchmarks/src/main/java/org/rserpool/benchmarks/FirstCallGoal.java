package org.rserpool.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

import io.netty.channel.EventLoopGroup;

import org.rserpool.rpc.NodeSettings;
import org.rserpool.rpc.RSerPoolNode;
import org.rserpool.rpc.RpcRequest;

/**
 * Measures the first call of a pool user, in a process that had so many others before
 * that all code is compiled, and in one that had none. Whatever is compared comes after a
 * pause: a thread that slept is slower than one that just did the same, and a first call
 * always wakes all that it needs.
 */
final class FirstCallGoal {

	/** All that a first call runs was run so often then that it is optimised. */
	private static final int WARM_UP = 3000;

	private static final int RUNS = 20;

	private static final int PROCESSES = 5;

	private static final long PAUSE_NANOS = 100_000_000;

	private static final RpcRequest REQUEST = request(true);

	private static final RpcRequest NOT_REPEATABLE = request(false).withReplay(true);

	private final List<Double> first = new ArrayList<>();

	private final List<Double> firstNotRepeatable = new ArrayList<>();

	private final List<Double> atOnce = new ArrayList<>();

	private final List<Double> later = new ArrayList<>();

	private final List<Double> prepared = new ArrayList<>();

	private final List<Double> resolutions = new ArrayList<>();

	private final List<Double> firstEchoes = new ArrayList<>();

	private final List<Double> laterEchoes = new ArrayList<>();

	private final CallPeer peer;

	private long pauseNanos;

	private FirstCallGoal(CallPeer peer) {
		this.peer = peer;
	}

	static List<GoalUse> measure() throws IOException, InterruptedException {
		try (CallPeer peer = CallPeer.start()) {
			FirstCallGoal goal = new FirstCallGoal(peer);
			goal.run(WARM_UP);
			goal.forget();
			goal.pauseNanos = PAUSE_NANOS;
			goal.run(RUNS);
			List<GoalUse> measured = new ArrayList<>(goal.rows());
			measured.addAll(newProcesses(peer));
			return measured;
		}
	}

	private void run(int count) throws InterruptedException {
		for (int run = 0; run < count; run++) {
			callFirst();
			callFirstNotRepeatable();
			callPrepared();
			resolve();
			echo();
		}
	}

	private List<GoalUse> rows() {
		double call = middle(this.later);
		double resolution = middle(this.resolutions);
		return List.of(
				GoalUse.beside("G11", "A later call, 100 ms after another; and at once after another, median",
						GoalUse.millis(call) + "; " + GoalUse.millis(middle(this.atOnce))),
				GoalUse.beside("G11", "A resolution, median", GoalUse.millis(resolution)),
				GoalUse.atMost("G11", "The first call of a pool user, median of " + RUNS, middle(this.first),
						2 * call + resolution),
				GoalUse.atMost("G11", "The same of a call that is not idempotent", middle(this.firstNotRepeatable),
						2 * call + resolution),
				GoalUse.atMost("G11", "The first call where the pool was prepared", middle(this.prepared), 2 * call),
				GoalUse.beside("G11",
						"By Netty alone, a connection and an echo; and an echo 100 ms after another, median",
						GoalUse.millis(middle(this.firstEchoes)) + "; " + GoalUse.millis(middle(this.laterEchoes))));
	}

	private void forget() {
		List.of(this.first, this.firstNotRepeatable, this.atOnce, this.later, this.prepared, this.resolutions,
				this.firstEchoes, this.laterEchoes)
			.forEach(List::clear);
	}

	private void callFirst() throws InterruptedException {
		try (RSerPoolNode node = start(this.peer.registrar(), this.pauseNanos)) {
			this.first.add(call(node));
			for (int call = 0; call < 10; call++) {
				this.atOnce.add(call(node));
			}
			pause(this.pauseNanos);
			this.later.add(call(node));
		}
	}

	private void callFirstNotRepeatable() throws InterruptedException {
		try (RSerPoolNode node = start(this.peer.registrar(), this.pauseNanos)) {
			this.firstNotRepeatable.add(call(node, NOT_REPEATABLE));
		}
	}

	private void callPrepared() throws InterruptedException {
		try (RSerPoolNode node = start(this.peer.registrar(), this.pauseNanos)) {
			node.client().prepare(CallPeer.POOL);
			pause(this.pauseNanos);
			this.prepared.add(call(node));
		}
	}

	private void resolve() throws InterruptedException {
		try (RSerPoolNode node = start(this.peer.registrar(), this.pauseNanos)) {
			long begin = System.nanoTime();
			node.selector().resolve(CallPeer.POOL).get(10, TimeUnit.SECONDS);
			this.resolutions.add(millisSince(begin));
		}
		catch (ExecutionException | TimeoutException ex) {
			throw new IllegalStateException("The pool could not be resolved", ex);
		}
	}

	private void echo() throws InterruptedException {
		EventLoopGroup group = Echo.loop();
		group.submit(() -> {
		}).sync();
		pause(this.pauseNanos);
		long begin = System.nanoTime();
		try (Calls echo = Echo.connect(group, this.peer.echo(), CallUse.PAYLOAD + CallPeer.REQUEST, 1)) {
			echo.make(1);
			this.firstEchoes.add(millisSince(begin));
			pause(this.pauseNanos);
			begin = System.nanoTime();
			echo.make(1);
			this.laterEchoes.add(millisSince(begin));
		}
		finally {
			group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
		}
	}

	private static List<GoalUse> newProcesses(CallPeer peer) throws IOException {
		List<Double> first = new ArrayList<>();
		List<Double> second = new ArrayList<>();
		List<Double> prepared = new ArrayList<>();
		for (int run = 0; run < PROCESSES; run++) {
			double[] times = newProcess(peer, false);
			first.add(times[0]);
			second.add(times[1]);
			prepared.add(newProcess(peer, true)[0]);
		}
		return List.of(
				GoalUse.beside("G11",
						"The first call of a process, which loads its code; and the second, median of " + PROCESSES,
						GoalUse.millis(middle(first)) + "; " + GoalUse.millis(middle(second))),
				GoalUse.beside("G11", "The first call of a process where the pool was prepared",
						GoalUse.millis(middle(prepared))));
	}

	private static double[] newProcess(CallPeer peer, boolean prepare) throws IOException {
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				System.getProperty("java.class.path"), FirstCallGoal.class.getName(),
				Integer.toString(peer.registrar()), Boolean.toString(prepare))
			.redirectError(Redirect.INHERIT)
			.start();
		try (BufferedReader reader = new BufferedReader(
				new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
			String line = reader.readLine();
			if (line == null || !line.matches("[0-9.]+ [0-9.]+")) {
				throw new IllegalStateException("A process did not make its calls: " + line);
			}
			String[] times = line.split(" ");
			return new double[] { Double.parseDouble(times[0]), Double.parseDouble(times[1]) };
		}
		finally {
			process.destroy();
		}
	}

	/**
	 * Makes two calls, and says how many milliseconds they took.
	 * @param args the port of a registrar, and whether the pool is prepared
	 * @throws InterruptedException if the thread is interrupted
	 */
	public static void main(String[] args) throws InterruptedException {
		try (RSerPoolNode node = start(Integer.parseInt(args[0]), PAUSE_NANOS)) {
			if (Boolean.parseBoolean(args[1])) {
				node.client().prepare(CallPeer.POOL);
				pause(10 * PAUSE_NANOS);
			}
			double first = call(node);
			pause(PAUSE_NANOS);
			System.out.println(first + " " + call(node));
		}
	}

	/**
	 * Starts a node, and waits until it is at home, and quiet.
	 */
	private static RSerPoolNode start(int registrar, long pauseNanos) {
		RSerPoolNode node = RSerPoolNode.start(NodeSettings.builder(List.of(CallPeer.address(registrar))).build());
		while (node.home() == null) {
			LockSupport.parkNanos(1_000_000);
		}
		pause(pauseNanos);
		return node;
	}

	private static RpcRequest request(boolean idempotent) {
		return new RpcRequest(CallPeer.POOL, CallPeer.METHOD, new byte[64], Map.of(), idempotent,
				Duration.ofSeconds(10), RpcRequest.DEFAULT_MAX_ATTEMPTS);
	}

	private static double call(RSerPoolNode node) throws InterruptedException {
		return call(node, REQUEST);
	}

	private static double call(RSerPoolNode node, RpcRequest request) throws InterruptedException {
		long begin = System.nanoTime();
		try {
			node.client().call(request).get(10, TimeUnit.SECONDS);
		}
		catch (ExecutionException | TimeoutException ex) {
			throw new IllegalStateException("A call failed", ex);
		}
		return millisSince(begin);
	}

	private static void pause(long nanos) {
		if (nanos > 0) {
			LockSupport.parkNanos(nanos);
		}
	}

	private static double millisSince(long begin) {
		return (System.nanoTime() - begin) / 1e6;
	}

	private static double middle(List<Double> values) {
		Collections.sort(values);
		return values.get(values.size() / 2);
	}

}
