package org.rserpool.wire;

import java.nio.ByteBuffer;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Writes and reads ASAP and ENRP messages (RFC 5352, 5353, 5354). One instance serves one
 * dialect; it has no state, and any number of threads may use it.
 * <p>
 * Parameters are written in the order of the RFCs and read in any order that is clear. Of
 * what is unknown, the highest bits of its type say whether it is skipped, and whether it
 * is reported; of a known type, but not expected in a message, it is ignored. A report
 * names at most 32 parameters and repeats at most 1024 octets of each, so that it fits in
 * one error message; what is wrong outside of any parameter is reported as an unspecified
 * error. Where the length of a message does not fit what was received, nothing is
 * reported.
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
	 * Encodes a policy as a parameter of its own, as error causes carry it.
	 * @param policy the policy
	 * @return the whole parameter
	 */
	public Octets encodeParameter(MemberSelectionPolicy policy) {
		MessageSink sink = parameterSink();
		PoolElementCodec.write(policy, sink);
		return parameter(sink);
	}

	/**
	 * Encodes a transport as a parameter of its own, as error causes carry it.
	 * @param transport the transport
	 * @return the whole parameter
	 */
	public Octets encodeParameter(Transport transport) {
		MessageSink sink = parameterSink();
		TransportCodec.write(transport, sink);
		return parameter(sink);
	}

	private MessageSink parameterSink() {
		return new MessageSink(this.dialect, 0, 0, 64);
	}

	private static Octets parameter(MessageSink sink) {
		ByteBuffer message = sink.finish();
		return Octets.copyOf(message.position(4));
	}

	/**
	 * Decodes a message that came by an ASAP association. It may be followed by up to 3
	 * octets of padding.
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
	 * Decodes a message that came by an ENRP association. It may be followed by up to 3
	 * octets of padding.
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
