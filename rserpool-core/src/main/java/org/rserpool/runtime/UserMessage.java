package org.rserpool.runtime;

import java.nio.ByteBuffer;

/**
 * A message as an association carries it.
 *
 * @param payloadProtocol the payload protocol identifier
 * @param stream the stream, from 0
 * @param unordered whether it may overtake other messages of its stream
 * @param data the octets; the receiver of the message owns them
 * @since 0.1
 */
public record UserMessage(int payloadProtocol, int stream, boolean unordered, ByteBuffer data) {

	/** The payload protocol identifier of ASAP (RFC 5352, section 8.3). */
	public static final int ASAP = 11;

	/** The payload protocol identifier of ENRP (RFC 5353, section 5.4). */
	public static final int ENRP = 12;

	/**
	 * Makes an ordered message on stream 0.
	 * @param payloadProtocol the payload protocol identifier
	 * @param data the octets
	 */
	public UserMessage(int payloadProtocol, ByteBuffer data) {
		this(payloadProtocol, 0, false, data);
	}

}
