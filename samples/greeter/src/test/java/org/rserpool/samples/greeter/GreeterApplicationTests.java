package org.rserpool.samples.greeter;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.rserpool.registrar.RegistrarListener;
import org.rserpool.registrar.RegistrarRole;
import org.rserpool.registrar.RegistrarSettings;
import org.rserpool.transport.RoleLoop;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The application of the README does what the README says.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "rserpool.listen=127.0.0.1:0")
@AutoConfigureRestTestClient
class GreeterApplicationTests {

	private static final RoleLoop LOOP = RoleLoop.start("registrar");

	@Autowired
	private RestTestClient client;

	@DynamicPropertySource
	static void registrar(DynamicPropertyRegistry properties) {
		InetSocketAddress loopback = new InetSocketAddress("127.0.0.1", 0);
		RegistrarSettings settings = RegistrarSettings.builder()
			.asapListen(List.of(loopback))
			.enrpListen(List.of(loopback))
			.build();
		InetSocketAddress asap = LOOP.call(() -> {
			RegistrarRole registrar = new RegistrarRole(LOOP, settings, new RegistrarListener() {
			});
			registrar.start();
			return registrar.snapshot().asapAddresses().get(0);
		});
		properties.add("rserpool.registrars", () -> "127.0.0.1:" + asap.getPort());
	}

	@AfterAll
	static void stopRegistrar() {
		LOOP.close();
	}

	@Test
	void greetsThroughThePool() {
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> this.client.get()
				.uri("/greet/world")
				.exchange()
				.expectStatus()
				.isOk()
				.expectBody(String.class)
				.isEqualTo("Hello world"));
	}

	@Test
	void isTheOneOfTheReadme() throws IOException {
		String source = Files.readString(
				Path.of("src", "main", "java", "org", "rserpool", "samples", "greeter", "GreeterApplication.java"));
		String body = source.substring(source.indexOf("@SpringBootApplication\n"));
		assertThat(Files.readString(Path.of("..", "..", "README.md"))).contains("```java\n" + body + "```\n");
	}

}
