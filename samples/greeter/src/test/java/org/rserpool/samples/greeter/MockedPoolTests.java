package org.rserpool.samples.greeter;

import org.junit.jupiter.api.Test;
import org.rserpool.spring.PoolUser;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.mockito.BDDMockito.given;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "rserpool.enabled=false")
@AutoConfigureRestTestClient
class MockedPoolTests {

	@MockitoBean
	@PoolUser("greeters")
	private GreeterApplication.Greeter greeter;

	@Test
	void greetsAsThePoolSays(@Autowired RestTestClient client) {
		given(this.greeter.greet("world")).willReturn("Good morning world");
		client.get()
			.uri("/greet/world")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(String.class)
			.isEqualTo("Good morning world");
	}

}
