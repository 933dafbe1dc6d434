package org.rserpool.registrar.app;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.rserpool.registrar.RegistrarSettings;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

class RegistrarSettingsFactoryTests {

	@Test
	void profileFastIsTheDefault() {
		RegistrarSettings settings = settings(Map.of());
		assertThat(settings.timers().peerHeartbeatCycle())
			.isEqualTo(RegistrarSettings.fast().build().timers().peerHeartbeatCycle());
		assertThat(settings.timers().keepAliveTimeout())
			.isEqualTo(RegistrarSettings.fast().build().timers().keepAliveTimeout());
		assertThat(settings.timers().stopTimeout()).isEqualTo(Duration.ofSeconds(2));
		assertThat(settings.takeoverSuggestion()).isFalse();
	}

	@Test
	void profileRfcHasTheTimesOfTheRfcs() {
		RegistrarSettings settings = settings(Map.of("rserpool.registrar.profile", "rfc"));
		assertThat(settings.timers().peerHeartbeatCycle()).isEqualTo(Duration.ofSeconds(30));
		assertThat(settings.timers().maxTimeLastHeard()).isEqualTo(Duration.ofSeconds(61));
		assertThat(settings.timers().maxTimeNoResponse()).isEqualTo(Duration.ofSeconds(5));
	}

	@Test
	void whatIsConfiguredIsUsedInsteadOfTheProfile() {
		RegistrarSettings settings = settings(Map.of("rserpool.registrar.profile", "rfc",
				"rserpool.registrar.peer.heartbeat-cycle", "7s", "rserpool.registrar.keep-alive.interval", "8s",
				"rserpool.registrar.mentor.timeout", "9s", "rserpool.registrar.mentor.retry-delay", "10s",
				"rserpool.registrar.stop-timeout", "0s", "rserpool.registrar.takeover.suggestion", "true"));
		assertThat(settings.timers().peerHeartbeatCycle()).isEqualTo(Duration.ofSeconds(7));
		assertThat(settings.timers().keepAliveInterval()).isEqualTo(Duration.ofSeconds(8));
		assertThat(settings.timers().maxTimeLastHeard()).isEqualTo(Duration.ofSeconds(61));
		assertThat(settings.timers().mentorTimeout()).isEqualTo(Duration.ofSeconds(9));
		assertThat(settings.timers().startRetryDelay()).isEqualTo(Duration.ofSeconds(10));
		assertThat(settings.timers().stopTimeout()).isZero();
		assertThat(settings.takeoverSuggestion()).isTrue();
	}

	private static RegistrarSettings settings(Map<String, String> properties) {
		RegistrarProperties bound = new Binder(new MapConfigurationPropertySource(properties))
			.bindOrCreate("rserpool.registrar", RegistrarProperties.class);
		return RegistrarSettingsFactory.settings(bound);
	}

}
