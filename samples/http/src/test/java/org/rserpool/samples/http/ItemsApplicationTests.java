package org.rserpool.samples.http;

import java.net.InetSocketAddress;
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
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;

/**
 * The application is an element of its pool, and asks it.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "rserpool.listen=127.0.0.1:0")
@AutoConfigureRestTestClient
class ItemsApplicationTests {

	private static final RoleLoop LOOP = RoleLoop.start("registrar");

	@Autowired
	private RestTestClient client;

	@LocalServerPort
	private int port;

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
	void asksItselfThroughThePool() {
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> this.client.get()
				.uri("/ask/7")
				.exchange()
				.expectStatus()
				.isOk()
				.expectBody(String.class)
				.isEqualTo("item 7 from port " + this.port));
	}

}
