package org.rserpool.runtime;

import java.nio.ByteBuffer;

/**
 * A message as an association carries it.
 *
 * @param payloadProtocol the payload protocol identifier
 * @param stream the stream, from 0
 * @param unordered whether it may overtake other messages of its stream
 * @param early whether it may be sent before the peer showed that it is there, where the
 * transport can do that, and overtake others that may not. If the association does not
 * come up then, nobody knows whether the message arrived. A property of sending alone: on
 * a message that arrived it is {@code false}.
 * @param data the octets; the receiver of the message owns them
 * @since 0.1
 */
public record UserMessage(int payloadProtocol, int stream, boolean unordered, boolean early, ByteBuffer data) {

	/** The payload protocol identifier of ASAP (RFC 5352, section 8.3). */
	public static final int ASAP = 11;

	/** The payload protocol identifier of ENRP (RFC 5353, section 5.4). */
	public static final int ENRP = 12;

	/**
	 * Makes a message that waits until the association is up.
	 * @param payloadProtocol the payload protocol identifier
	 * @param stream the stream, from 0
	 * @param unordered whether it may overtake other messages of its stream
	 * @param data the octets
	 */
	public UserMessage(int payloadProtocol, int stream, boolean unordered, ByteBuffer data) {
		this(payloadProtocol, stream, unordered, false, data);
	}

	/**
	 * Makes an ordered message on stream 0, which waits until the association is up.
	 * @param payloadProtocol the payload protocol identifier
	 * @param data the octets
	 */
	public UserMessage(int payloadProtocol, ByteBuffer data) {
		this(payloadProtocol, 0, false, data);
	}

}
