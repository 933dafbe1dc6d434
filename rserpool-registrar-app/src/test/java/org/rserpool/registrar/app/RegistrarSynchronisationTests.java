package org.rserpool.registrar.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.rserpool.runtime.TransportProtocol;
import org.rserpool.transport.RoleLoop;
import org.rserpool.registrar.RegistrarSnapshot.State;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Registrars with a mentor, and registrars that cannot start.
 */
@ExtendWith(OutputCaptureExtension.class)
class RegistrarSynchronisationTests {

	@Test
	void isReadyOnlyAfterSynchronisation() throws IOException {
		try (ServerSocket silentMentor = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
				ConfigurableApplicationContext context = start(
						"--rserpool.registrar.peers=127.0.0.1:" + silentMentor.getLocalPort())) {
			RegistrarHealthIndicator indicator = context.getBean(RegistrarHealthIndicator.class);
			Health early = indicator.health();
			assertThat(early.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
			assertThat(early.getDetails()).containsEntry("state", State.STARTING);
			Awaitility.await()
				.atMost(Duration.ofSeconds(20))
				.untilAsserted(() -> assertThat(indicator.health().getStatus()).isEqualTo(Status.UP));
		}
	}

	@Test
	void namesTheAddressThatDoesNotParse(CapturedOutput output) {
		assertThatThrownBy(() -> start("--rserpool.registrar.peers=nonsense")).isInstanceOf(Exception.class);
		assertThat(output).contains("Property rserpool.registrar.peers has the value \"nonsense\"")
			.contains("Give HOST:PORT");
	}

	@Test
	void namesTheIdentifierThatDoesNotParse(CapturedOutput output) {
		assertThatThrownBy(() -> start("--rserpool.registrar.id=0")).isInstanceOf(Exception.class);
		assertThat(output).contains("Property rserpool.registrar.id has the value \"0\"");
	}

	@Test
	void namesThePortThatIsTaken(CapturedOutput output) throws IOException {
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			String address = "127.0.0.1:" + taken.getLocalPort();
			assertThatThrownBy(() -> start("--rserpool.registrar.asap.listen=" + address))
				.isInstanceOf(Exception.class);
			assertThat(output).contains(address).contains("Change rserpool.registrar.asap.listen");
		}
	}

	@Test
	void namesTheAddressThatIsNotLocal(CapturedOutput output) {
		assertThatThrownBy(() -> start("--rserpool.registrar.enrp.listen=192.0.2.1:0")).isInstanceOf(Exception.class);
		assertThat(output).contains("192.0.2.1:0").contains("Change rserpool.registrar.asap.listen");
	}

	@Test
	@DisabledIf("hasSctp")
	void saysWhatIsMissingForSctp(CapturedOutput output) {
		assertThatThrownBy(() -> start("--rserpool.registrar.transport=sctp")).isInstanceOf(Exception.class);
		assertThat(output).contains("Property rserpool.registrar.transport has the value \"sctp\"")
			.contains(RoleLoop.missing(TransportProtocol.SCTP));
	}

	static boolean hasSctp() {
		return RoleLoop.missing(TransportProtocol.SCTP) == null;
	}

	private static ConfigurableApplicationContext start(String... arguments) {
		SpringApplication application = new SpringApplication(RegistrarApplication.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setDefaultProperties(
				Map.of("rserpool.registrar.asap.listen", "127.0.0.1:0", "rserpool.registrar.enrp.listen", "127.0.0.1:0",
						"rserpool.registrar.announcements.enabled", "false", "server.port", "0"));
		return application.run(arguments);
	}

}
