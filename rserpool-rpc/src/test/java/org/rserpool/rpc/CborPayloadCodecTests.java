package org.rserpool.rpc;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Payloads in CBOR.
 */
class CborPayloadCodecTests {

	private final CborPayloadCodec codec = new CborPayloadCodec();

	@Test
	void argumentsComeBackAsTheirDeclaredTypes() {
		Type[] types = types("everything");
		Object[] arguments = { 7, "text", new byte[] { 1, -2 }, new Point(1, 2), Optional.of(3L),
				List.of(new Point(3, 4)), Map.of("a", new Point(5, 6)), Duration.ofMillis(1500),
				Instant.ofEpochSecond(1, 5) };
		Object[] decoded = this.codec.decodeArguments(types, this.codec.encodeArguments(types, arguments));
		assertThat(decoded).usingRecursiveComparison().isEqualTo(arguments);
	}

	@Test
	void octetsTravelAsTheyAre() {
		byte[] octets = new byte[1000];
		assertThat(this.codec.encodeResult(byte[].class, octets)).hasSize(1003);
	}

	@Test
	void nothingAndNullTravel() {
		assertThat(this.codec.decodeResult(void.class, this.codec.encodeResult(void.class, null))).isNull();
		assertThat(this.codec.decodeResult(String.class, this.codec.encodeResult(String.class, null))).isNull();
		Type[] types = { String.class };
		assertThat(this.codec.decodeArguments(types, this.codec.encodeArguments(types, new Object[] { null })))
			.containsExactly((Object) null);
		assertThat(this.codec.decodeArguments(new Type[0], this.codec.encodeArguments(new Type[0], new Object[0])))
			.isEmpty();
	}

	@Test
	void numberOfArgumentsMustAgree() {
		Type[] one = { int.class };
		Type[] two = { int.class, int.class };
		byte[] payload = this.codec.encodeArguments(one, new Object[] { 1 });
		assertThatIllegalArgumentException().isThrownBy(() -> this.codec.decodeArguments(two, payload))
			.withMessageContaining("1 came for 2");
		byte[] more = this.codec.encodeArguments(two, new Object[] { 1, 2 });
		assertThatIllegalArgumentException().isThrownBy(() -> this.codec.decodeArguments(one, more))
			.withMessageContaining("more came than the 1");
		assertThatIllegalArgumentException().isThrownBy(() -> this.codec.encodeArguments(two, new Object[] { 1 }));
	}

	@Test
	void payloadOfAnotherTypeIsDescribed() {
		byte[] text = this.codec.encodeResult(String.class, "no number");
		assertThatIllegalArgumentException().isThrownBy(() -> this.codec.decodeResult(int.class, text))
			.withMessageContaining("The result cannot be decoded")
			.withMessageContaining("int");
		assertThatIllegalArgumentException().isThrownBy(() -> this.codec.decodeResult(String.class, new byte[0]))
			.withMessageContaining("empty");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.codec.decodeArguments(new Type[] { int.class }, text))
			.withMessageContaining("no array");
		byte[] none = this.codec.encodeResult(Integer.class, null);
		assertThatIllegalArgumentException().isThrownBy(() -> this.codec.decodeResult(int.class, none));
	}

	@Test
	void unknownPropertyIsSkipped() {
		byte[] wide = this.codec.encodeResult(WidePoint.class, new WidePoint(1, 2, "more"));
		assertThat(this.codec.decodeResult(Point.class, wide)).isEqualTo(new Point(1, 2));
	}

	@Test
	void payloadCannotNameAClass() {
		byte[] payload = this.codec.encodeResult(Map.class, Map.of("value", Map.of("@class", Point.class.getName())));
		assertThatIllegalArgumentException().isThrownBy(() -> this.codec.decodeResult(Open.class, payload));
	}

	@Test
	void whatIsNestedTooDeepIsRefused() {
		byte[] arrays = new byte[100_000];
		Arrays.fill(arrays, (byte) 0x81);
		assertThatIllegalArgumentException().isThrownBy(() -> this.codec.decodeResult(Object.class, arrays))
			.withMessageContaining("nesting depth");
	}

	@Test
	void whatPromisesMoreThanItHasTakesNoMemory() {
		for (int type : new int[] { 0x5a, 0x7a, 0x9a, 0xba }) {
			byte[] promise = { (byte) type, 0x7f, -1, -1, -1, 0 };
			assertThatIllegalArgumentException().isThrownBy(() -> this.codec.decodeResult(Object.class, promise));
		}
	}

	@Test
	void anyOctetsComeToAValueOrAnIllegalArgument() {
		Random random = new Random(4711);
		Type[] types = types("everything");
		byte[] valid = this.codec.encodeArguments(types, new Object[] { 7, "text", new byte[] { 1, -2 },
				new Point(1, 2), Optional.of(3L), List.of(), Map.of(), Duration.ZERO, Instant.EPOCH });
		int rejected = 0;
		for (int round = 0; round < 20_000; round++) {
			byte[] octets = Arrays.copyOf(valid, random.nextInt(valid.length + 1));
			for (int change = random.nextInt(4); change > 0 && octets.length > 0; change--) {
				octets[random.nextInt(octets.length)] = (byte) random.nextInt();
			}
			try {
				this.codec.decodeArguments(types, octets);
			}
			catch (IllegalArgumentException ex) {
				rejected++;
			}
		}
		assertThat(rejected).isGreaterThan(10_000);
	}

	private static Type[] types(String name) {
		return Arrays.stream(Signatures.class.getDeclaredMethods())
			.filter((method) -> method.getName().equals(name))
			.map(Method::getGenericParameterTypes)
			.findFirst()
			.orElseThrow();
	}

	record Point(int x, int y) {
	}

	record WidePoint(int x, int y, String label) {
	}

	record Open(@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS) Object value) {
	}

	interface Signatures {

		void everything(int number, String text, byte[] octets, Point point, Optional<Long> optional,
				List<Point> points, Map<String, Point> named, Duration duration, Instant instant);

	}

}
