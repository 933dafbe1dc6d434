package org.rserpool.policy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Random;

import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PolicyField;
import org.rserpool.wire.PolicyType;
import org.rserpool.wire.PoolElement;

/**
 * A pool under load, in virtual time: jobs arrive at random, each element works on one at
 * a time, and tells the registrar its load now and then by a re-registration.
 */
final class LoadedPool {

	private static final double MAX = 0xffffffffL;

	/** How many seconds of work make a full load. */
	private static final double FULL = 50;

	private final PolicyType type;

	private final double reportInterval;

	private final MemberSelection selection;

	private final List<Worker> workers = new ArrayList<>();

	private final Random arrivals;

	private final Random works;

	private final Random draws;

	/**
	 * Makes a pool.
	 * @param speeds how many jobs per second each element can do
	 * @param reportInterval how many seconds lie between two reports of an element
	 */
	LoadedPool(PolicyType type, double[] speeds, double reportInterval, long seed) {
		this.type = type;
		this.reportInterval = reportInterval;
		this.selection = MemberSelection.of(type.number());
		this.arrivals = new Random(seed);
		this.works = new Random(seed + 1);
		this.draws = new Random(seed + 2);
		for (int i = 0; i < speeds.length; i++) {
			this.workers.add(new Worker(i + 1, speeds[i], reportInterval * i / speeds.length));
		}
	}

	/**
	 * Serves jobs.
	 * @param rate how many arrive per second on average
	 * @param jobs how many
	 * @return how many seconds it takes on average from the arrival of a job to its end
	 */
	double meanResponseTime(double rate, int jobs) {
		return Arrays.stream(responseTimes(rate, jobs)).average().orElseThrow();
	}

	/**
	 * Serves jobs.
	 * @param rate how many arrive per second on average
	 * @param jobs how many
	 * @return how many seconds 99 % of the jobs take at most from arrival to end
	 */
	double slowResponseTime(double rate, int jobs) {
		double[] times = responseTimes(rate, jobs);
		Arrays.sort(times);
		return times[(int) (0.99 * jobs)];
	}

	private double[] responseTimes(double rate, int jobs) {
		double now = 0;
		double[] times = new double[jobs];
		for (int i = 0; i < jobs; i++) {
			now += exponential(this.arrivals, rate);
			for (Worker worker : this.workers) {
				worker.report(now);
			}
			double work = exponential(this.works, 1);
			PoolElement selected = this.selection.select(1, this.draws).get(0);
			times[i] = this.workers.get(selected.identifier() - 1).serve(now, work) - now;
		}
		return times;
	}

	private static double exponential(Random random, double rate) {
		return -Math.log(1 - random.nextDouble()) / rate;
	}

	private final class Worker {

		private final int identifier;

		private final double speed;

		private final Deque<Double> ends = new ArrayDeque<>();

		private double nextReport;

		Worker(int identifier, double speed, double firstReport) {
			this.identifier = identifier;
			this.speed = speed;
			this.nextReport = firstReport;
			register(0);
		}

		void report(double now) {
			for (; this.nextReport <= now; this.nextReport += LoadedPool.this.reportInterval) {
				while (!this.ends.isEmpty() && this.ends.getFirst() <= this.nextReport) {
					this.ends.removeFirst();
				}
				register(this.ends.size());
			}
		}

		double serve(double now, double work) {
			double start = this.ends.isEmpty() ? now : Math.max(now, this.ends.getLast());
			this.ends.addLast(start + work / this.speed);
			return this.ends.getLast();
		}

		private void register(int jobs) {
			long[] values = LoadedPool.this.type.fields().stream().mapToLong((field) -> value(field, jobs)).toArray();
			LoadedPool.this.selection
				.put(Members.element(this.identifier, MemberSelectionPolicy.of(LoadedPool.this.type, values)));
		}

		private long value(PolicyField field, int jobs) {
			return switch (field) {
				case LOAD -> Math.round(MAX * Math.min(1, jobs / this.speed / FULL));
				case LOAD_DEGRADATION -> Math.round(MAX / this.speed / FULL);
				case LOAD_DPF -> Math.round(MAX / 10_000);
				case DISTANCE -> 5;
				default -> 1;
			};
		}

	}

}
