package org.rserpool.autoconfigure;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * What an application says that cannot listen where it is to.
 */
@ExtendWith(OutputCaptureExtension.class)
class ListenFailureTests {

	@Test
	void namesThePortThatIsTaken(CapturedOutput output) throws IOException {
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			String address = "127.0.0.1:" + taken.getLocalPort();
			failsToListenAt(address);
			assertThat(output).contains("Cannot listen at " + address + " over TCP").contains("'rserpool.listen'");
		}
	}

	@Test
	void namesTheAddressThatIsNotLocal(CapturedOutput output) {
		failsToListenAt("192.0.2.1:0");
		assertThat(output).contains("Cannot listen at 192.0.2.1:0 over TCP").contains("'rserpool.listen'");
	}

	@Test
	void namesThePortsThatDiffer(CapturedOutput output) {
		failsToListenAt("127.0.0.1:7000,127.0.0.2:7001");
		assertThat(output).contains("rserpool.listen").contains("127.0.0.2:7001").contains("one port for all");
	}

	private static void failsToListenAt(String address) {
		SpringApplication application = new SpringApplication(Application.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setDefaultProperties(
				Map.of("rserpool.registrars", "127.0.0.1:1", "rserpool.transport", "tcp", "rserpool.listen", address));
		assertThatException().isThrownBy(application::run);
	}

	@ImportAutoConfiguration({ RSerPoolAutoConfiguration.class, PoolElementAutoConfiguration.class })
	@Import(EchoElement.class)
	static class Application {

	}

}
