package org.rserpool.samples.greeter;

import org.junit.jupiter.api.Test;
import org.rserpool.test.autoconfigure.AutoConfigureRSerPool;
import org.rserpool.test.embedded.EmbeddedRegistrar;
import org.rserpool.wire.PolicyType;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.rserpool.test.assertions.RSerPoolAssertions.assertThat;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@AutoConfigureRSerPool
@AutoConfigureRestTestClient
class EmbeddedRegistrarTests {

	@Test
	void joinsThePoolAndCallsIt(@Autowired EmbeddedRegistrar registrar, @Autowired RestTestClient client) {
		assertThat(registrar).eventually().hasPool("greeters").withElements(1).withPolicy(PolicyType.ROUND_ROBIN);
		client.get()
			.uri("/greet/world")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(String.class)
			.isEqualTo("Hello world from process " + ProcessHandle.current().pid());
	}

}
