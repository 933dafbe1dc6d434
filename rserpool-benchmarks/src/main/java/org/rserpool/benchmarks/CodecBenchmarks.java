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

import org.rserpool.wire.AsapMessage;
import org.rserpool.wire.Decoded;
import org.rserpool.wire.Dialect;
import org.rserpool.wire.Message;
import org.rserpool.wire.WireCodec;

/**
 * Reads and writes one message of each type.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init")
public class CodecBenchmarks {

	/** Which message. */
	@Param
	public WireSample message;

	/** How it is written. */
	@Param
	public Dialect dialect;

	private WireCodec codec;

	private Message decoded;

	private ByteBuffer encoded;

	/**
	 * Makes the message.
	 */
	@Setup
	public void prepare() {
		this.codec = new WireCodec(this.dialect);
		this.decoded = this.message.message();
		this.encoded = this.codec.encode(this.decoded);
		if (!(decode() instanceof Decoded.Success)) {
			throw new IllegalStateException(this.message + " cannot be read: " + decode());
		}
	}

	/**
	 * Reads the message.
	 * @return what was read
	 */
	@Benchmark
	public Decoded<? extends Message> decode() {
		return (this.decoded instanceof AsapMessage) ? this.codec.decodeAsap(this.encoded)
				: this.codec.decodeEnrp(this.encoded);
	}

	/**
	 * Writes the message.
	 * @return what was written
	 */
	@Benchmark
	public ByteBuffer encode() {
		return this.codec.encode(this.decoded);
	}

}
