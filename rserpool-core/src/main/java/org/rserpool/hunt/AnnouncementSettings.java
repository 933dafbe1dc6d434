package org.rserpool.hunt;

import java.time.Duration;
import java.util.List;

import org.rserpool.runtime.MulticastSpecification;

/**
 * How to learn of registrars from their announcements (RFC 5352, section 3.6). Anybody in
 * the network can forge these, so they only say where a registrar may be.
 *
 * @param groups the multicast groups to listen to; none to learn nothing
 * @param lifetime how long an address is kept after its last announcement, at least
 * (T7-ENRPoutdate, RFC 5352, section 7.1). It is kept for three times the interval at
 * which it is announced, where that is longer.
 * @param maximumAddresses how many announced addresses are known at a time at most
 * @since 0.1
 */
public record AnnouncementSettings(List<MulticastSpecification> groups, Duration lifetime, int maximumAddresses) {

	/** Learns nothing. */
	public static final AnnouncementSettings NONE = of(List.of());

	public AnnouncementSettings {
		groups = List.copyOf(groups);
		if (lifetime.isNegative() || lifetime.isZero()) {
			throw new IllegalArgumentException("lifetime " + lifetime + " is not positive");
		}
		if (maximumAddresses < 1) {
			throw new IllegalArgumentException("maximumAddresses " + maximumAddresses + " is not positive");
		}
	}

	/**
	 * Makes settings with the defaults: addresses are kept for at least 5 s, and there
	 * are 64 at most.
	 * @param groups the multicast groups to listen to
	 * @return the settings
	 */
	public static AnnouncementSettings of(List<MulticastSpecification> groups) {
		return new AnnouncementSettings(groups, Duration.ofSeconds(5), 64);
	}

}
