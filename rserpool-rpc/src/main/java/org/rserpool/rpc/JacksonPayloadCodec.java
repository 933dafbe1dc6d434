package org.rserpool.rpc;

import java.io.ByteArrayOutputStream;
import java.lang.reflect.Type;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.cfg.MapperBuilder;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

/**
 * Payloads made by Jackson: arguments as an array, a result by itself. Only declared
 * types are made: there is no default typing, and an annotation that lets the payload
 * name a class is not obeyed. Properties that the receiver does not know are skipped, so
 * both sides need not change at the same time. What is nested too deep, or has too long
 * names or numbers, is refused by the limits of Jackson (StreamReadConstraints).
 */
abstract class JacksonPayloadCodec implements PayloadCodec {

	private final String name;

	private final ObjectMapper mapper;

	JacksonPayloadCodec(String name, MapperBuilder<?, ?> builder) {
		this.name = name;
		this.mapper = builder.polymorphicTypeValidator(BasicPolymorphicTypeValidator.builder().build())
			.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
			.disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
			.enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
			.build();
	}

	@Override
	public final String name() {
		return this.name;
	}

	@Override
	public byte[] encodeArguments(Type[] types, @Nullable Object[] arguments) {
		if (types.length != arguments.length) {
			throw new IllegalArgumentException(arguments.length + " arguments for " + types.length + " parameters");
		}
		ByteArrayOutputStream out = new ByteArrayOutputStream(64);
		try (JsonGenerator generator = this.mapper.createGenerator(out)) {
			generator.writeStartArray(arguments, arguments.length);
			for (int index = 0; index < types.length; index++) {
				write(generator, types[index], arguments[index]);
			}
			generator.writeEndArray();
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException("The arguments cannot be encoded: " + ex.getOriginalMessage(), ex);
		}
		return out.toByteArray();
	}

	@Override
	public @Nullable Object[] decodeArguments(Type[] types, byte[] payload) {
		@Nullable Object[] arguments = new Object[types.length];
		try (JsonParser parser = this.mapper.createParser(payload)) {
			if (parser.nextToken() != JsonToken.START_ARRAY) {
				throw new IllegalArgumentException("The arguments cannot be decoded: they are no array");
			}
			for (int index = 0; index < types.length; index++) {
				if (parser.nextToken() == JsonToken.END_ARRAY) {
					throw new IllegalArgumentException(
							"The arguments cannot be decoded: " + index + " came for " + types.length + " parameters");
				}
				arguments[index] = read(parser, types[index]);
			}
			if (parser.nextToken() != JsonToken.END_ARRAY || parser.nextToken() != null) {
				throw new IllegalArgumentException(
						"The arguments cannot be decoded: more came than the " + types.length + " parameters");
			}
			return arguments;
		}
		catch (RuntimeException ex) {
			throw undecodable("arguments", ex);
		}
	}

	@Override
	public byte[] encodeResult(Type type, @Nullable Object result) {
		ByteArrayOutputStream out = new ByteArrayOutputStream(64);
		try (JsonGenerator generator = this.mapper.createGenerator(out)) {
			write(generator, type, result);
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException("The result cannot be encoded: " + ex.getOriginalMessage(), ex);
		}
		return out.toByteArray();
	}

	@Override
	public @Nullable Object decodeResult(Type type, byte[] payload) {
		try (JsonParser parser = this.mapper.createParser(payload)) {
			if (parser.nextToken() == null) {
				throw new IllegalArgumentException("The result cannot be decoded: it is empty");
			}
			Object result = read(parser, type);
			if (parser.nextToken() != null) {
				throw new IllegalArgumentException("The result cannot be decoded: something follows it");
			}
			return result;
		}
		catch (RuntimeException ex) {
			throw undecodable("result", ex);
		}
	}

	private void write(JsonGenerator generator, Type type, @Nullable Object value) {
		if (value == null || isVoid(type)) {
			generator.writeNull();
		}
		else {
			this.mapper.writerFor(javaType(type)).writeValue(generator, value);
		}
	}

	private @Nullable Object read(JsonParser parser, Type type) {
		if (isVoid(type)) {
			parser.skipChildren();
			return null;
		}
		return this.mapper.readerFor(javaType(type)).readValue(parser);
	}

	private static IllegalArgumentException undecodable(String what, RuntimeException cause) {
		if (cause instanceof IllegalArgumentException described) {
			return described;
		}
		// Not every fault of a payload comes as an exception of Jackson.
		String reason = (cause instanceof JacksonException jackson) ? jackson.getOriginalMessage()
				: String.valueOf(cause);
		return new IllegalArgumentException("The " + what + " cannot be decoded: " + reason, cause);
	}

	private JavaType javaType(Type type) {
		return this.mapper.getTypeFactory().constructType(type);
	}

	private static boolean isVoid(Type type) {
		return type == void.class || type == Void.class;
	}

}
