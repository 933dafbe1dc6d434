package org.rserpool.autoconfigure;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rserpool.csp.StatusReportSettings;
import org.rserpool.element.RegistrationTimers;
import org.rserpool.hunt.HuntFailure;
import org.rserpool.hunt.HuntSettings;
import org.rserpool.rpc.NodeSettings;
import org.rserpool.rpc.RSerPoolNode;
import org.rserpool.user.UserSettings;
import org.rserpool.wire.PoolHandle;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class NetworkNodeFactoryTests {

	@Test
	void whenNothingIsConfiguredThenFailuresAreNoticedFast() {
		NodeSettings settings = settings(Map.of());
		assertThat(settings.user()).isEqualTo(UserSettings.fast());
		assertThat(settings.registration()).isEqualTo(RegistrationTimers.FAST);
		assertThat(settings.hunt()).isEqualTo(HuntSettings.fast(settings.hunt().registrars()));
	}

	@Test
	void whenAMonitorIsNamedThenStatusIsReported() {
		assertThat(settings(Map.of()).statusReports()).isNull();
		assertThat(settings(Map.of("rserpool.csp.server", "192.0.2.1:2960")).statusReports())
			.isEqualTo(new StatusReportSettings(new InetSocketAddress("192.0.2.1", 2960), Duration.ofSeconds(1)));
		assertThat(settings(Map.of("rserpool.csp.server", "monitor.invalid:2000", "rserpool.csp.interval", "250ms"))
			.statusReports())
			.isEqualTo(new StatusReportSettings(InetSocketAddress.createUnresolved("monitor.invalid", 2000),
					Duration.ofMillis(250)));
	}

	@ParameterizedTest
	@CsvSource({ "rserpool.csp.server, monitor", "rserpool.csp.server, monitor:0", "rserpool.csp.interval, 1ms",
			"rserpool.csp.interval, 2h" })
	void whenStatusCannotBeReportedSoThenThePropertyIsNamed(String property, String value) {
		Map<String, String> properties = new HashMap<>(Map.of("rserpool.csp.server", "192.0.2.1:2960"));
		properties.put(property, value);
		assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
			.isThrownBy(() -> settings(properties))
			.withMessageContaining(property);
	}

	@Test
	void whenTheProfileIsRfcThenTheTimesOfTheRfcHold() {
		NodeSettings settings = settings(Map.of("rserpool.profile", "rfc"));
		assertThat(settings.user()).isEqualTo(UserSettings.rfc());
		assertThat(settings.registration()).isEqualTo(RegistrationTimers.RFC);
		assertThat(settings.hunt()).isEqualTo(HuntSettings.rfc(settings.hunt().registrars()));
		assertThat(settings.user().requestTimeout()).hasSeconds(15);
		assertThat(settings.hunt().attemptTimeout()).hasSeconds(10);
		assertThat(settings.hunt().maximumAttemptTimeout()).hasSeconds(60);
	}

	@Test
	void whenATimeIsConfiguredThenItOverridesTheProfile() {
		Map<String, String> properties = new HashMap<>();
		properties.put("rserpool.profile", "rfc");
		properties.put("rserpool.request.timeout", "1s");
		properties.put("rserpool.request.max-retransmits", "0");
		properties.put("rserpool.request.registrar-timeout", "2s");
		properties.put("rserpool.registration.timeout", "3s");
		properties.put("rserpool.registration.max-attempts", "4");
		properties.put("rserpool.hunt.attempt-timeout", "5s");
		properties.put("rserpool.hunt.max-pause", "6s");
		NodeSettings settings = settings(properties);
		assertThat(settings.user())
			.isEqualTo(UserSettings.rfc().withRequests(Duration.ofSeconds(1), 0, Duration.ofSeconds(2)));
		assertThat(settings.registration())
			.isEqualTo(new RegistrationTimers(Duration.ofSeconds(3), Duration.ofSeconds(30), 4, true));
		assertThat(settings.hunt()).isEqualTo(HuntSettings.rfc(settings.hunt().registrars())
			.withAttemptTimeout(Duration.ofSeconds(5), Duration.ofSeconds(60))
			.withPause(Duration.ofSeconds(10), Duration.ofSeconds(6)));
	}

	@ParameterizedTest
	@CsvSource({ "rserpool.request.timeout, 0s", "rserpool.request.registrar-timeout, -1s",
			"rserpool.request.max-retransmits, -1", "rserpool.registration.timeout, 0s",
			"rserpool.registration.deregistration-timeout, 0s", "rserpool.registration.max-attempts, 0",
			"rserpool.hunt.attempt-timeout, 0s", "rserpool.hunt.max-attempt-timeout, 0s", "rserpool.hunt.pause, 0s",
			"rserpool.hunt.max-pause, 0s", "rserpool.user.echo.stale-cache-value, -1s",
			"rserpool.user.default.stale-cache-value, -1s" })
	void whenAValueIsWrongThenThePropertyIsNamed(String name, String value) {
		assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
			.isThrownBy(() -> settings(Map.of(name, value)))
			.satisfies((ex) -> assertThat(ex.getName()).isEqualTo(name));
	}

	@Test
	void whenNoRegistrarAnswersThenTheNodeSaysWhy() {
		InetSocketAddress nobody = new InetSocketAddress("127.0.0.1", 1);
		try (RSerPoolNode node = RSerPoolNode.start(NodeSettings.builder(List.of(nobody)).build())) {
			await().untilAsserted(() -> assertThat(node.registrarFailures()).extracting(HuntFailure::address)
				.containsExactly(nobody));
		}
	}

	@Test
	void agesOfWhatIsKnownOfPoolsAreTheirOwn() {
		Map<String, String> properties = new HashMap<>();
		properties.put("rserpool.user.default.stale-cache-value", "9s");
		properties.put("rserpool.user.echo.stale-cache-value", "2s");
		properties.put("rserpool.user.twin.stale-cache-value", "1s");
		properties.put("rserpool.user.twin.pool", "echo");
		properties.put("rserpool.user.never.stale-cache-value", "0s");
		UserSettings settings = settings(properties).user();
		assertThat(settings.staleAfter(PoolHandle.of("echo"))).hasSeconds(1);
		assertThat(settings.staleAfter(PoolHandle.of("never"))).isZero();
		assertThat(settings.staleAfter(PoolHandle.of("other"))).hasSeconds(9);
	}

	private static NodeSettings settings(Map<String, String> properties) {
		RSerPoolProperties bound = new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("rserpool",
				RSerPoolProperties.class);
		RSerPoolConnectionDetails details = () -> List.of(new RSerPoolConnectionDetails.Registrar("127.0.0.1", 3863));
		return new NetworkNodeFactory(details, bound, List.of(), null, List.of()).settings();
	}

}
