package org.rserpool.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * Measures by the clock on the wall what the goals of the project promise, with pool
 * elements that are processes of their own.
 */
final class GoalBenchmarks {

	private static final Duration WARM_UP = Duration.ofSeconds(3);

	private static final int RUNS = 5;

	private final List<GoalUse> measured = new ArrayList<>();

	private GoalBenchmarks() {
	}

	static List<GoalUse> measure(Arguments arguments) throws IOException, InterruptedException {
		GoalBenchmarks benchmarks = new GoalBenchmarks();
		if (arguments.matches(GoalUse.NAME)) {
			benchmarks.part("G1", benchmarks::crash);
			benchmarks.part("G1, without a pool user", benchmarks::crashUnused);
			benchmarks.part("G2", benchmarks::crashOfTwo);
			benchmarks.part("G4", benchmarks::rollingRestart);
			benchmarks.part("G7", () -> benchmarks.measured.addAll(SessionGoal.measure()));
			benchmarks.part("G8", benchmarks::homeRegistrar);
			benchmarks.part("G10", benchmarks::silence);
			benchmarks.part("G11", () -> benchmarks.measured.addAll(FirstCallGoal.measure()));
			benchmarks.part("G12", () -> benchmarks.measured.addAll(AddressGoal.measure()));
		}
		return benchmarks.measured;
	}

	private void part(String name, Part part) throws IOException, InterruptedException {
		long begin = System.nanoTime();
		part.measure();
		System.out.println(name + ": measured in " + Benchmarks.seconds(begin));
	}

	private void crash() throws IOException, InterruptedException {
		double gone = 0;
		long failed = 0;
		long count = 0;
		List<Double> affected = new ArrayList<>();
		for (int run = 0; run < RUNS; run++) {
			try (GoalScope scope = new GoalScope()) {
				List<GoalPeer> peers = start(scope, 3, 0);
				try (GoalLoad load = new GoalLoad(scope.addresses(), 3, 1000)) {
					load.run(WARM_UP);
					load.forget();
					int dead = scope.lastIdentifier();
					peers.get(2).kill();
					gone = Math.max(gone, scope.await((snapshot) -> !GoalScope.elements(snapshot).contains(dead)));
					load.run(Duration.ofSeconds(2));
					load.end();
					failed += load.failed();
					count += load.count();
					affected.addAll(load.failedOver());
					cause("G1", load);
				}
			}
		}
		Collections.sort(affected);
		this.measured.add(GoalUse.none("G1",
				"Failed calls at 1000 calls/s of 3 users, 1 of 3 elements killed, " + RUNS + " times", failed, count));
		this.measured.add(GoalUse.beside("G1", "Calls that failed over", Integer.toString(affected.size())));
		this.measured.add(GoalUse.atMost("G1", "99.9 % of the calls that failed over",
				affected.isEmpty() ? 0 : affected.get((int) Math.ceil(0.999 * affected.size()) - 1), 250));
		this.measured
			.add(GoalUse.atMost("G1", "Until both registrars have removed it, slowest of " + RUNS, gone, 1000));
	}

	private void cause(String goal, GoalLoad load) {
		if (load.failed() > 0) {
			this.measured.add(GoalUse.beside(goal, "Most frequent cause of a failure", load.cause()));
		}
	}

	private void crashUnused() throws IOException {
		try (GoalScope scope = new GoalScope()) {
			List<GoalPeer> peers = start(scope, 2, 0);
			int dead = scope.lastIdentifier();
			peers.get(1).kill();
			this.measured.add(GoalUse.atMost("G1", "Until both registrars have removed it, without a pool user",
					scope.await((snapshot) -> !GoalScope.elements(snapshot).contains(dead)), 5000));
		}
	}

