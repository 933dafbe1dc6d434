package org.rserpool.registrar.app;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.rserpool.csp.StatusReportSettings;
import org.rserpool.discovery.MulticastGroups;
import org.rserpool.registrar.MulticastSettings;
import org.rserpool.registrar.RegistrarSettings;
import org.rserpool.runtime.MulticastSpecification;
import org.rserpool.wire.Dialect;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

	@Test
	void announcesItselfOnTheLoopbackInterface() {
		MulticastSettings multicast = settings(Map.of()).multicast();
		assertThat(multicast.announcements())
			.containsExactly(MulticastSpecification.loopback(MulticastGroups.asap(Dialect.RFC)));
		assertThat(multicast.announceUnit()).isEqualTo(Duration.ofSeconds(1));
		assertThat(multicast.presences()).isEmpty();
	}

	@Test
	void inTheDialectOfRsplibItAlsoSendsPresences() {
		MulticastSettings multicast = settings(Map.of("rserpool.registrar.dialect", "rsplib")).multicast();
		assertThat(multicast.announcements()).extracting(MulticastSpecification::group)
			.containsExactly(new InetSocketAddress("239.0.0.50", 3863));
		assertThat(multicast.presences()).extracting(MulticastSpecification::group)
			.containsExactly(new InetSocketAddress("239.0.0.51", 9901));
	}

	@Test
	void multicastIsAsConfigured() {
		MulticastSettings multicast = settings(Map.of("rserpool.registrar.announcements.groups", "[ff02::133]:4000",
				"rserpool.registrar.announcements.interfaces", "eth0,eth1",
				"rserpool.registrar.announcements.time-to-live", "5", "rserpool.registrar.announcements.interval", "2s",
				"rserpool.registrar.presences.enabled", "true"))
			.multicast();
		assertThat(multicast.announcements()).containsExactly(
				new MulticastSpecification(new InetSocketAddress("ff02::133", 4000), List.of("eth0", "eth1"), 5, 0));
		assertThat(multicast.announceUnit()).isEqualTo(Duration.ofSeconds(2));
		assertThat(multicast.presences()).hasSize(1);
		assertThat(settings(Map.of("rserpool.registrar.announcements.enabled", "false")).multicast().announcements())
			.isEmpty();
	}

	@Test
	void aGroupThatIsNoneIsNamed() {
		assertThatThrownBy(() -> settings(Map.of("rserpool.registrar.announcements.groups", "192.0.2.1:3863")))
			.isInstanceOf(InvalidPropertyException.class)
			.hasMessageContaining("192.0.2.1")
			.hasMessageContaining("no multicast group");
		assertThatThrownBy(() -> settings(Map.of("rserpool.registrar.announcements.interval", "0s")))
			.isInstanceOf(InvalidPropertyException.class)
			.hasMessageContaining("rserpool.registrar.announcements.interval");
		assertThatThrownBy(() -> settings(Map.of("rserpool.registrar.presences.enabled", "true",
				"rserpool.registrar.presences.time-to-live", "256")))
			.isInstanceOf(InvalidPropertyException.class)
			.hasMessageContaining("rserpool.registrar.presences.time-to-live has the value \"256\"");
	}

	@Test
	void namesOfPeersAreNotResolvedYet() {
		assertThat(settings(Map.of("rserpool.registrar.peers",
				"registrar.invalid:9901,_enrp-tcp._tcp.example.org,192.0.2.1:9901,1a:9901"))
			.peers()).extracting(InetSocketAddress::isUnresolved).containsExactly(true, true, false, true);
	}

	@Test
	void reportsItsStatusOnlyIfAMonitorIsNamed() {
		assertThat(RegistrarSettingsFactory.statusReports(bound(Map.of()))).isNull();
		assertThat(RegistrarSettingsFactory
			.statusReports(bound(Map.of("rserpool.registrar.csp.server", "192.0.2.1:2960"))))
			.isEqualTo(new StatusReportSettings(new InetSocketAddress("192.0.2.1", 2960), Duration.ofSeconds(1)));
		assertThat(RegistrarSettingsFactory.statusReports(bound(Map.of("rserpool.registrar.csp.server",
				"monitor.invalid:2000", "rserpool.registrar.csp.interval", "250ms"))))
			.isEqualTo(new StatusReportSettings(InetSocketAddress.createUnresolved("monitor.invalid", 2000),
					Duration.ofMillis(250)));
	}

	@Test
	void aMonitorThatCannotBeIsNamed() {
		assertThatThrownBy(() -> RegistrarSettingsFactory
			.statusReports(bound(Map.of("rserpool.registrar.csp.server", "192.0.2.1"))))
			.isInstanceOf(InvalidPropertyException.class)
			.hasMessageContaining("rserpool.registrar.csp.server");
		assertThatThrownBy(() -> RegistrarSettingsFactory
			.statusReports(bound(Map.of("rserpool.registrar.csp.server", "192.0.2.1:0"))))
			.isInstanceOf(InvalidPropertyException.class)
			.hasMessageContaining("0 is not a port from 1 to 65535");
		assertThatThrownBy(() -> RegistrarSettingsFactory.statusReports(bound(
				Map.of("rserpool.registrar.csp.server", "192.0.2.1:2960", "rserpool.registrar.csp.interval", "1ms"))))
			.isInstanceOf(InvalidPropertyException.class)
			.hasMessageContaining("rserpool.registrar.csp.interval");
	}

	private static RegistrarSettings settings(Map<String, String> properties) {
		return RegistrarSettingsFactory.settings(bound(properties));
	}

	private static RegistrarProperties bound(Map<String, String> properties) {
		return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("rserpool.registrar",
				RegistrarProperties.class);
	}

}
