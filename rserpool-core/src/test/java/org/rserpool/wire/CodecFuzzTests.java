package org.rserpool.wire;

import java.nio.ByteBuffer;

import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * Any octets come to a message or a described error, and a message that was read can be
 * written and read again. Runs over its seeds as an ordinary test, and as a fuzz test
 * where the environment variable {@code JAZZER_FUZZ} is 1 and the system property
 * {@code jazzer.hooks} is true.
 */
class CodecFuzzTests {

	@FuzzTest(maxDuration = "1m")
	void anyOctetsComeToAnAsapMessageOrAnError(byte[] octets) {
		for (Dialect dialect : Dialect.values()) {
			WireCodec codec = new WireCodec(dialect);
			Totality.check(codec, codec.decodeAsap(ByteBuffer.wrap(octets)));
		}
	}

	@FuzzTest(maxDuration = "1m")
	void anyOctetsComeToAnEnrpMessageOrAnError(byte[] octets) {
		for (Dialect dialect : Dialect.values()) {
			WireCodec codec = new WireCodec(dialect);
			Totality.check(codec, codec.decodeEnrp(ByteBuffer.wrap(octets)));
		}
	}

}
