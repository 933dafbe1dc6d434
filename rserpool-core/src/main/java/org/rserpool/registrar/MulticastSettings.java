package org.rserpool.registrar;

import java.time.Duration;
import java.util.List;

import org.rserpool.runtime.MulticastSpecification;

/**
 * How a registrar makes itself known by multicast.
 *
 * @param announcements the groups to which it announces itself to pool elements and pool
 * users (RFC 5352, section 3.6); none to keep quiet. In the {@code rsplib} dialect the
 * announcements come from the port of ASAP, whatever source port a group has.
 * @param announceUnit how long it waits from one announcement to the next for each
 * registrar that announces itself (T6-Serverannounce). In the {@code rsplib} dialect, how
 * long it waits at all.
 * @param presences the groups to which it sends its presence, and from which it learns of
 * peers; none to do neither. RFC 5353 does not have them, the reference implementation
 * does.
 * @since 0.1
 */
public record MulticastSettings(List<MulticastSpecification> announcements, Duration announceUnit,
		List<MulticastSpecification> presences) {

	/** No multicast. */
	public static final MulticastSettings NONE = new MulticastSettings(List.of(), Duration.ofSeconds(1), List.of());

	public MulticastSettings {
		announcements = List.copyOf(announcements);
		Check.positive("announceUnit", announceUnit);
		presences = List.copyOf(presences);
	}

	/**
	 * Makes settings with the default time: 1 s for each registrar.
	 * @param announcements the groups to which the registrar announces itself
	 * @param presences the groups to which it sends its presence
	 * @return the settings
	 */
	public static MulticastSettings of(List<MulticastSpecification> announcements,
			List<MulticastSpecification> presences) {
		return new MulticastSettings(announcements, NONE.announceUnit(), presences);
	}

}
