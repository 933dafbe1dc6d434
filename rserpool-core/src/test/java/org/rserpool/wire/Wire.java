package org.rserpool.wire;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.HexFormat;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Short forms for tests of the codec.
 */
final class Wire {

	static final WireCodec RFC = new WireCodec(Dialect.RFC);

	static final WireCodec RSPLIB = new WireCodec(Dialect.RSPLIB);

	private Wire() {
	}

	static ByteBuffer octets(String hex) {
		return ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", "")));
	}

	static String hex(ByteBuffer octets) {
		return Octets.copyOf(octets).toHex();
	}

	static <M extends Message> M message(Decoded<M> decoded) {
		assertThat(decoded).isInstanceOf(Decoded.Success.class);
		Decoded.Success<M> success = (Decoded.Success<M>) decoded;
		assertThat(success.report()).isEmpty();
		return success.message();
	}

	static <M extends Message> Decoded.Failure<M> failure(Decoded<M> decoded) {
		assertThat(decoded).isInstanceOf(Decoded.Failure.class);
		return (Decoded.Failure<M>) decoded;
	}

	static AsapMessage asap(String hex) {
		return message(RFC.decodeAsap(octets(hex)));
	}

	static EnrpMessage enrp(String hex) {
		return message(RFC.decodeEnrp(octets(hex)));
	}

	/**
	 * Asserts that a message is refused, that the reason says what is wrong, and that the
	 * sender is told about the parameter.
	 */
	static void assertInvalid(Decoded<?> decoded, String reason, String parameter) {
		Decoded.Failure<?> failure = failure(decoded);
		assertThat(failure.reason()).contains(reason);
		assertThat(failure.report())
			.containsExactly(new ErrorCause(ErrorCause.INVALID_VALUES, Octets.ofHex(parameter.replace(" ", ""))));
	}

	/**
	 * Asserts that a message is refused, and that the sender is told nothing.
	 */
	static void assertDiscarded(Decoded<?> decoded, String reason) {
		Decoded.Failure<?> failure = failure(decoded);
		assertThat(failure.reason()).contains(reason);
		assertThat(failure.report()).isEmpty();
	}

	/**
	 * Asserts that a message is refused, and that the sender is told of an error without
	 * a parameter.
	 */
	static void assertRefused(Decoded<?> decoded, String reason) {
		Decoded.Failure<?> failure = failure(decoded);
		assertThat(failure.reason()).contains(reason);
		assertThat(failure.report()).containsExactly(ErrorCause.of(ErrorCause.UNSPECIFIED));
	}

	static InetAddress address(String literal) {
		try {
			return InetAddress.getByName(literal);
		}
		catch (UnknownHostException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

}