	private void crashOfTwo() throws IOException {
		double longest = 0;
		for (int run = 0; run < RUNS; run++) {
			try (GoalScope scope = new GoalScope()) {
				List<GoalPeer> peers = start(scope, 3, 0);
				peers.subList(1, 3).forEach(GoalPeer::kill);
				longest = Math.max(longest, scope.await((snapshot) -> GoalScope.elements(snapshot).equals(Set.of(1))));
			}
		}
		this.measured.add(GoalUse.atMost("G2",
				"Until both registrars name only the third when 2 of 3 elements are killed, slowest of " + RUNS,
				longest, 5000));
	}

	private void rollingRestart() throws IOException, InterruptedException {
		int call = 5;
		try (GoalScope scope = new GoalScope()) {
			List<GoalPeer> peers = start(scope, 5, call);
			try (GoalLoad load = new GoalLoad(scope.addresses(), 2, 2000)) {
				load.run(WARM_UP);
				load.forget();
				double longest = 0;
				for (int run = 0; run < 5; run++) {
					longest = Math.max(longest, peers.remove(0).leave());
					scope.awaitElements(4);
					load.run(Duration.ofSeconds(1));
					peers.add(scope.start(call));
					scope.awaitElements(5);
					load.run(Duration.ofSeconds(1));
				}
				load.end();
				this.measured
					.add(GoalUse.none("G4", "Failed calls at 2000 calls/s, each of 5 elements replaced in turn",
							load.failed(), load.count()));
				cause("G4", load);
				this.measured.add(GoalUse.beside("G4", "Calls that failed over, unseen by the application",
						Integer.toString(load.failedOver().size())));
				this.measured.add(GoalUse.atMost("G4", "Until an element is gone, with calls of 5 ms, slowest of 5",
						longest, call + 100));
			}
		}
	}

	private void homeRegistrar() throws IOException, InterruptedException {
		double longest = 0;
		long failed = 0;
		long count = 0;
		for (int run = 0; run < RUNS; run++) {
			try (GoalScope scope = new GoalScope()) {
				start(scope, 3, 0);
				try (GoalLoad load = new GoalLoad(scope.addresses(), 1, 500)) {
					load.run(WARM_UP);
					load.forget();
					int home = scope.endHome();
					longest = Math.max(longest,
							scope.await((snapshot) -> snapshot.pools()
								.stream()
								.flatMap((pool) -> pool.elements().stream())
								.allMatch((element) -> element.homeRegistrar() != home)));
					load.run(Duration.ofSeconds(1));
					load.end();
					failed += load.failed();
					count += load.count();
				}
			}
		}
		this.measured.add(GoalUse.atMost("G8",
				"Until all elements of a home registrar that ended have another one, " + "slowest of " + RUNS, longest,
				5000));
		this.measured.add(GoalUse.none("G8", "Failed calls meanwhile", failed, count));
	}

	private void silence() throws IOException, InterruptedException {
		try (GoalScope scope = new GoalScope()) {
			List<GoalPeer> peers = start(scope, 3, 0);
			try (GoalLoad load = new GoalLoad(scope.addresses(), 3, 1000)) {
				load.run(WARM_UP);
				load.forget();
				peers.get(0).stop();
				load.run(Duration.ofSeconds(3));
				long failed = load.failed();
				long count = load.count();
				this.measured.add(GoalUse.atMost("G10",
						"The slowest call when 1 of 3 elements is stopped (kill -STOP) at 1000 calls/s", load.longest(),
						3000));
				load.forget();
				load.run(Duration.ofSeconds(5));
				load.end();
				this.measured.add(GoalUse.none("G10", "Failed calls", failed + load.failed(), count + load.count()));
				this.measured.add(GoalUse.beside("G10", "The slowest call of the 5 s after the first 3 s",
						GoalUse.millis(load.longest())));
			}
		}
	}

	private static List<GoalPeer> start(GoalScope scope, int count, int delayMillis) throws IOException {
		List<GoalPeer> peers = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			peers.add(scope.start(delayMillis));
		}
		scope.awaitElements(count);
		return peers;
	}

	/**
	 * Measures one thing.
	 */
	private interface Part {

		void measure() throws IOException, InterruptedException;

	}

}
