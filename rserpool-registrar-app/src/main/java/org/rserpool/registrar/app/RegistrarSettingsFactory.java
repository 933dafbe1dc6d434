package org.rserpool.registrar.app;

import org.rserpool.registrar.RegistrarSettings;
import org.rserpool.wire.Identifiers;

/**
 * Makes the registrar's settings from the configuration.
 */
final class RegistrarSettingsFactory {

	private static final String PREFIX = "rserpool.registrar.";

	private RegistrarSettingsFactory() {
	}

	static RegistrarSettings settings(RegistrarProperties properties) {
		RegistrarSettings.Builder settings = RegistrarSettings.builder()
			.dialect(properties.dialect())
			.asapListen(SocketAddresses.parse(PREFIX + "asap.listen", properties.asap().listen()))
			.enrpListen(SocketAddresses.parse(PREFIX + "enrp.listen", properties.enrp().listen()))
			.peers(SocketAddresses.parse(PREFIX + "peers", properties.peers()))
			.keepAliveInterval(properties.keepAlive().interval())
			.keepAliveTimeout(properties.keepAlive().timeout())
			.maxBadPeReports(properties.maxBadPeReports())
			.maxPoolElements(properties.maxPoolElements())
			.peerHeartbeatCycle(properties.peer().heartbeatCycle())
			.maxTimeLastHeard(properties.peer().maxTimeLastHeard())
			.maxTimeNoResponse(properties.peer().maxTimeNoResponse())
			.takeoverTimeout(properties.takeover().timeout())
			.takeoverSuggestion(properties.takeover().suggestion())
			.stopTimeout(properties.stopTimeout());
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
