package org.rserpool.registrar.app;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.rserpool.registrar.app.EnrpEndpoint.EnrpView;
import org.rserpool.wire.ElementMetadata;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PoolHandle;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EnrpEndpoint}, with two registrars.
 */
class EnrpEndpointTests {

	@Test
	void showsPeersAndWhoTookOverFromWhom() throws IOException {
		try (ConfigurableApplicationContext first = start("0x00000001")) {
			try (ConfigurableApplicationContext second = start("0x00000002",
					"--rserpool.registrar.peers=" + enrp(first).enrp().get(0))) {
				Awaitility.await()
					.atMost(Duration.ofSeconds(30))
					.until(() -> enrp(second).state().equals("RUNNING") && enrp(first).peers().size() == 1);
				try (TestRegistrant element = new TestRegistrant(second.getBean(Registrar.class))) {
					element.register(PoolHandle.of("echo"), 1, MemberSelectionPolicy.ROUND_ROBIN, ElementMetadata.NONE);
					Awaitility.await()
						.atMost(Duration.ofSeconds(30))
						.untilAsserted(() -> assertThat(enrp(first).peers()).singleElement().satisfies((peer) -> {
							assertThat(peer.identifier()).isEqualTo("0x00000002");
							assertThat(peer.state()).isEqualTo("ACTIVE");
							assertThat(peer.elements()).isOne();
							assertThat(peer.reportedChecksum()).isEqualTo(peer.expectedChecksum())
								.isEqualTo(enrp(second).checksum());
							assertThat(peer.addresses()).isEqualTo(enrp(second).enrp());
						}));
					assertThat(enrp(first).elements()).isZero();
					assertThat(enrp(second).elements()).isOne();
					second.close();
				}
			}
			Awaitility.await()
				.atMost(Duration.ofSeconds(30))
				.untilAsserted(() -> assertThat(enrp(first).pastTakeovers()).singleElement().satisfies((takeover) -> {
					assertThat(takeover.target()).isEqualTo("0x00000002");
					assertThat(takeover.winner()).isEqualTo("0x00000001");
					assertThat(takeover.elements()).isOne();
				}));
			assertThat(enrp(first).counters()).containsEntry("takeovers_won", 1L);
			assertThat(enrp(first).peers()).isEmpty();
		}
	}

	private static EnrpView enrp(ConfigurableApplicationContext context) {
		return Objects.requireNonNull(context.getBean(EnrpEndpoint.class).enrp());
	}

	private static ConfigurableApplicationContext start(String identifier, String... arguments) {
		SpringApplication application = new SpringApplication(RegistrarApplication.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setDefaultProperties(Map.of("rserpool.registrar.id", identifier, "rserpool.registrar.asap.listen",
				"127.0.0.1:0", "rserpool.registrar.enrp.listen", "127.0.0.1:0",
				"rserpool.registrar.announcements.enabled", "false", "rserpool.registrar.stop-timeout", "0s",
				"rserpool.registrar.keep-alive.interval", "10h", "rserpool.registrar.keep-alive.timeout", "1h"));
		return application.run(arguments);
	}

}
