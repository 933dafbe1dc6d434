package org.rserpool;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import org.rserpool.element.ElementSettings;
import org.rserpool.hunt.HuntSettings;
import org.rserpool.registrar.RegistrarSettings;
import org.rserpool.user.UserSettings;
import org.rserpool.wire.PoolHandle;
import org.rserpool.wire.Transport;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the profiles {@code fast} and {@code rfc}.
 */
class ProfileTests {

	private static final PoolHandle POOL = PoolHandle.of("echo");

	private static final Transport TRANSPORT = new Transport.Tcp(80, InetAddress.getLoopbackAddress());

	private static final List<InetSocketAddress> REGISTRARS = List
		.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 3863));

	@Test
	void fastIsTheDefault() {
		assertThat(RegistrarSettings.fast().build()).isEqualTo(RegistrarSettings.builder().build());
		assertThat(HuntSettings.fast(REGISTRARS)).isEqualTo(HuntSettings.of(REGISTRARS));
		assertThat(ElementSettings.fast(POOL, 1, TRANSPORT)).isEqualTo(ElementSettings.of(POOL, 1, TRANSPORT));
		assertThat(UserSettings.fast()).isEqualTo(UserSettings.DEFAULT);
	}

	@Test
	void registrarHasTheTimesOfTheRfc() {
		RegistrarSettings settings = RegistrarSettings.rfc().build();
		assertThat(settings.timers().peerHeartbeatCycle()).isEqualTo(Duration.ofSeconds(30));
		assertThat(settings.timers().maxTimeLastHeard()).isEqualTo(Duration.ofSeconds(61));
		assertThat(settings.timers().maxTimeNoResponse()).isEqualTo(Duration.ofSeconds(5));
		assertThat(settings.maxBadPeReports()).isEqualTo(3);
	}

	@Test
	void huntHasTheTimesOfTheRfc() {
		HuntSettings settings = HuntSettings.rfc(REGISTRARS);
		assertThat(settings.attemptTimeout()).isEqualTo(Duration.ofSeconds(10));
		assertThat(settings.maximumAttemptTimeout()).isEqualTo(Duration.ofSeconds(60));
	}

	@Test
	void elementHasTheTimesOfTheRfc() {
		ElementSettings settings = ElementSettings.rfc(POOL, 1, TRANSPORT);
		assertThat(settings.timers().registrationTimeout()).isEqualTo(Duration.ofSeconds(30));
		assertThat(settings.timers().deregistrationTimeout()).isEqualTo(Duration.ofSeconds(30));
		assertThat(settings.timers().maximumAttempts()).isEqualTo(2);
		assertThat(settings.timers().endsUnanswered()).isTrue();
	}

	@Test
	void userHasTheTimesOfTheRfc() {
		UserSettings settings = UserSettings.rfc();
		assertThat(settings.requestTimeout()).isEqualTo(Duration.ofSeconds(15));
		assertThat(settings.retransmissions()).isEqualTo(2);
		assertThat(settings.subscribe()).isTrue();
	}

}
