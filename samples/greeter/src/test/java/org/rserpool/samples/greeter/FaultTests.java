package org.rserpool.samples.greeter;

import org.junit.jupiter.api.Test;
import org.rserpool.test.autoconfigure.AutoConfigureRSerPool;
import org.rserpool.test.embedded.EmbeddedRegistrar;
import org.rserpool.test.fault.FaultyNetwork;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.rserpool.test.assertions.RSerPoolAssertions.assertThat;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@AutoConfigureRSerPool
@AutoConfigureRestTestClient
class FaultTests {

	@Test
	void whenAnElementFallsSilentThenTheOtherOneGreets(@Autowired EmbeddedRegistrar registrar,
			@Autowired FaultyNetwork network, @Autowired RestTestClient client) {
		try (ConfigurableApplicationContext other = new SpringApplicationBuilder(GreeterApplication.class)
			.main(GreeterApplication.class)
			.run("--server.port=0", "--rserpool.registrars=" + registrar.hostAndPort())) {
			assertThat(registrar).eventually().hasPool("greeters").withElements(2);
			network.to(registrar.elements("greeters").get(0)).blackHole();
			for (int i = 0; i < 10; i++) {
				client.get().uri("/greet/world").exchange().expectStatus().isOk();
			}
		}
		finally {
			network.heal();
		}
		assertThat(registrar).eventually().hasPool("greeters").withElements(1);
	}

}
