package org.rserpool.autoconfigure;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.rserpool.discovery.MulticastGroups;
import org.rserpool.hunt.AnnouncementSettings;
import org.rserpool.hunt.HuntSettings;
import org.rserpool.runtime.MulticastSpecification;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * How a home registrar is looked for, as the properties say.
 */
class HuntProperties {

	private final RSerPoolProperties properties;

	private final List<MulticastSpecification> groups = new ArrayList<>();

	/**
	 * Reads the properties.
	 * @param properties the properties
	 * @throws InvalidConfigurationPropertyValueException if one has a value that cannot
	 * be used
	 */
	HuntProperties(RSerPoolProperties properties) {
		this.properties = properties;
		RSerPoolProperties.Hunt hunt = properties.hunt();
		if (hunt.standbys() < 0 || hunt.standbys() >= HuntSettings.MAXIMUM_ATTEMPTS) {
			throw new InvalidConfigurationPropertyValueException("rserpool.hunt.standbys", hunt.standbys(),
					"It is to be from 0 to 2, because there may be three associations with registrars at most.");
		}
		Duration interval = hunt.resolveInterval();
		if (interval.isNegative() || interval.isZero()) {
			throw new InvalidConfigurationPropertyValueException("rserpool.hunt.resolve-interval", interval,
					"It is to be positive.");
		}
		RSerPoolProperties.Announcements announcements = properties.announcements();
		if (announcements.interfaces().isEmpty()) {
			throw new InvalidConfigurationPropertyValueException("rserpool.announcements.interfaces", "",
					"Name network interfaces, or loopback, or all.");
		}
		List<String> values = announcements.groups();
		if (values.isEmpty()) {
			this.groups.add(new MulticastSpecification(MulticastGroups.asap(properties.dialect()),
					announcements.interfaces(), 1, 0));
		}
		for (int i = 0; i < values.size(); i++) {
			this.groups
				.add(group("rserpool.announcements.groups[" + i + "]", values.get(i), announcements.interfaces()));
		}
	}

	private static MulticastSpecification group(String property, String value, List<String> interfaces) {
		InetSocketAddress group = HostAndPort.parse(property, value, 1).socketAddress();
		if (group.isUnresolved() || !group.getAddress().isMulticastAddress()) {
			throw new InvalidConfigurationPropertyValueException(property, value,
					"A multicast group has the form address:port, such as 224.0.1.185:3863 or [ff02::133]:3863.");
		}
		return new MulticastSpecification(group, interfaces, 1, 0);
	}

	HuntSettings hunt(List<InetSocketAddress> registrars) {
		return HuntSettings.of(registrars)
			.withStandbys(this.properties.hunt().standbys())
			.withResolveInterval(this.properties.hunt().resolveInterval());
	}

	/**
	 * Return how to learn of registrars from their announcements.
	 * @param needed whether nothing else is said
	 */
	AnnouncementSettings announcements(boolean needed) {
		Boolean enabled = this.properties.announcements().enabled();
		return ((enabled != null) ? enabled : needed) ? AnnouncementSettings.of(this.groups)
				: AnnouncementSettings.NONE;
	}

}
