package org.rserpool.rpc;

import java.lang.reflect.Type;
import java.util.Arrays;

import com.google.protobuf.Int64Value;
import com.google.protobuf.ListValue;
import com.google.protobuf.MessageLite;
import com.google.protobuf.StringValue;
import com.google.protobuf.Value;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Payloads in Protocol Buffers.
 */
class ProtobufPayloadCodecTests {

	private static final Type[] TYPES = { StringValue.class, Int64Value.class, StringValue.class };

	private final ProtobufPayloadCodec codec = new ProtobufPayloadCodec();

	@Test
	void argumentsComeBack() {
		Object[] arguments = { StringValue.of("text"), Int64Value.getDefaultInstance(), null };
		byte[] payload = this.codec.encodeArguments(TYPES, arguments);
		assertThat(payload).containsExactly(7, 10, 4, 't', 'e', 'x', 't', 1, 0);
		assertThat(this.codec.decodeArguments(TYPES, payload)).containsExactly(arguments);
		assertThat(this.codec.encodeArguments(new Type[0], new Object[0])).isEmpty();
		assertThat(this.codec.decodeArguments(new Type[0], new byte[0])).isEmpty();
	}

	@Test
	void resultsComeBack() {
		for (StringValue result : new StringValue[] { StringValue.of("text"), StringValue.of(""), null }) {
			byte[] payload = this.codec.encodeResult(StringValue.class, result);
			assertThat(this.codec.decodeResult(StringValue.class, payload)).isEqualTo(result);
		}
		assertThat(this.codec.decodeResult(void.class, this.codec.encodeResult(void.class, null))).isNull();
	}

	@Test
	void whatIsNoMessageIsNamed() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.codec.encodeResult(String.class, "text"))
			.withMessageContaining("java.lang.String is no protobuf message");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.codec.decodeArguments(new Type[] { MessageLite.class }, new byte[] { 1 }))
			.withMessageContaining("com.google.protobuf.MessageLite is no generated message");
		assertThatIllegalArgumentException().isThrownBy(() -> this.codec.encodeArguments(TYPES, new Object[1]))
			.withMessageContaining("1 arguments for 3 parameters");
	}

	@Test
	void whatIsCutOffOrTooMuchIsRefused() {
		byte[] payload = this.codec.encodeArguments(TYPES,
				new Object[] { StringValue.of("text"), Int64Value.of(300), StringValue.of("more") });
		for (int length = 0; length < payload.length; length++) {
			byte[] part = Arrays.copyOf(payload, length);
			assertThatIllegalArgumentException().as(length + " octets")
				.isThrownBy(() -> this.codec.decodeArguments(TYPES, part))
				.withMessageStartingWith("The arguments cannot be decoded: ");
		}
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.codec.decodeArguments(TYPES, Arrays.copyOf(payload, payload.length + 1)))
			.withMessageContaining("more came than 3 messages");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.codec.decodeResult(StringValue.class, new byte[] { -1, -1, -1, -1, 15 }));
	}

	@Test
	void whatIsNestedTooDeepIsRefused() {
		Value deep = Value.getDefaultInstance();
		for (int depth = 0; depth < 200; depth++) {
			deep = Value.newBuilder().setListValue(ListValue.newBuilder().addValues(deep)).build();
		}
		byte[] payload = this.codec.encodeResult(Value.class, deep);
		assertThatIllegalArgumentException().isThrownBy(() -> this.codec.decodeResult(Value.class, payload))
			.withMessageContaining("too many levels of nesting");
	}

}
