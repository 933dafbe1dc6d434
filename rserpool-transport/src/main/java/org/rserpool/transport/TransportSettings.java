package org.rserpool.transport;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How associations are carried.
 *
 * @param connectTimeout how long one address of a peer may take to accept a connection
 * @param greetingTimeout how long a peer may take to show that it speaks the session
 * protocol, once connected
 * @param shutdownTimeout how long an association may take to end in order; after that it
 * is aborted
 * @param highWaterMark how many octets may wait to be sent on one association before no
 * further message is taken
 * @param maxMessageSize the longest message of a session that is sent or accepted, in
 * octets. Messages of ASAP and ENRP have a limit of their own, their 16-bit length.
 * @param tls how associations over TCP are encrypted, or {@code null} if they are not.
 * Those over SCTP never are.
 * @since 0.1
 */
public record TransportSettings(Duration connectTimeout, Duration greetingTimeout, Duration shutdownTimeout,
		int highWaterMark, int maxMessageSize, @Nullable TlsSettings tls) {

	private static final TransportSettings DEFAULTS = new TransportSettings(Duration.ofSeconds(2),
			Duration.ofSeconds(2), Duration.ofSeconds(5), 1 << 20, 16 << 20, null);

	public TransportSettings {
		positive("connect time-out", connectTimeout);
		positive("greeting time-out", greetingTimeout);
		positive("shutdown time-out", shutdownTimeout);
		positive("high-water mark", highWaterMark);
		positive("maximum message size", maxMessageSize);
	}

	/**
	 * Return the settings where nothing else is said: 2 s to connect, 2 s to greet, 5 s
	 * to shut down, 1 MiB waiting, messages up to 16 MiB, not encrypted.
	 * @return the settings
	 */
	public static TransportSettings defaults() {
		return DEFAULTS;
	}

	/**
	 * Return these settings with another time to connect.
	 * @param timeout for each address, from 1 ms
	 * @return the settings
	 */
	public TransportSettings withConnectTimeout(Duration timeout) {
		return new TransportSettings(timeout, this.greetingTimeout, this.shutdownTimeout, this.highWaterMark,
				this.maxMessageSize, this.tls);
	}

	/**
	 * Return these settings with another time to greet.
	 * @param timeout from 1 ms
	 * @return the settings
	 */
	public TransportSettings withGreetingTimeout(Duration timeout) {
		return new TransportSettings(this.connectTimeout, timeout, this.shutdownTimeout, this.highWaterMark,
				this.maxMessageSize, this.tls);
	}

	/**
	 * Return these settings with another time to shut down.
	 * @param timeout from 1 ms
	 * @return the settings
	 */
	public TransportSettings withShutdownTimeout(Duration timeout) {
		return new TransportSettings(this.connectTimeout, this.greetingTimeout, timeout, this.highWaterMark,
				this.maxMessageSize, this.tls);
	}

	/**
	 * Return these settings with another high-water mark.
	 * @param octets from 1
	 * @return the settings
	 */
	public TransportSettings withHighWaterMark(int octets) {
		return new TransportSettings(this.connectTimeout, this.greetingTimeout, this.shutdownTimeout, octets,
				this.maxMessageSize, this.tls);
	}

	/**
	 * Return these settings with another maximum message size.
	 * @param octets from 1
	 * @return the settings
	 */
	public TransportSettings withMaxMessageSize(int octets) {
		return new TransportSettings(this.connectTimeout, this.greetingTimeout, this.shutdownTimeout,
				this.highWaterMark, octets, this.tls);
	}

	/**
	 * Return these settings with encryption.
	 * @param value how associations over TCP are encrypted, or {@code null} if not
	 * @return the settings
	 */
	public TransportSettings withTls(@Nullable TlsSettings value) {
		return new TransportSettings(this.connectTimeout, this.greetingTimeout, this.shutdownTimeout,
				this.highWaterMark, this.maxMessageSize, value);
	}

	private static void positive(String name, Duration value) {
		if (value.compareTo(Duration.ofMillis(1)) < 0 || value.compareTo(Duration.ofDays(1)) > 0) {
			throw new IllegalArgumentException("The " + name + " " + value + " is not from 1 ms to 1 day");
		}
	}

	private static void positive(String name, int value) {
		if (value < 1) {
			throw new IllegalArgumentException("The " + name + " " + value + " is not positive");
		}
	}

}
