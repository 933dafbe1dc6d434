package org.rserpool.csp;

import java.net.InetSocketAddress;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What a component reports of itself.
 *
 * @param component who it is
 * @param addresses where it is reached; may be empty
 * @param text how it is, in words; a monitor sees the first 127 octets
 * @param workload from 0 for idle to 1 for full, or {@code null} if it is not known
 * @param associations its associations; a monitor sees the first 46
 * @since 0.1
 */
public record ComponentStatus(ComponentIdentifier component, List<InetSocketAddress> addresses, String text,
		@Nullable Double workload, List<ComponentAssociation> associations) {

	public ComponentStatus {
		addresses = List.copyOf(addresses);
		associations = List.copyOf(associations);
		if (workload != null && !(workload >= 0 && workload <= 1)) {
			throw new IllegalArgumentException("The workload " + workload + " is not in the range 0 to 1");
		}
	}

}
