package org.rserpool.csp;

import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * Where and how often components report their status.
 *
 * @param monitor where the monitor listens, by UDP. An unresolved address is a name,
 * which is resolved for each report.
 * @param interval from one report to the next, from 10 ms to 1 h
 * @since 0.1
 */
public record StatusReportSettings(InetSocketAddress monitor, Duration interval) {

	/** The port of a monitor where nothing else is said. */
	public static final int DEFAULT_PORT = 2960;

	private static final Duration SHORTEST = Duration.ofMillis(10);

	private static final Duration LONGEST = Duration.ofHours(1);

	public StatusReportSettings {
		if (monitor.getPort() == 0) {
			throw new IllegalArgumentException("The address " + monitor + " of a monitor has no port");
		}
		if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
			throw new IllegalArgumentException(
					"The interval " + interval + " of status reports is not in the range 10 ms to 1 h");
		}
	}

}
