package org.rserpool.registrar.app;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A registrar without peers, by its actuator.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "rserpool.registrar.id=0x0a0b0c0d", "rserpool.registrar.asap.listen=127.0.0.1:0",
				"rserpool.registrar.enrp.listen=127.0.0.1:0", "rserpool.registrar.announcements.enabled=false" })
@AutoConfigureRestTestClient
class RegistrarApplicationTests {

	@Autowired
	private RestTestClient client;

	@Test
	void isHealthyAndReady() {
		Awaitility.await()
			.atMost(Duration.ofSeconds(10))
			.untilAsserted(() -> this.client.get().uri("/actuator/health/readiness").exchange().expectStatus().isOk());
		this.client.get()
			.uri("/actuator/health")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.components.registrar.details.registrar")
			.isEqualTo("0x0a0b0c0d")
			.jsonPath("$.components.registrar.details.state")
			.isEqualTo("RUNNING");
	}

	@Test
	void showsTheHandlespace() {
		this.client.get()
			.uri("/actuator/handlespace")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.registrar")
			.isEqualTo("0x0a0b0c0d")
			.jsonPath("$.checksum")
			.isEqualTo("0xffff")
			.jsonPath("$.pools")
			.isEmpty()
			.jsonPath("$.asap[0]")
			.value(String.class, (address) -> assertThat(address).matches("127\\.0\\.0\\.1:[1-9]\\d*"));
	}

	@Test
	void showsItsAssociations() throws IOException {
		Integer port = this.client.get()
			.uri("/actuator/handlespace")
			.exchange()
			.returnResult(JsonNode.class)
			.getResponseBody()
			.path("asap")
			.path(0)
			.asString()
			.transform((address) -> Integer.valueOf(address.substring(address.lastIndexOf(':') + 1)));
		try (Socket user = new Socket("127.0.0.1", port)) {
			String address = "127.0.0.1:" + user.getLocalPort();
			Awaitility.await()
				.untilAsserted(() -> this.client.get()
					.uri("/actuator/associations")
					.exchange()
					.expectStatus()
					.isOk()
					.expectBody()
					.jsonPath("$[?(@.paths[0].address == '" + address + "')].protocol")
					.isEqualTo("TCP")
					.jsonPath("$[?(@.paths[0].address == '" + address + "')].paths[0].reachable")
					.isEqualTo(true));
		}
		this.client.get().uri("/actuator/associations?limit=0").exchange().expectStatus().isBadRequest();
	}

	@Test
	void hasMeters() {
		this.client.get()
			.uri("/actuator/metrics/rserpool.registrar.pool.elements")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.measurements[0].value")
			.isEqualTo(0.0);
		String scrape = this.client.get()
			.uri("/actuator/prometheus")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
		assertThat(scrape).contains("rserpool_registrar_running 1.0")
			.contains("rserpool_registrar_registrations_total");
	}

}
