package org.rserpool.session;

import java.time.Duration;

import org.rserpool.runtime.TransportProtocol;

/**
 * How sessions between pool users and pool elements are watched.
 *
 * @param protocol the transport protocol by which elements are reached
 * @param connectTimeout how long setting up a channel may take
 * @param heartbeatInterval how often a pool user sends a heartbeat
 * @param silenceLimit how long an element may be silent before its channel is given up
 * @param idleTimeout how long a channel that is not in use is kept
 * @param userSilenceLimit how long a pool user may be silent before the element drops it
 * @since 0.1
 */
public record SessionSettings(TransportProtocol protocol, Duration connectTimeout, Duration heartbeatInterval,
		Duration silenceLimit, Duration idleTimeout, Duration userSilenceLimit) {

	/** The settings where nothing else is said. */
	public static final SessionSettings DEFAULT = new SessionSettings(TransportProtocol.TCP, Duration.ofMillis(500),
			Duration.ofMillis(200), Duration.ofMillis(700), Duration.ofSeconds(30), Duration.ofSeconds(15));

	public SessionSettings {
		if (connectTimeout.isNegative() || connectTimeout.isZero()) {
			throw new IllegalArgumentException("connectTimeout " + connectTimeout + " is not positive");
		}
		if (heartbeatInterval.isNegative() || heartbeatInterval.isZero()) {
			throw new IllegalArgumentException("heartbeatInterval " + heartbeatInterval + " is not positive");
		}
		if (silenceLimit.compareTo(heartbeatInterval) <= 0) {
			throw new IllegalArgumentException(
					"silenceLimit " + silenceLimit + " is not longer than heartbeatInterval " + heartbeatInterval);
		}
		if (userSilenceLimit.compareTo(heartbeatInterval) <= 0) {
			throw new IllegalArgumentException("userSilenceLimit " + userSilenceLimit
					+ " is not longer than heartbeatInterval " + heartbeatInterval);
		}
	}

	/**
	 * Return these settings with another watch over elements.
	 * @param connect how long setting up a channel may take
	 * @param interval how often a heartbeat is sent
	 * @param limit how long an element may be silent
	 * @return the settings, otherwise the same
	 */
	public SessionSettings withHeartbeats(Duration connect, Duration interval, Duration limit) {
		return new SessionSettings(this.protocol, connect, interval, limit, this.idleTimeout, this.userSilenceLimit);
	}

	/**
	 * Return these settings with other times of rest.
	 * @param idle how long a channel that is not in use is kept
	 * @param userSilence how long a pool user may be silent
	 * @return the settings, otherwise the same
	 */
	public SessionSettings withIdle(Duration idle, Duration userSilence) {
		return new SessionSettings(this.protocol, this.connectTimeout, this.heartbeatInterval, this.silenceLimit, idle,
				userSilence);
	}

	/**
	 * Return these settings with another transport protocol.
	 * @param value the transport protocol
	 * @return the settings, otherwise the same
	 */
	public SessionSettings withProtocol(TransportProtocol value) {
		return new SessionSettings(value, this.connectTimeout, this.heartbeatInterval, this.silenceLimit,
				this.idleTimeout, this.userSilenceLimit);
	}

}
