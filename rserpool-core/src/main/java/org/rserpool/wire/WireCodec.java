package org.rserpool.wire;

import java.nio.ByteBuffer;
import java.util.List;

import org.jspecify.annotations.Nullable;

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
		return (message instanceof AsapMessage asap) ? AsapWriter.write(asap, this.dialect)
				: EnrpWriter.write((EnrpMessage) message, this.dialect);
	}

	/**
	 * Decodes a message that came by an ASAP association.
	 * @param octets the octets; their position does not change
	 * @return a message or a described error
	 */
	public Decoded<AsapMessage> decodeAsap(ByteBuffer octets) {
		MessageSource source = null;
		try {
			source = new MessageSource(octets, this.dialect);
			return new Decoded.Success<>(AsapReader.read(source), report(source, AsapType.ERROR));
		}
		catch (MalformedException ex) {
			return new Decoded.Failure<>(ex.reason(), report(source, AsapType.ERROR, ex.cause()), null);
		}
	}

	/**
	 * Decodes a message that came by an ENRP association.
	 * @param octets the octets; their position does not change
	 * @return a message or a described error
	 */
	public Decoded<EnrpMessage> decodeEnrp(ByteBuffer octets) {
		MessageSource source = null;
		try {
			source = new MessageSource(octets, this.dialect);
			return new Decoded.Success<>(EnrpReader.read(source), report(source, EnrpType.ERROR));
		}
		catch (MalformedException ex) {
			return new Decoded.Failure<>(ex.reason(), report(source, EnrpType.ERROR, ex.cause()),
					(source != null) ? EnrpReader.sender(source) : null);
		}
	}

	// An error is never answered with an error: two registrars could go on for ever.
	private static List<ErrorCause> report(MessageSource source, int errorType) {
		return (source.type() != errorType) ? source.report() : List.of();
	}

	private static List<ErrorCause> report(@Nullable MessageSource source, int errorType, @Nullable ErrorCause cause) {
		if (source == null || cause == null) {
			return List.of();
		}
		source.report(cause);
		return report(source, errorType);
	}

}
