package org.rserpool.wire;

import java.nio.ByteBuffer;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * What is drawn, written and read is what was drawn.
 */
class RoundTripTests {

	private static final int ROUNDS = 40;

	@ParameterizedTest(name = "dialect {0}, seed {1}")
	@MethodSource("seeds")
	void asapMessageIsReadAsItWasWritten(Dialect dialect, long seed) {
		WireCodec codec = new WireCodec(dialect);
		MessageGenerator generator = new MessageGenerator(seed, dialect);
		for (int round = 0; round < ROUNDS; round++) {
			for (int kind = AsapType.REGISTRATION; kind <= AsapType.ERROR; kind++) {
				AsapMessage message = generator.asap(kind);
				ByteBuffer octets = codec.encode(message);
				assertThat(octets.remaining() % 4).isZero();
				assertThat(octets.get(0)).isEqualTo((byte) kind);
				assertThat(Wire.message(codec.decodeAsap(octets))).isEqualTo(message);
			}
		}
	}

	@ParameterizedTest(name = "dialect {0}, seed {1}")
	@MethodSource("seeds")
	void enrpMessageIsReadAsItWasWritten(Dialect dialect, long seed) {
		WireCodec codec = new WireCodec(dialect);
		MessageGenerator generator = new MessageGenerator(seed, dialect);
		for (int round = 0; round < ROUNDS; round++) {
			for (int kind = EnrpType.PRESENCE; kind <= EnrpType.ERROR; kind++) {
				EnrpMessage message = generator.enrp(kind);
				ByteBuffer octets = codec.encode(message);
				assertThat(octets.remaining() % 4).isZero();
				assertThat(octets.get(0)).isEqualTo((byte) kind);
				assertThat(Wire.message(codec.decodeEnrp(octets))).isEqualTo(message);
			}
		}
	}

	static Stream<Arguments> seeds() {
		return Stream.of(Dialect.values())
			.flatMap((dialect) -> Stream.of(1L, 2L, 3L, 4L, 5L).map((seed) -> arguments(dialect, seed)));
	}

}
