package org.rserpool.wire;

import java.nio.ByteBuffer;
import java.util.List;

import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/**
 * What holds for whatever was received.
 */
final class Totality {

	private Totality() {
	}

	/**
	 * Checks that some octets come to a message or an error in either protocol and
	 * dialect, and that what came out can be used.
	 * @param octets the octets
	 */
	static void check(byte[] octets) {
		check(Wire.RFC, octets);
		check(Wire.RSPLIB, octets);
	}

	private static void check(WireCodec codec, byte[] octets) {
		check(codec, codec.decodeAsap(ByteBuffer.wrap(octets)));
		check(codec, codec.decodeEnrp(ByteBuffer.wrap(octets)));
	}

	static void check(WireCodec codec, Decoded<? extends Message> decoded) {
		if (decoded instanceof Decoded.Success<? extends Message> success) {
			checkMessage(codec, success.message());
			checkReport(codec, success.report());
		}
		else if (decoded instanceof Decoded.Failure<? extends Message> failure) {
			if (failure.reason().isBlank()) {
				fail("The failure has no reason");
			}
			checkReport(codec, failure.report());
		}
	}

	private static void checkMessage(WireCodec codec, Message message) {
		ByteBuffer octets = encode(codec, message);
		if (octets != null) {
			Decoded<? extends Message> again = (message instanceof AsapMessage) ? codec.decodeAsap(octets)
					: codec.decodeEnrp(octets);
			// Many messages go through here, and an assertion costs more than decoding.
			if (!again.equals(new Decoded.Success<>(message, List.of()))) {
				assertThat(Wire.message(again)).isEqualTo(message);
			}
		}
	}

	private static @Nullable ByteBuffer encode(WireCodec codec, Message message) {
		try {
			return codec.encode(message);
		}
		catch (IllegalArgumentException ex) {
			assertThat(ex).hasMessageMatching("Pool handle .*|The message of type .* is longer than .*");
			return null;
		}
	}

	private static void checkReport(WireCodec codec, List<ErrorCause> report) {
		if (!report.isEmpty()) {
			codec.encode(new AsapMessage.Error(report));
		}
	}

}
