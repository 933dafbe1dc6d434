package org.rserpool.registrar.app;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.web.servlet.client.RestTestClient;

/**
 * A registrar that has no dashboard has nothing of it.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "rserpool.registrar.dashboard.enabled=false", "rserpool.registrar.asap.listen=127.0.0.1:0",
				"rserpool.registrar.enrp.listen=127.0.0.1:0", "rserpool.registrar.announcements.enabled=false" })
@AutoConfigureRestTestClient
class DashboardDisabledTests {

	@Autowired
	private RestTestClient client;

	@ParameterizedTest
	@ValueSource(strings = { "/", "/dashboard/index.html", "/dashboard/dashboard.js", "/api/registrar", "/api/pools",
			"/api/pools/6563686f/elements", "/events" })
	void showsNothing(String path) {
		this.client.get().uri(path).exchange().expectStatus().isNotFound();
	}

	@Test
	void hasItsActuator() {
		this.client.get().uri("/actuator/enrp").exchange().expectStatus().isOk();
		this.client.get().uri("/actuator/handlespace").exchange().expectStatus().isOk();
	}

}
