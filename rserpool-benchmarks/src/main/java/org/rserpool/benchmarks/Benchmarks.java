package org.rserpool.benchmarks;

import java.io.IOException;
import java.util.Collection;
import java.util.List;

import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs benchmarks, and writes what they measured as a table.
 */
public final class Benchmarks {

	/** How much longer the warm-up is than what is measured. */
	static final int WARM_UP = 5;

	private static final TimeValue TIME = TimeValue.milliseconds(200);

	private final Arguments arguments;

	private Benchmarks(Arguments arguments) {
		this.arguments = arguments;
	}

	/**
	 * Runs.
	 * @param args {@code --benchmarks=PART_OF_NAME}, {@code --forks=NUMBER},
	 * {@code --iterations=NUMBER}, {@code --table=FILE} and {@code --goals=FILE}
	 * @throws IOException if the table cannot be written
	 * @throws InterruptedException if the thread is interrupted
	 * @throws RunnerException if a benchmark fails
	 */
	public static void main(String[] args) throws IOException, InterruptedException, RunnerException {
		new Benchmarks(Arguments.parse(args)).run();
	}

	private void run() throws IOException, InterruptedException, RunnerException {
		long begin = System.nanoTime();
		Collection<RunResult> results = measureTimes();
		List<CallUse> calls = CallUse.measure(this.arguments);
		List<HeapUse> heaps = HeapUse.measure(this.arguments);
		List<GoalUse> goals = GoalBenchmarks.measure(this.arguments);
		if (!goals.isEmpty()) {
			GoalUse.write(goals, this.arguments.goals());
		}
		if (!results.isEmpty() || !calls.isEmpty() || !heaps.isEmpty()) {
			new Table(this.arguments).write(results, calls, heaps, this.arguments.table());
		}
		else if (goals.isEmpty()) {
			throw new IllegalArgumentException("No benchmark has a name with " + this.arguments.benchmarks());
		}
		System.out.println("All measured in " + seconds(begin));
	}

	/**
	 * Says how long something took.
	 * @param begin when it began, by {@link System#nanoTime}
	 */
	static String seconds(long begin) {
		return (System.nanoTime() - begin + 500_000_000) / 1_000_000_000 + " s";
	}

	private Collection<RunResult> measureTimes() throws RunnerException {
		try {
			return new Runner(options()).run();
		}
		catch (NoBenchmarksException ex) {
			return List.of();
		}
	}

	private Options options() {
		return new OptionsBuilder().include(this.arguments.benchmarks())
			.forks(this.arguments.forks())
			.warmupIterations(WARM_UP * this.arguments.iterations())
			.warmupTime(TIME)
			.measurementIterations(this.arguments.iterations())
			.measurementTime(TIME)
			.addProfiler(GCProfiler.class)
			.shouldFailOnError(true)
			.jvmArgsAppend("-Xms1g", "-Xmx1g", "-XX:+UseSerialGC")
			.build();
	}

}
