package org.rserpool.hunt;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

import org.rserpool.runtime.TransportProtocol;

/**
 * How to look for a home registrar.
 *
 * @param registrars the addresses of registrars. One that is unresolved is a name, which
 * is resolved again and again, as {@link org.rserpool.runtime.RoleRuntime#resolve} takes
 * it.
 * @param protocols the transport protocols, at least one. Each address is tried by the
 * first one, and then by the next.
 * @param attemptTimeout how long to wait for attempts before others are made
 * (T5-Serverhunt, RFC 5352, section 7.1)
 * @param maximumAttemptTimeout what {@code attemptTimeout} grows to at most, as it
 * doubles (RETRAN-MAX)
 * @param pause how long to wait after all addresses failed; it doubles, too
 * @param maximumPause what {@code pause} grows to at most
 * @param standbys with how many registrars to be associated besides the home, from 0 to
 * 2, so that one of them is home at once when the home is lost
 * @param resolveInterval how long to wait before a name is resolved again
 * @param announcements how to learn of registrars from their announcements
 * @since 0.1
 */
public record HuntSettings(List<InetSocketAddress> registrars, List<TransportProtocol> protocols,
		Duration attemptTimeout, Duration maximumAttemptTimeout, Duration pause, Duration maximumPause, int standbys,
		Duration resolveInterval, AnnouncementSettings announcements) {

	/**
	 * How many attempts and associations there are at a time at most (RFC 5352, section
	 * 3.6 SH1). Registrars that came by themselves do not count.
	 */
	public static final int MAXIMUM_ATTEMPTS = 3;

	/** How long to wait before a name is resolved again, where nothing else is said. */
	public static final Duration RESOLVE_INTERVAL = Duration.ofSeconds(30);

	public HuntSettings {
		registrars = List.copyOf(registrars);
		protocols = List.copyOf(protocols);
		if (protocols.isEmpty()) {
			throw new IllegalArgumentException("protocols are empty");
		}
		positive("attemptTimeout", attemptTimeout);
		positive("maximumAttemptTimeout", maximumAttemptTimeout);
		positive("pause", pause);
		positive("maximumPause", maximumPause);
		positive("resolveInterval", resolveInterval);
		if (standbys < 0 || standbys >= MAXIMUM_ATTEMPTS) {
			throw new IllegalArgumentException("standbys " + standbys + " is not from 0 to 2");
		}
	}

	/**
	 * Makes settings with the default times: attempts of 1 s to 10 s, pauses of 100 ms to
	 * 2 s, names resolved every 30 s, over TCP, without standbys and announcements.
	 * @param registrars the addresses of registrars
	 * @return the settings
	 */
	public static HuntSettings of(List<InetSocketAddress> registrars) {
		return new HuntSettings(registrars, List.of(TransportProtocol.TCP), Duration.ofSeconds(1),
				Duration.ofSeconds(10), Duration.ofMillis(100), Duration.ofSeconds(2), 0, RESOLVE_INTERVAL,
				AnnouncementSettings.NONE);
	}

	/**
	 * Makes settings with the times of the profile {@code fast}, which are the defaults.
	 * @param registrars the addresses of registrars
	 * @return the settings
	 */
	public static HuntSettings fast(List<InetSocketAddress> registrars) {
		return of(registrars);
	}

	/**
	 * Makes settings with the times of the profile {@code rfc}: T5-Serverhunt and
	 * RETRAN-MAX of RFC 5352, section 7, for attempts and for pauses.
	 * @param registrars the addresses of registrars
	 * @return the settings
	 */
	public static HuntSettings rfc(List<InetSocketAddress> registrars) {
		Duration serverHunt = Duration.ofSeconds(10);
		Duration maximum = Duration.ofSeconds(60);
		return of(registrars).withAttemptTimeout(serverHunt, maximum).withPause(serverHunt, maximum);
	}

	/**
	 * Return these settings with another transport protocol.
	 * @param value the transport protocol
	 * @return the settings, otherwise the same
	 */
	public HuntSettings withProtocol(TransportProtocol value) {
		return withProtocols(List.of(value));
	}

	/**
	 * Return these settings with other transport protocols.
	 * @param value the transport protocols, at least one, in the order in which they are
	 * tried
	 * @return the settings, otherwise the same
	 */
	public HuntSettings withProtocols(List<TransportProtocol> value) {
		return new HuntSettings(this.registrars, value, this.attemptTimeout, this.maximumAttemptTimeout, this.pause,
				this.maximumPause, this.standbys, this.resolveInterval, this.announcements);
	}

	/**
	 * Return these settings with other times for attempts.
	 * @param initial how long to wait for the first attempts
	 * @param maximum what that grows to at most
	 * @return the settings, otherwise the same
	 */
	public HuntSettings withAttemptTimeout(Duration initial, Duration maximum) {
		return new HuntSettings(this.registrars, this.protocols, initial, maximum, this.pause, this.maximumPause,
				this.standbys, this.resolveInterval, this.announcements);
	}

	/**
	 * Return these settings with other pauses.
	 * @param initial how long to wait after all addresses failed
	 * @param maximum what that grows to at most
	 * @return the settings, otherwise the same
	 */
	public HuntSettings withPause(Duration initial, Duration maximum) {
		return new HuntSettings(this.registrars, this.protocols, this.attemptTimeout, this.maximumAttemptTimeout,
				initial, maximum, this.standbys, this.resolveInterval, this.announcements);
	}

	/**
	 * Return these settings with another number of standbys.
	 * @param value with how many registrars to be associated besides the home, from 0 to
	 * 2
	 * @return the settings, otherwise the same
	 */
	public HuntSettings withStandbys(int value) {
		return new HuntSettings(this.registrars, this.protocols, this.attemptTimeout, this.maximumAttemptTimeout,
				this.pause, this.maximumPause, value, this.resolveInterval, this.announcements);
	}

	/**
	 * Return these settings with another interval for names.
	 * @param value how long to wait before a name is resolved again
	 * @return the settings, otherwise the same
	 */
	public HuntSettings withResolveInterval(Duration value) {
		return new HuntSettings(this.registrars, this.protocols, this.attemptTimeout, this.maximumAttemptTimeout,
				this.pause, this.maximumPause, this.standbys, value, this.announcements);
	}

	/**
	 * Return these settings with other announcements.
	 * @param value how to learn of registrars from their announcements
	 * @return the settings, otherwise the same
	 */
	public HuntSettings withAnnouncements(AnnouncementSettings value) {
		return new HuntSettings(this.registrars, this.protocols, this.attemptTimeout, this.maximumAttemptTimeout,
				this.pause, this.maximumPause, this.standbys, this.resolveInterval, value);
	}

	private static void positive(String name, Duration value) {
		if (value.isNegative() || value.isZero()) {
			throw new IllegalArgumentException(name + " " + value + " is not positive");
		}
	}

}
