package org.rserpool.benchmarks;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

import org.rserpool.handlespace.Handlespace;

/**
 * What a registrar does with its handlespace. One operation treats all elements, so its
 * time is to be divided by their number.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HandlespaceBenchmarks {

	/**
	 * Registers elements in an empty handlespace.
	 * @param full has the elements
	 * @return the handlespace
	 */
	@Benchmark
	public Handlespace register(Full full) {
		return full.population.registerAll(new Handlespace());
	}

	/**
	 * Registers elements again.
	 * @param full has the elements, and the handlespace that knows them
	 * @return the handlespace
	 */
	@Benchmark
	public Handlespace reregister(Renewed full) {
		return full.population.registerAll(full.handlespace);
	}

	/**
	 * Selects one element, of one pool after the other.
	 * @param full has the handlespace
	 * @param blackhole takes what was selected
	 */
	@Benchmark
	public void resolve1(Full full, Blackhole blackhole) {
		full.resolve(1, blackhole);
	}

	/**
	 * Selects three elements, of one pool after the other.
	 * @param full has the handlespace
	 * @param blackhole takes what was selected
	 */
	@Benchmark
	public void resolve3(Full full, Blackhole blackhole) {
		full.resolve(3, blackhole);
	}

	/**
	 * Deregisters all elements.
	 * @param filled has a full handlespace
	 * @return the empty handlespace
	 */
	@Benchmark
	public Handlespace deregister(Filled filled) {
		return filled.population.deregisterAll(filled.handlespace);
	}

	/**
	 * A handlespace with elements.
	 */
	@State(Scope.Thread)
	@SuppressWarnings("NullAway.Init")
	public static class Full {

		/** How many elements and pools. */
		@Param
		public HandlespaceSize size;

		/** The policy of all pools. */
		@Param
		public PolicyFamily policy;

		Population population;

		Handlespace handlespace;

		private final SplittableRandom random = new SplittableRandom(1);

		/**
		 * Makes the elements and the handlespace.
		 */
		@Setup
		public void prepare() {
			this.population = new Population(this.size.elements(), this.size.pools(), this.policy.type());
			this.handlespace = this.population.registerAll(new Handlespace());
		}

		void resolve(int items, Blackhole blackhole) {
			for (int i = 0; i < this.population.size(); i++) {
				blackhole.consume(this.handlespace.select(this.population.handle(i), items, this.random));
			}
		}

	}

	/**
	 * A handlespace, and elements that are equal to its own.
	 */
	public static class Renewed extends Full {

		/**
		 * Makes new copies of the elements.
		 */
		@Setup(Level.Invocation)
		public void renew() {
			this.population.renew();
		}

	}

	/**
	 * A handlespace that is filled again before each operation.
	 */
	public static class Filled extends Full {

		/**
		 * Fills the handlespace.
		 */
		@Setup(Level.Invocation)
		public void fill() {
			this.population.registerAll(this.handlespace);
		}

	}

}
