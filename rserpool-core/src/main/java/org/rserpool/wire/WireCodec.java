package org.rserpool.wire;

import java.nio.ByteBuffer;

/**
 * Writes and reads ASAP and ENRP messages (RFC 5352, 5353, 5354). One instance serves one
 * dialect; it has no state, and any number of threads may use it.
 *
 * @since 0.1
 */
public final class WireCodec {

	/** What the length field of a message can say. */
	public static final int MAX_MESSAGE_LENGTH = 0xffff;

	private final Dialect dialect;

	public WireCodec(Dialect dialect) {
		this.dialect = dialect;
	}

	/**
	 * Return the dialect.
	 * @return the dialect that is written
	 */
	public Dialect dialect() {
		return this.dialect;
	}

	/**
	 * Encodes a message, padded to a multiple of 4 octets.
	 * @param message the message
	 * @return its octets, ready to be read
	 * @throws IllegalArgumentException if the message is too long for its length field,
	 * or holds a value that the dialect cannot carry; it names the value
	 */
	public ByteBuffer encode(Message message) {
		throw new UnsupportedOperationException("not here yet");
	}

	/**
	 * Decodes a message that came by an ASAP association.
	 * @param octets the octets; their position does not change
	 * @return a message or a described error
	 */
	public Decoded<AsapMessage> decodeAsap(ByteBuffer octets) {
		throw new UnsupportedOperationException("not here yet");
	}

	/**
	 * Decodes a message that came by an ENRP association.
	 * @param octets the octets; their position does not change
	 * @return a message or a described error
	 */
	public Decoded<EnrpMessage> decodeEnrp(ByteBuffer octets) {
		throw new UnsupportedOperationException("not here yet");
	}

}
