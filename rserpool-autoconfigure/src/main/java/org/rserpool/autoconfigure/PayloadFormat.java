package org.rserpool.autoconfigure;

import java.util.function.Supplier;

import org.rserpool.rpc.CborPayloadCodec;
import org.rserpool.rpc.JsonPayloadCodec;
import org.rserpool.rpc.PayloadCodec;

/**
 * How arguments and results are encoded.
 *
 * @since 0.1
 */
public enum PayloadFormat {

	/** In CBOR (RFC 8949), which is small. */
	CBOR(CborPayloadCodec::new),

	/** In JSON, which can be read. */
	JSON(JsonPayloadCodec::new);

	private final Supplier<PayloadCodec> codec;

	PayloadFormat(Supplier<PayloadCodec> codec) {
		this.codec = codec;
	}

	PayloadCodec codec() {
		return this.codec.get();
	}

}
