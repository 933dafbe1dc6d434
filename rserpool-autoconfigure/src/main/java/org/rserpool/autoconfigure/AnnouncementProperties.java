package org.rserpool.autoconfigure;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.rserpool.discovery.MulticastGroups;
import org.rserpool.hunt.AnnouncementSettings;
import org.rserpool.runtime.MulticastSpecification;
import org.rserpool.wire.Dialect;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * What is configured under {@code rserpool.announcements}.
 *
 * @param enabled Whether to learn of registrars from their announcements by multicast. By
 * default, only if no registrar is configured.
 * @param groups Multicast groups to listen to, each as address:port. By default, the
 * group of the dialect.
 * @param interfaces Network interfaces to listen on, by name. "loopback" stands for the
 * loopback interface, "all" for all interfaces. Anybody in these networks can pretend to
 * be a registrar.
 * @since 0.1
 */
public record AnnouncementProperties(@Nullable Boolean enabled, @DefaultValue List<String> groups,
		@DefaultValue("loopback") List<String> interfaces) {

	/**
	 * Makes the settings.
	 * @param dialect decides which group is usual
	 * @param needed whether to listen where nothing is said
	 * @return the settings
	 * @throws InvalidConfigurationPropertyValueException if a property has a value that
	 * cannot be used
	 */
	AnnouncementSettings settings(Dialect dialect, boolean needed) {
		List<MulticastSpecification> specifications = specifications(dialect);
		return ((this.enabled != null) ? this.enabled : needed) ? AnnouncementSettings.of(specifications)
				: AnnouncementSettings.NONE;
	}

	private List<MulticastSpecification> specifications(Dialect dialect) {
		if (this.interfaces.isEmpty()) {
			throw new InvalidConfigurationPropertyValueException("rserpool.announcements.interfaces", "",
					"Name network interfaces, or loopback, or all.");
		}
		List<MulticastSpecification> specifications = new ArrayList<>();
		for (int i = 0; i < this.groups.size(); i++) {
			specifications.add(specification(group("rserpool.announcements.groups[" + i + "]", this.groups.get(i))));
		}
		return specifications.isEmpty() ? List.of(specification(MulticastGroups.asap(dialect))) : specifications;
	}

	private MulticastSpecification specification(InetSocketAddress group) {
		return new MulticastSpecification(group, this.interfaces, 1, 0);
	}

	private static InetSocketAddress group(String property, String value) {
		InetSocketAddress group = HostAndPort.parse(property, value, 1).socketAddress();
		if (group.isUnresolved() || !group.getAddress().isMulticastAddress()) {
			throw new InvalidConfigurationPropertyValueException(property, value,
					"A multicast group has the form address:port, such as 224.0.1.185:3863 or [ff02::133]:3863.");
		}
		return group;
	}

}
