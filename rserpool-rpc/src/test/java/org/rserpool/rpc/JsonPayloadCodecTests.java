package org.rserpool.rpc;

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Payloads in JSON.
 */
class JsonPayloadCodecTests {

	private final JsonPayloadCodec codec = new JsonPayloadCodec();

	@Test
	void argumentsCanBeReadAndComeBack() {
		Type[] types = { int.class, String.class, byte[].class, Point.class, Duration.class };
		Object[] arguments = { 7, "text", new byte[] { 1, -2 }, new Point(1, 2), Duration.ofMillis(1500) };
		byte[] payload = this.codec.encodeArguments(types, arguments);
		assertThat(text(payload)).isEqualTo("[7,\"text\",\"Af4=\",{\"x\":1,\"y\":2},\"PT1.5S\"]");
		assertThat(this.codec.decodeArguments(types, payload)).usingRecursiveComparison().isEqualTo(arguments);
	}

	@Test
	void resultsCanBeReadAndComeBack() {
		byte[] payload = this.codec.encodeResult(Point.class, new Point(3, 4));
		assertThat(text(payload)).isEqualTo("{\"x\":3,\"y\":4}");
		assertThat(this.codec.decodeResult(Point.class, payload)).isEqualTo(new Point(3, 4));
		assertThat(this.codec.decodeResult(void.class, this.codec.encodeResult(void.class, null))).isNull();
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.codec.decodeResult(Point.class, octets("{\"x\":3,\"y\":4} {}")))
			.withMessageContaining("something follows it");
	}

	@Test
	void payloadCannotNameAClass() {
		byte[] payload = octets("{\"value\":{\"@class\":\"" + Point.class.getName() + "\",\"x\":1,\"y\":2}}");
		assertThatIllegalArgumentException().isThrownBy(() -> this.codec.decodeResult(Open.class, payload));
	}

	@Test
	void whatIsTooDeepOrTooLongIsRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.codec.decodeResult(Object.class, octets("[".repeat(100_000))))
			.withMessageContaining("nesting depth");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.codec.decodeResult(Number.class, octets("1".repeat(100_000))))
			.withMessageContaining("Number value length");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.codec.decodeResult(Map.class, octets("{\"" + "k".repeat(100_000) + "\":1}")))
			.withMessageContaining("Name length");
	}

	@Test
	void whatIsInCborIsNoJson() {
		byte[] payload = new CborPayloadCodec().encodeArguments(new Type[] { List.class }, new Object[] { List.of() });
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.codec.decodeArguments(new Type[] { List.class }, payload));
	}

	private static String text(byte[] payload) {
		return new String(payload, StandardCharsets.UTF_8);
	}

	private static byte[] octets(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	record Point(int x, int y) {
	}

	record Open(@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS) Object value) {
	}

}
