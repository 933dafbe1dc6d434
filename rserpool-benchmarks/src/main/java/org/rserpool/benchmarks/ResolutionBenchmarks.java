package org.rserpool.benchmarks;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

import org.rserpool.wire.Dialect;
import org.rserpool.wire.Message;
import org.rserpool.wire.WireCodec;

/**
 * What both sides of a handle resolution do with its messages: the pool user writes the
 * request, the registrar reads it and writes the answer with 3 elements, and the pool
 * user reads that.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init")
public class ResolutionBenchmarks {

	/** How messages are written. */
	@Param
	public Dialect dialect;

	private WireCodec codec;

	private Message request;

	private Message answer;

	/**
	 * Makes the messages.
	 */
	@Setup
	public void prepare() {
		this.codec = new WireCodec(this.dialect);
		this.request = WireSample.HANDLE_RESOLUTION.message();
		this.answer = WireSample.HANDLE_RESOLUTION_RESPONSE.message();
	}

	/**
	 * Writes and reads both messages.
	 * @param blackhole takes what was read
	 */
	@Benchmark
	public void requestAndAnswer(Blackhole blackhole) {
		ByteBuffer sent = this.codec.encode(this.request);
		blackhole.consume(this.codec.decodeAsap(sent));
		ByteBuffer answered = this.codec.encode(this.answer);
		blackhole.consume(this.codec.decodeAsap(answered));
	}

}
