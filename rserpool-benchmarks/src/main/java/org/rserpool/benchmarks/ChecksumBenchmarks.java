package org.rserpool.benchmarks;

import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

import org.rserpool.handlespace.ElementKey;
import org.rserpool.handlespace.Handlespace;
import org.rserpool.handlespace.HandlespaceChecksum;
import org.rserpool.wire.PolicyType;

/**
 * The checksum of what a registrar owns.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init")
public class ChecksumBenchmarks {

	/** How many elements and pools. */
	@Param
	public HandlespaceSize size;

	private Handlespace handlespace;

	private ElementKey key;

	private final HandlespaceChecksum checksum = new HandlespaceChecksum();

	/**
	 * Makes the handlespace.
	 */
	@Setup
	public void prepare() {
		Population population = new Population(this.size.elements(), this.size.pools(), PolicyType.ROUND_ROBIN);
		this.handlespace = population.registerAll(new Handlespace());
		this.key = population.key(0);
	}

	/**
	 * Reads the checksum, as for each presence.
	 * @return the checksum
	 */
	@Benchmark
	public int read() {
		return this.handlespace.checksum(Samples.REGISTRAR);
	}

	/**
	 * Adds an element and removes it.
	 * @return the checksum
	 */
	@Benchmark
	public int change() {
		this.checksum.add(this.key);
		this.checksum.remove(this.key);
		return this.checksum.value();
	}

}
