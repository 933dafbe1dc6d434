package org.rserpool.registrar.app;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.rserpool.registrar.RegistrarSettings;
import org.rserpool.runtime.EndpointException;
import org.rserpool.runtime.TransportProtocol;
import org.rserpool.transport.TransportChoice;
import org.rserpool.wire.Identifiers;

/**
 * Makes the registrar's settings from the configuration.
 */
final class RegistrarSettingsFactory {

	private static final String PREFIX = "rserpool.registrar.";

	private RegistrarSettingsFactory() {
	}

	static RegistrarSettings settings(RegistrarProperties properties) {
		RegistrarSettings.Builder settings = base(properties.profile()).dialect(properties.dialect())
			.protocols(protocols(properties.transport()))
			.asapListen(SocketAddresses.parse(PREFIX + "asap.listen", properties.asap().listen()))
			.enrpListen(SocketAddresses.parse(PREFIX + "enrp.listen", properties.enrp().listen()))
			.peers(SocketAddresses.parse(PREFIX + "peers", properties.peers()))
			.maxBadPeReports(properties.maxBadPeReports())
			.maxPoolElements(properties.maxPoolElements())
			.takeoverSuggestion(properties.takeover().suggestion())
			.stopTimeout(properties.stopTimeout());
		set(properties.keepAlive().interval(), settings::keepAliveInterval);
		set(properties.keepAlive().timeout(), settings::keepAliveTimeout);
		set(properties.peer().heartbeatCycle(), settings::peerHeartbeatCycle);
		set(properties.peer().maxTimeLastHeard(), settings::maxTimeLastHeard);
		set(properties.peer().maxTimeNoResponse(), settings::maxTimeNoResponse);
		set(properties.takeover().timeout(), settings::takeoverTimeout);
		set(properties.mentor().timeout(), settings::mentorTimeout);
		set(properties.mentor().retryDelay(), settings::startRetryDelay);
		if (properties.id() != null) {
			settings.identifier(identifier(properties.id()));
		}
		try {
			return settings.build();
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidPropertyException(PREFIX + "*", String.valueOf(ex.getMessage()),
					"the registrar cannot work with it", "Change the property that is named.");
		}
	}

	private static RegistrarSettings.Builder base(RegistrarProperties.Profile profile) {
		return (profile == RegistrarProperties.Profile.RFC) ? RegistrarSettings.rfc() : RegistrarSettings.fast();
	}

	private static List<TransportProtocol> protocols(TransportChoice transport) {
		try {
			return transport.protocols();
		}
		catch (EndpointException ex) {
			throw new InvalidPropertyException(PREFIX + "transport", transport.name().toLowerCase(Locale.ROOT),
					String.valueOf(ex.getMessage()), "Provide what is missing, or set the property to tcp or auto.");
		}
	}

	private static void set(@Nullable Duration configured, Consumer<Duration> setting) {
		if (configured != null) {
			setting.accept(configured);
		}
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
