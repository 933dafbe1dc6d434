package org.rserpool.registrar.app;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

import org.rserpool.discovery.MulticastGroups;
import org.rserpool.registrar.MulticastSettings;
import org.rserpool.runtime.MulticastSpecification;
import org.rserpool.runtime.SocketAddresses;
import org.rserpool.wire.Dialect;

/**
 * Makes the settings for multicast from the configuration.
 */
final class MulticastFactory {

	private static final String ANNOUNCEMENTS = "rserpool.registrar.announcements.";

	private static final String PRESENCES = "rserpool.registrar.presences.";

	private static final int MAX_TIME_TO_LIVE = 255;

	private MulticastFactory() {
	}

	static MulticastSettings settings(RegistrarProperties properties) {
		Dialect dialect = properties.dialect();
		RegistrarProperties.Announcements announcements = properties.announcements();
		RegistrarProperties.Presences presences = properties.presences();
		Duration interval = RegistrarSettingsFactory.upToADay("announcements.interval", announcements.interval(),
				false);
		boolean present = (presences.enabled() != null) ? presences.enabled() : dialect == Dialect.RSPLIB;
		return new MulticastSettings(
				announcements.enabled() ? groups(ANNOUNCEMENTS, announcements.groups(), MulticastGroups.asap(dialect),
						announcements.interfaces(), announcements.timeToLive()) : List.of(),
				interval, present ? groups(PRESENCES, presences.groups(), MulticastGroups.enrp(dialect),
						presences.interfaces(), presences.timeToLive()) : List.of());
	}

	private static List<MulticastSpecification> groups(String prefix, List<String> values, InetSocketAddress usual,
			List<String> interfaces, int timeToLive) {
		List<InetSocketAddress> groups = values.isEmpty() ? List.of(usual)
				: AddressProperties.parse(prefix + "groups", values);
		groups.stream()
			.filter((group) -> !group.getAddress().isMulticastAddress() || group.getPort() == 0)
			.forEach((group) -> {
				throw new InvalidPropertyException(prefix + "groups", SocketAddresses.text(group),
						"it is no multicast group with a port",
						"Give a multicast group, such as 224.0.1.185:3863 or [ff02::133]:3863.");
			});
		if (interfaces.isEmpty()) {
			throw new InvalidPropertyException(prefix + "interfaces", "", "it has no interface",
					"Name network interfaces, or loopback, or all.");
		}
		if (timeToLive < 0 || timeToLive > MAX_TIME_TO_LIVE) {
			throw new InvalidPropertyException(prefix + "time-to-live", String.valueOf(timeToLive),
					"it is not from 0 to 255", "Give a number such as 1.");
		}
		return groups.stream().map((group) -> new MulticastSpecification(group, interfaces, timeToLive, 0)).toList();
	}

}
