package org.rserpool.session;

import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

import org.rserpool.runtime.UserMessage;

/**
 * Heartbeats between a pool user and a pool element. They are user messages of their own
 * payload protocol, so they stand beside the control channel (ASAP) and the data channel
 * of a session. No RFC has them: a silent peer is to be noticed sooner than by its
 * transport protocol.
 * <p>
 * A heartbeat has 12 octets: its kind (1 for a request, 2 for a reply), three octets that
 * are sent as 0 and ignored, and a nonce of 8 octets, which the reply brings back. Any
 * message is a sign of life; so a reply that is late is no error.
 *
 * @since 0.1
 */
public final class SessionProtocol {

	/** The payload protocol identifier of heartbeats: "RSH" and version 1. */
	public static final int HEARTBEAT = 0x52534801;

	private static final int LENGTH = 12;

	private static final byte REQUEST = 1;

	private static final byte REPLY = 2;

	private SessionProtocol() {
	}

	/**
	 * Makes a heartbeat request.
	 * @param nonce what the reply is to bring back
	 * @return the message
	 */
	public static UserMessage request(long nonce) {
		return heartbeat(REQUEST, nonce);
	}

	/**
	 * Makes the reply to a message if it is a heartbeat request.
	 * @param message the message that was received
	 * @return the reply, or {@code null} if none is due
	 */
	public static @Nullable UserMessage reply(UserMessage message) {
		ByteBuffer data = message.data();
		if (!isHeartbeat(message) || data.remaining() != LENGTH || data.get(data.position()) != REQUEST) {
			return null;
		}
		return heartbeat(REPLY, data.getLong(data.position() + 4));
	}

	/**
	 * Return whether a message is a heartbeat.
	 * @param message the message
	 * @return whether its payload protocol says so
	 */
	public static boolean isHeartbeat(UserMessage message) {
		return message.payloadProtocol() == HEARTBEAT;
	}

	private static UserMessage heartbeat(byte kind, long nonce) {
		ByteBuffer data = ByteBuffer.allocate(LENGTH);
		data.put(0, kind).putLong(4, nonce);
		return new UserMessage(HEARTBEAT, data);
	}

}
