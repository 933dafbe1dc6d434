package org.rserpool.rpc;

import tools.jackson.databind.json.JsonMapper;

/**
 * Payloads in JSON, made by Jackson, for those who want to read what travels. Octets
 * travel in Base64. Otherwise all is as with {@link CborPayloadCodec}, which is smaller
 * and faster.
 *
 * @since 0.1
 */
public final class JsonPayloadCodec extends JacksonPayloadCodec {

	/** The name of the format. */
	public static final String NAME = "json";

	/**
	 * Makes a codec.
	 */
	public JsonPayloadCodec() {
		super(NAME, JsonMapper.builder());
	}

}
