package org.rserpool.samples.greeter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.rserpool.test.autoconfigure.AutoConfigureRSerPool;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The application of the README does what the README says.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "rserpool.listen=127.0.0.1:0")
@AutoConfigureRSerPool
@AutoConfigureRestTestClient
class GreeterApplicationTests {

	@Autowired
	private RestTestClient client;

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
				.isEqualTo("Hello world from process " + ProcessHandle.current().pid()));
	}

	@Test
	void showsItsPartInPools() {
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> this.client.get()
				.uri("/actuator/health")
				.exchange()
				.expectBody(String.class)
				.consumeWith((answer) -> assertThat(answer.getResponseBody()).contains("REGISTERED", "greeters")));
		this.client.get()
			.uri("/actuator/rserpool")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(String.class)
			.consumeWith((answer) -> assertThat(answer.getResponseBody()).contains("FriendlyGreeter", "REGISTERED"));
	}

	@Test
	void isTheOneOfTheReadme() throws IOException {
		String source = Files.readString(
				Path.of("src", "main", "java", "org", "rserpool", "samples", "greeter", "GreeterApplication.java"));
		String body = source.substring(source.indexOf("@SpringBootApplication\n"));
		assertThat(Files.readString(Path.of("..", "..", "README.md"))).contains("```java\n" + body + "```\n");
	}

}
