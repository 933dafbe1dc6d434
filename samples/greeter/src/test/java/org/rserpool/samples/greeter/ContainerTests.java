package org.rserpool.samples.greeter;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.rserpool.test.testcontainers.RSerPoolContainer;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.test.context.aot.DisabledInAotMode;
import org.springframework.test.web.servlet.client.RestTestClient;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@AutoConfigureRestTestClient
@EnabledIfEnvironmentVariable(named = "REGISTRAR_IMAGE", matches = ".+")
@Testcontainers(disabledWithoutDocker = true)
@DisabledInAotMode
class ContainerTests {

	@Container
	@ServiceConnection
	private static final RSerPoolContainer registrar = new RSerPoolContainer(
			System.getenv().getOrDefault("REGISTRAR_IMAGE", "rserpool-registrar:latest"));

	@Test
	void greetsByThePoolOfTheContainer(@Autowired RestTestClient client) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> client.get().uri("/greet/world").exchange().expectStatus().isOk());
	}

}
