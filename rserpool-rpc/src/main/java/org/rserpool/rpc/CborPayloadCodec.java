package org.rserpool.rpc;

import tools.jackson.dataformat.cbor.CBORMapper;

/**
 * Payloads in CBOR (RFC 8949), made by Jackson: arguments as an array, a result by
 * itself. Octets travel as they are. Only declared types are made: there is no default
 * typing, and an annotation that lets the payload name a class is not obeyed. Properties
 * that the receiver does not know are skipped, so both sides need not change at the same
 * time.
 *
 * @since 0.1
 */
public final class CborPayloadCodec extends JacksonPayloadCodec {

	/**
	 * Makes a codec.
	 */
	public CborPayloadCodec() {
		super(DEFAULT_NAME, CBORMapper.builder());
	}

}
