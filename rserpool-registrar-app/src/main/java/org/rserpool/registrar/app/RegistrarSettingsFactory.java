package org.rserpool.registrar.app;

import java.net.InetSocketAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.rserpool.csp.StatusReportSettings;
import org.rserpool.registrar.RegistrarSettings;
import org.rserpool.runtime.EndpointException;
import org.rserpool.runtime.TransportProtocol;
import org.rserpool.transport.TransportChoice;
import org.rserpool.wire.Identifiers;

import org.springframework.boot.convert.DurationStyle;

/**
 * Makes the registrar's settings from the configuration.
 */
final class RegistrarSettingsFactory {

	private static final String PREFIX = "rserpool.registrar.";

	private static final Duration LONGEST = Duration.ofDays(1);

	private RegistrarSettingsFactory() {
	}

	static RegistrarSettings settings(RegistrarProperties properties) {
		RegistrarSettings.Builder settings = base(properties.profile()).dialect(properties.dialect())
			.protocols(protocols(properties))
			.asapListen(AddressProperties.parseListening(PREFIX + "asap.listen", properties.asap().listen()))
			.enrpListen(AddressProperties.parseListening(PREFIX + "enrp.listen", properties.enrp().listen()))
			.peers(AddressProperties.parsePeers(PREFIX + "peers", properties.peers()))
			.maxBadPeReports(atLeast(0, "max-bad-pe-reports", properties.maxBadPeReports()))
			.maxPoolElements(atLeast(1, "max-pool-elements", properties.maxPoolElements()))
			.takeoverSuggestion(properties.takeover().suggestion())
			.stopTimeout(upToADay("stop-timeout", properties.stopTimeout(), true))
			.resolveInterval(upToADay("resolve-interval", properties.resolveInterval(), false));
		settings.accessRules(AccessRulesFactory.rules(properties.ssl()));
		settings.multicast(MulticastFactory.settings(properties));
		set("keep-alive.interval", properties.keepAlive().interval(), settings::keepAliveInterval);
		set("keep-alive.timeout", properties.keepAlive().timeout(), settings::keepAliveTimeout);
		set("peer.heartbeat-cycle", properties.peer().heartbeatCycle(), settings::peerHeartbeatCycle);
		set("peer.max-time-last-heard", properties.peer().maxTimeLastHeard(), settings::maxTimeLastHeard);
		set("peer.max-time-no-response", properties.peer().maxTimeNoResponse(), settings::maxTimeNoResponse);
		set("takeover.timeout", properties.takeover().timeout(), settings::takeoverTimeout);
		set("mentor.timeout", properties.mentor().timeout(), settings::mentorTimeout);
		set("mentor.retry-delay", properties.mentor().retryDelay(), settings::startRetryDelay);
		if (properties.id() != null) {
			settings.identifier(identifier(properties.id()));
		}
		return settings.build();
	}

	/**
	 * Makes the settings of status reports, or returns {@code null} if there are none.
	 */
	static @Nullable StatusReportSettings statusReports(RegistrarProperties properties) {
		String server = properties.csp().server();
		if (server == null || server.isBlank()) {
			return null;
		}
		String property = PREFIX + "csp.server";
		InetSocketAddress monitor = AddressProperties.parsePeers(property, List.of(server)).get(0);
		if (monitor.getPort() == 0) {
			throw new InvalidPropertyException(property, server, "it has no port",
					"Give the address of a monitor, such as 192.0.2.1:2960.");
		}
		try {
			return new StatusReportSettings(monitor, properties.csp().interval());
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidPropertyException(PREFIX + "csp.interval",
					DurationStyle.SIMPLE.print(properties.csp().interval()), "it is not from 10ms to 1h",
					"Give a time such as 1s.");
		}
	}

	/**
	 * Makes the file for snapshots. It belongs to a registrar with the same identifier,
	 * dialect and addresses.
	 * @return the file, or {@code null} if none is configured
	 */
	static @Nullable SnapshotFile snapshotFile(RegistrarProperties properties) {
		String path = properties.snapshot();
		if (path == null || path.isBlank()) {
			return null;
		}
		String owner = "id " + ((properties.id() != null) ? properties.id() : "drawn") + ", dialect "
				+ properties.dialect() + ", ASAP at " + properties.asap().listen() + ", ENRP at "
				+ properties.enrp().listen();
		try {
			SnapshotFile file = new SnapshotFile(Path.of(path), owner, Clock.systemUTC());
			file.prepare(PREFIX + "snapshot");
			return file;
		}
		catch (InvalidPathException ex) {
			throw new InvalidPropertyException(PREFIX + "snapshot", path, "it is not the name of a file",
					"Give the name of a file in a directory that the registrar may write to.");
		}
	}

	static Duration snapshotInterval(RegistrarProperties properties) {
		return upToADay("snapshot-interval", properties.snapshotInterval(), false);
	}

	private static RegistrarSettings.Builder base(RegistrarProperties.Profile profile) {
		return (profile == RegistrarProperties.Profile.RFC) ? RegistrarSettings.rfc() : RegistrarSettings.fast();
	}

	private static List<TransportProtocol> protocols(RegistrarProperties properties) {
		TransportChoice transport = properties.transport();
		String bundle = properties.ssl().bundle();
		try {
			return transport.protocols(bundle != null && !bundle.isBlank());
		}
		catch (EndpointException ex) {
			throw new InvalidPropertyException(PREFIX + "transport", transport.name().toLowerCase(Locale.ROOT),
					String.valueOf(ex.getMessage()), "Provide what is missing, or set the property to tcp or auto.");
		}
	}

	private static void set(String key, @Nullable Duration configured, Consumer<Duration> setting) {
		if (configured != null) {
			setting.accept(upToADay(key, configured, false));
		}
	}

	/**
	 * Checks a time.
	 * @throws InvalidPropertyException if it is negative, longer than a day, or 0 where
	 * that is not allowed
	 */
	static Duration upToADay(String key, Duration value, boolean zero) {
		if (value.isNegative() || (!zero && value.toMillis() == 0) || value.compareTo(LONGEST) > 0) {
			throw new InvalidPropertyException(PREFIX + key, DurationStyle.SIMPLE.print(value),
					"it is not " + (zero ? "from 0s" : "more than 0s") + " to 24h", "Give a time such as 10s.");
		}
		return value;
	}

	private static int atLeast(int least, String key, int value) {
		if (value < least) {
			throw new InvalidPropertyException(PREFIX + key, String.valueOf(value),
					"it is not from " + least + " to " + Integer.MAX_VALUE, "Give a number that is, or leave it out.");
		}
		return value;
	}

	private static int identifier(String value) {
		try {
			return Identifiers.parse(value);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidPropertyException(PREFIX + "id", value, "it is not an identifier",
					"Give a number from 1 to 0xffffffff that no other registrar has, such as 0x00000001, or leave it out to draw one.");
		}
	}

}
