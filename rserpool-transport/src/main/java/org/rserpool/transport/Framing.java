package org.rserpool.transport;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

import org.rserpool.runtime.EndpointSpecification.Channel;
import org.rserpool.runtime.UserMessage;

/**
 * Finds messages in a stream of octets, and makes such a stream of messages.
 */
interface Framing {

	/**
	 * Return the framing for a channel.
	 * @param channel what travels
	 * @param settings the limits
	 * @return the framing
	 */
	static Framing of(Channel channel, TransportSettings settings) {
		return switch (channel) {
			case ASAP -> new HeaderFraming("ASAP", UserMessage.ASAP);
			case ENRP -> new HeaderFraming("ENRP", UserMessage.ENRP);
			case SESSION -> new SessionFraming(settings.maxMessageSize());
			case PROBE -> new ProbeFraming();
		};
	}

	/**
	 * Return whether both sides open with a {@link SessionGreeting}.
	 * @return whether there is a greeting
	 */
	boolean greets();

	/**
	 * Return how many octets come before the data of a message.
	 * @return the number of octets
	 */
	int headerSize();

	/**
	 * Return how many octets come behind the data of a message.
	 * @param message the message
	 * @return the number of octets, all zero
	 */
	int padding(UserMessage message);

	/**
	 * Checks that a message can be framed.
	 * @param message the message
	 * @throws IllegalArgumentException if it cannot
	 */
	void check(UserMessage message);

	/**
	 * Writes what comes before the data of a message.
	 * @param message the message
	 * @param out where to write
	 */
	void writeHeader(UserMessage message, ByteBuf out);

	/**
	 * Reads a message.
	 * @param in what arrived; nothing is taken from it if it holds no whole message yet
	 * @return the message, or {@code null} if it is not whole yet
	 * @throws ProtocolViolationException if the octets begin no message
	 */
	@Nullable UserMessage read(ByteBuf in) throws ProtocolViolationException;

}
