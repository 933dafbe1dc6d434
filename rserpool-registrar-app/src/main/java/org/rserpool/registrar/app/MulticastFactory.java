package org.rserpool.registrar.app;

import java.net.InetSocketAddress;
import java.util.List;

import org.rserpool.discovery.MulticastGroups;
import org.rserpool.registrar.MulticastSettings;
import org.rserpool.runtime.MulticastSpecification;
import org.rserpool.wire.Dialect;

/**
 * Makes the settings for multicast from the configuration.
 */
final class MulticastFactory {

	private static final String ANNOUNCEMENTS = "rserpool.registrar.announcements.";

	private static final String PRESENCES = "rserpool.registrar.presences.";

	private MulticastFactory() {
	}

	static MulticastSettings settings(RegistrarProperties properties) {
		Dialect dialect = properties.dialect();
		RegistrarProperties.Announcements announcements = properties.announcements();
		RegistrarProperties.Presences presences = properties.presences();
		if (announcements.interval().isNegative() || announcements.interval().isZero()) {
			throw new InvalidPropertyException(ANNOUNCEMENTS + "interval", announcements.interval().toString(),
					"it is not positive", "Give a time such as 1s.");
		}
		boolean present = (presences.enabled() != null) ? presences.enabled() : dialect == Dialect.RSPLIB;
		return new MulticastSettings(
				announcements.enabled() ? groups(ANNOUNCEMENTS, announcements.groups(), MulticastGroups.asap(dialect),
						announcements.interfaces(), announcements.timeToLive()) : List.of(),
				announcements.interval(), present ? groups(PRESENCES, presences.groups(), MulticastGroups.enrp(dialect),
						presences.interfaces(), presences.timeToLive()) : List.of());
	}

	private static List<MulticastSpecification> groups(String prefix, List<String> values, InetSocketAddress usual,
			List<String> interfaces, int timeToLive) {
		List<InetSocketAddress> groups = values.isEmpty() ? List.of(usual)
				: AddressProperties.parse(prefix + "groups", values);
		try {
			return groups.stream()
				.map((group) -> new MulticastSpecification(group, interfaces, timeToLive, 0))
				.toList();
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidPropertyException(prefix + "*", String.valueOf(ex.getMessage()),
					"the registrar cannot work with it",
					"Give a multicast group, such as 224.0.1.185:3863 or [ff02::133]:3863, at least one interface, and a time to live from 0 to 255.");
		}
	}

}
