package org.rserpool.samples.http;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.rserpool.test.autoconfigure.AutoConfigureRSerPool;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.web.servlet.client.RestTestClient;

/**
 * The application is an element of its pool, and asks it.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "rserpool.listen=127.0.0.1:0")
@AutoConfigureRSerPool
@AutoConfigureRestTestClient
class ItemsApplicationTests {

	@Autowired
	private RestTestClient client;

	@LocalServerPort
	private int port;

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
