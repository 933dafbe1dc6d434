package org.rserpool.autoconfigure;

import java.util.function.Supplier;

import org.rserpool.rpc.CborPayloadCodec;
import org.rserpool.rpc.JsonPayloadCodec;
import org.rserpool.rpc.PayloadCodec;
import org.rserpool.rpc.ProtobufPayloadCodec;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.ClassUtils;

/**
 * How arguments and results are encoded.
 *
 * @since 0.1
 */
public enum PayloadFormat {

	/** In CBOR (RFC 8949), which is small. */
	CBOR(CborPayloadCodec::new),

	/** In JSON, which can be read. */
	JSON(JsonPayloadCodec::new),

	/** In Protocol Buffers, if all parameters and results are generated messages. */
	PROTOBUF(ProtobufPayloadCodec::new);

	private final Supplier<PayloadCodec> codec;

	PayloadFormat(Supplier<PayloadCodec> codec) {
		this.codec = codec;
	}

	/**
	 * Makes a codec.
	 * @throws InvalidConfigurationPropertyValueException if a library is missing
	 */
	PayloadCodec codec() {
		if (this == PROTOBUF && !ClassUtils.isPresent("com.google.protobuf.MessageLite", null)) {
			throw new InvalidConfigurationPropertyValueException("rserpool.payload", this,
					"It needs com.google.protobuf:protobuf-java, which is not on the class path.");
		}
		return this.codec.get();
	}

}
