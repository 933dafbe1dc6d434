package org.rserpool.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.rserpool.rpc.NodeSettings;
import org.rserpool.rpc.RSerPoolNode;
import org.rserpool.rpc.RpcRequest;
import org.rserpool.rpc.RpcSession;

/**
 * Measures a session with a counter, whose element is killed again and again.
 */
final class SessionGoal {

	private static final Duration WARM_UP = Duration.ofSeconds(3);

	private static final Duration PAUSE = Duration.ofSeconds(2);

	private static final int KILLS = 30;

	private static final RpcRequest REQUEST = new RpcRequest(CallPeer.POOL, CallPeer.METHOD, new byte[64], Map.of(),
			false, Duration.ofSeconds(10), RpcRequest.DEFAULT_MAX_ATTEMPTS);

	private final Map<Integer, GoalPeer> peers = new HashMap<>();

	private final GoalScope scope;

	private final RpcSession session;

	private long calls;

	private long failed;

	private long wrong;

	private long last;

	private int serving;

	private final List<Double> resumed = new ArrayList<>();

	private SessionGoal(GoalScope scope, RpcSession session) {
		this.scope = scope;
		this.session = session;
	}

	/**
	 * Kills the element of a session every two seconds for a minute.
	 */
	static List<GoalUse> measure() throws IOException, InterruptedException {
		try (GoalScope scope = new GoalScope();
				RSerPoolNode user = RSerPoolNode.start(NodeSettings.builder(scope.addresses()).build());
				RpcSession session = user.client().session(CallPeer.POOL)) {
			SessionGoal goal = new SessionGoal(scope, session);
			goal.run();
			return List.of(
					GoalUse.none("G7", "Failed calls, its element killed every 2 s for 60 s, each after the other",
							goal.failed, goal.calls),
					GoalUse.none("G7", "Answers with another count than that of the increments", goal.wrong,
							goal.calls),
					GoalUse.atMost("G7", "Until the session goes on, slowest of " + KILLS, goal.resumed.get(KILLS - 1),
							300),
					GoalUse.beside("G7", "The same, median", GoalUse.millis(goal.resumed.get(KILLS / 2))));
		}
	}

	private void run() throws IOException, InterruptedException {
		for (int element = 0; element < 3; element++) {
			start();
		}
		this.scope.awaitElements(3);
		call(WARM_UP);
		for (int kill = 0; kill < KILLS; kill++) {
			GoalPeer victim = this.peers.remove(this.serving);
			if (victim == null) {
				throw new IllegalStateException("The session has no element that lives");
			}
			victim.kill();
			this.resumed.add(call());
			start();
			call(PAUSE);
			this.scope.awaitElements(3);
		}
		Collections.sort(this.resumed);
	}

	private void start() throws IOException {
		GoalPeer peer = this.scope.start(0);
		this.peers.put(this.scope.lastIdentifier(), peer);
	}

	private void call(Duration duration) throws InterruptedException {
		long end = System.nanoTime() + duration.toNanos();
		while (System.nanoTime() < end) {
			call();
		}
	}

	/**
	 * Makes a call, and compares its answer with the number of calls.
	 * @return how many milliseconds it took
	 */
	private double call() throws InterruptedException {
		long begin = System.nanoTime();
		this.calls++;
		try {
			ByteBuffer answer = ByteBuffer.wrap(this.session.call(REQUEST).get(20, TimeUnit.SECONDS));
			this.serving = answer.getInt();
			long count = answer.getLong();
			if (count != this.last + 1) {
				this.wrong++;
			}
			this.last = count;
		}
		catch (ExecutionException | TimeoutException ex) {
			this.failed++;
			this.last++;
		}
		return (System.nanoTime() - begin) / 1e6;
	}

}
