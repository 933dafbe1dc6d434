package org.rserpool.benchmarks;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

import org.rserpool.rpc.CallOutcome;
import org.rserpool.rpc.EndedCall;
import org.rserpool.rpc.NodeSettings;
import org.rserpool.rpc.RSerPoolNode;
import org.rserpool.rpc.RpcRequest;

/**
 * Pool users that make idempotent calls at a rate, whether others are answered or not.
 */
final class GoalLoad implements AutoCloseable {

	private final List<RSerPoolNode> users = new ArrayList<>();

	private final Queue<EndedCall> ended = new ConcurrentLinkedQueue<>();

	private final Map<String, Integer> failures = new ConcurrentHashMap<>();

	private final RpcRequest request = new RpcRequest(CallPeer.POOL, CallPeer.METHOD, new byte[64], Map.of(), true,
			Duration.ofSeconds(10), RpcRequest.DEFAULT_MAX_ATTEMPTS);

	private final Thread thread;

	private volatile boolean enough;

	GoalLoad(List<InetSocketAddress> registrars, int users, int rate) {
		for (int i = 0; i < users; i++) {
			this.users.add(RSerPoolNode.start(NodeSettings.builder(registrars).callListener(this.ended::add).build()));
		}
		this.thread = new Thread(() -> run(rate), "load");
		this.thread.start();
	}

	private void run(int rate) {
		long begin = System.nanoTime();
		long made = 0;
		while (!this.enough) {
			long due = (System.nanoTime() - begin) * rate / 1_000_000_000;
			for (; made < due; made++) {
				this.users.get((int) (made % this.users.size()))
					.client()
					.call(this.request)
					.whenComplete((answer, failure) -> {
						if (failure != null) {
							this.failures.merge(cause(failure), 1, Integer::sum);
						}
					});
			}
			LockSupport.parkNanos(500_000);
		}
	}

	/** Lets calls be made for a while. */
	void run(Duration duration) throws InterruptedException {
		this.thread.join(duration.toMillis());
	}

	/** Forgets what ended until now. */
	void forget() {
		this.ended.clear();
		this.failures.clear();
	}

	/** Makes no more calls, and waits for those that were made. */
	void end() throws InterruptedException {
		this.enough = true;
		this.thread.join();
		long limit = System.nanoTime() + Duration.ofSeconds(15).toNanos();
		for (int size = -1; size != this.ended.size() && System.nanoTime() < limit;) {
			size = this.ended.size();
			LockSupport.parkNanos(300_000_000);
		}
	}

	int count() {
		return this.ended.size();
	}

	long failed() {
		return this.ended.stream().filter((call) -> call.outcome() != CallOutcome.ANSWERED).count();
	}

	/**
	 * Return why calls failed.
	 * @return the most frequent cause, and how often it was; empty if none failed
	 */
	String cause() {
		return this.failures.entrySet()
			.stream()
			.max(Map.Entry.comparingByValue())
			.map((most) -> most.getValue() + " times: " + most.getKey())
			.orElse("");
	}

	private static String cause(Throwable failure) {
		String text = failure.getClass().getSimpleName() + ": " + String.valueOf(failure.getMessage());
		String one = text.replaceAll("0x[0-9a-f]+", "0x..").replaceAll("[0-9]+", "N").replaceAll("\\s+", " ");
		return one.substring(0, Math.min(160, one.length()));
	}

	/**
	 * Return how long the calls took that had more than one attempt.
	 * @return milliseconds, sorted
	 */
	List<Double> failedOver() {
		return this.ended.stream()
			.filter((call) -> !call.failedAttempts().isEmpty())
			.map((call) -> call.duration().toNanos() / 1e6)
			.sorted()
			.toList();
	}

	double longest() {
		return this.ended.stream().mapToDouble((call) -> call.duration().toNanos() / 1e6).max().orElse(0);
	}

	@Override
	public void close() {
		this.enough = true;
		this.users.forEach(RSerPoolNode::close);
	}

}
