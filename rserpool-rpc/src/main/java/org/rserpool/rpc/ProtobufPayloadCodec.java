package org.rserpool.rpc;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Type;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import org.jspecify.annotations.Nullable;

/**
 * Payloads in Protocol Buffers, where all parameters and results are messages that were
 * generated. Each message has a varint before it, which is its length plus one, or 0 for
 * {@code null}. Fields that the receiver does not know are skipped. Needs
 * {@code com.google.protobuf:protobuf-java}.
 *
 * @since 0.1
 */
public final class ProtobufPayloadCodec implements PayloadCodec {

	private static final ClassValue<Parser<?>> PARSERS = new ClassValue<>() {

		@Override
		protected Parser<?> computeValue(Class<?> type) {
			try {
				return ((MessageLite) type.getMethod("getDefaultInstance").invoke(null)).getParserForType();
			}
			catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException ex) {
				throw new IllegalArgumentException(type.getName() + " is no generated message", ex);
			}
		}

	};

	/**
	 * Makes a codec.
	 */
	public ProtobufPayloadCodec() {
	}

	@Override
	public String name() {
		return "protobuf";
	}

	@Override
	public byte[] encodeArguments(Type[] types, @Nullable Object[] arguments) {
		if (types.length != arguments.length) {
			throw new IllegalArgumentException(arguments.length + " arguments for " + types.length + " parameters");
		}
		return encode("arguments", types, arguments);
	}

	@Override
	public @Nullable Object[] decodeArguments(Type[] types, byte[] payload) {
		return decode("arguments", types, payload);
	}

	@Override
	public byte[] encodeResult(Type type, @Nullable Object result) {
		boolean isVoid = type == void.class || type == Void.class;
		return isVoid ? new byte[0] : encode("result", new Type[] { type }, new Object[] { result });
	}

	@Override
	public @Nullable Object decodeResult(Type type, byte[] payload) {
		boolean isVoid = type == void.class || type == Void.class;
		return isVoid ? null : decode("result", new Type[] { type }, payload)[0];
	}

	private static byte[] encode(String what, Type[] types, @Nullable Object[] values) {
		ByteArrayOutputStream octets = new ByteArrayOutputStream(64);
		CodedOutputStream out = CodedOutputStream.newInstance(octets);
		try {
			for (int index = 0; index < types.length; index++) {
				messageType(types[index]);
				MessageLite message = (MessageLite) values[index];
				out.writeUInt32NoTag((message != null) ? message.getSerializedSize() + 1 : 0);
				if (message != null) {
					message.writeTo(out);
				}
			}
			out.flush();
		}
		catch (IOException | RuntimeException ex) {
			throw new IllegalArgumentException("The " + what + " cannot be encoded: " + ex.getMessage(), ex);
		}
		return octets.toByteArray();
	}

	private static @Nullable Object[] decode(String what, Type[] types, byte[] payload) {
		@Nullable Object[] values = new Object[types.length];
		CodedInputStream in = CodedInputStream.newInstance(payload);
		try {
			for (int index = 0; index < types.length; index++) {
				Class<?> type = messageType(types[index]);
				int length = in.readUInt32();
				if (length != 0) {
					int limit = in.pushLimit(length - 1);
					values[index] = PARSERS.get(type).parseFrom(in);
					in.checkLastTagWas(0);
					in.popLimit(limit);
				}
			}
			if (!in.isAtEnd()) {
				throw new IllegalArgumentException("more came than " + types.length + " messages");
			}
		}
		catch (IOException | RuntimeException ex) {
			throw new IllegalArgumentException("The " + what + " cannot be decoded: " + ex.getMessage(), ex);
		}
		return values;
	}

	private static Class<?> messageType(Type type) {
		if (type instanceof Class<?> message && MessageLite.class.isAssignableFrom(message)) {
			return message;
		}
		throw new IllegalArgumentException(type.getTypeName() + " is no protobuf message");
	}

}
