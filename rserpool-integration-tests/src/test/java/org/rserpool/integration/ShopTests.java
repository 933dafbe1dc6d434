package org.rserpool.integration;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rserpool.Goal;
import org.rserpool.integration.Orders.Line;
import org.rserpool.integration.Orders.Order;
import org.rserpool.integration.Orders.RefusedException;
import org.rserpool.spring.PoolUser;
import org.rserpool.spring.user.ImportPoolUsers;
import org.rserpool.test.autoconfigure.AutoConfigureRSerPool;
import org.rserpool.test.embedded.EmbeddedRegistrar;
import org.rserpool.test.fault.FaultyNetwork;
import org.rserpool.wire.Transport;

import org.springframework.aot.AotDetector;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.rserpool.test.assertions.RSerPoolAssertions.assertThat;

@Goal("G17")
@DisplayName("G17: an application at a random port works, also when it is generated ahead of time")
@SpringBootTest(classes = Shop.class, webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "rserpool.user.default.deadline=30s", "management.endpoints.web.exposure.include=*" })
@AutoConfigureRSerPool
@ImportPoolUsers(pool = "orders", types = Orders.class)
class ShopTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	@Autowired
	private EmbeddedRegistrar registrar;

	@Autowired
	private FaultyNetwork network;

	@Autowired
	@PoolUser("orders")
	private Orders orders;

	@LocalServerPort
	private int port;

	@BeforeEach
	void awaitElements() {
		assertThat(this.registrar).within(PATIENCE).hasPool("orders").withElements(1).withMetadata("binding", "rpc");
		assertThat(this.registrar).within(PATIENCE).hasPool("shops").withElements(1).withMetadata("binding", "http");
	}

	@Test
	void runsInTheModeThatIsMeant() {
		assertThat(AotDetector.useGeneratedArtifacts()).isEqualTo(Boolean.getBoolean("spring.aot.enabled"));
	}

	@Test
	void theRealPortOfTheWebServerIsRegistered() {
		assertThat(this.port).isPositive();
		assertThat(this.registrar.elements("shops")).singleElement()
			.extracting((element) -> ((Transport.Tcp) element.userTransport()).port())
			.isEqualTo(this.port);
	}

	@Test
	void callsCarryRecordsAndExceptions() throws RefusedException {
		Order order = new Order(1, List.of(new Line("pen", 2), new Line("ink", 3)));
		assertThat(this.orders.place(order)).isEqualTo(5);
		assertThat(this.orders.find(1)).contains(order);
		assertThat(this.orders.find(2)).isEmpty();
		assertThat(this.orders.all().join()).containsExactly(order);
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> this.orders.place(new Order(7, List.of())))
			.withMessage("Order 7 is empty");
	}

	@Test
	void requestsGoThroughThePool() {
		RestClient client = RestClient.create("http://127.0.0.1:" + this.port);
		for (String path : List.of("/by-interface/pencil", "/by-rest-client/pencil")) {
			assertThat(client.get().uri(path).retrieve().body(Shop.Price.class)).isEqualTo(new Shop.Price("pencil", 6));
		}
	}

	@Test
	void whenTheAssociationsBreakThenCallsGoOn() {
		assertThat(this.orders.find(99)).isEmpty();
		this.network.everywhere().reset();
		assertThat(this.orders.find(99)).isEmpty();
		this.network.heal();
	}

	@Test
	void theActuatorShowsTheElements() {
		String shown = RestClient.create("http://127.0.0.1:" + this.port)
			.get()
			.uri("/actuator/rserpool")
			.retrieve()
			.body(String.class);
		assertThat(Objects.requireNonNull(shown)).contains("orders", "shops");
	}

}
