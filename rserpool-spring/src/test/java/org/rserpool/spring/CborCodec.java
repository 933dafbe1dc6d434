package org.rserpool.spring;

import java.lang.reflect.Type;

import org.rserpool.rpc.PayloadCodec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.dataformat.cbor.CBORMapper;

/**
 * Encodes arguments as an array.
 */
public class CborCodec implements PayloadCodec {

	private final CBORMapper mapper = CBORMapper.builder().build();

	@Override
	public String name() {
		return "cbor";
	}

	@Override
	public byte[] encodeArguments(Type[] types, Object[] arguments) {
		return this.mapper.writeValueAsBytes(arguments);
	}

	@Override
	public Object[] decodeArguments(Type[] types, byte[] payload) {
		try {
			JsonNode tree = this.mapper.readTree(payload);
			if (!(tree instanceof ArrayNode array) || array.size() != types.length) {
				throw new IllegalArgumentException("not " + types.length + " arguments");
			}
			Object[] arguments = new Object[types.length];
			for (int i = 0; i < types.length; i++) {
				arguments[i] = this.mapper.treeToValue(array.get(i), this.mapper.constructType(types[i]));
			}
			return arguments;
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException(ex.getOriginalMessage(), ex);
		}
	}

	@Override
	public byte[] encodeResult(Type type, Object result) {
		return this.mapper.writeValueAsBytes(result);
	}

	@Override
	public Object decodeResult(Type type, byte[] payload) {
		try {
			return this.mapper.readValue(payload, this.mapper.constructType(type));
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException(ex.getOriginalMessage(), ex);
		}
	}

}
