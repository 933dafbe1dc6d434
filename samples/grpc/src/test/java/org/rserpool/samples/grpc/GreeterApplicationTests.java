package org.rserpool.samples.grpc;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.rserpool.Goal;
import org.rserpool.registrar.RegistrarListener;
import org.rserpool.registrar.RegistrarRole;
import org.rserpool.registrar.RegistrarSettings;
import org.rserpool.samples.grpc.api.GreetRequest;
import org.rserpool.samples.grpc.api.GreeterGrpc.GreeterBlockingStub;
import org.rserpool.samples.grpc.api.GreeterGrpc.GreeterFutureStub;
import org.rserpool.spring.PoolUser;
import org.rserpool.transport.RoleLoop;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The application is an element of its pool, and calls it by gRPC's own client.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "rserpool.listen=127.0.0.1:0", "rserpool.user.greeter.deadline=60s",
				"spring.grpc.server.address=127.0.0.1" })
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class GreeterApplicationTests {

	private static final RoleLoop LOOP = RoleLoop.start("registrar");

	private static RegistrarRole registrar;

	private static int port;

	@Autowired
	private GreeterApplication application;

	@DynamicPropertySource
	static void registrar(DynamicPropertyRegistry properties) {
		InetSocketAddress loopback = new InetSocketAddress("127.0.0.1", 0);
		RegistrarSettings settings = RegistrarSettings.builder()
			.asapListen(List.of(loopback))
			.enrpListen(List.of(loopback))
			.build();
		port = LOOP.call(() -> {
			registrar = new RegistrarRole(LOOP, settings, new RegistrarListener() {
			});
			registrar.start();
			return registrar.snapshot().asapAddresses().get(0).getPort();
		});
		properties.add("rserpool.registrars", () -> "127.0.0.1:" + port);
	}

	@AfterAll
	static void stopRegistrar() {
		LOOP.close();
	}

	/**
	 * Goal G20: a Spring Boot gRPC application, unchanged but for the target of its
	 * channel, does not notice that a server is killed.
	 */
	@Test
	@Goal("G20")
	void g20WhenAServerIsKilledThenNoIdempotentCallFails(@TempDir Path directory) throws Exception {
		try (GreeterProcess first = new GreeterProcess(port, directory);
				GreeterProcess second = new GreeterProcess(port, directory)) {
			awaitElements(3, first, second);
			Map<String, Integer> greetings = new HashMap<>();
			awaitGreetings(greetings, first, second);
			first.kill();
			List<RuntimeException> failures = new ArrayList<>();
			for (int call = 0; call < 300; call++) {
				try {
					greetings.merge(this.application.ask("you"), 1, Integer::sum);
				}
				catch (RuntimeException ex) {
					failures.add(ex);
				}
			}
			assertThat(failures).isEmpty();
			assertThat(greetings).hasSize(3);
			second.stop();
			while (second.alive()) {
				assertThat(this.application.ask("you")).startsWith("Hello you from process ");
			}
			awaitElements(1);
		}
	}

	@Test
	void stubsOfAllKindsAreInjected(@Autowired Stubs stubs) throws Exception {
		awaitElements(1);
		String own = "Hello you from process " + ProcessHandle.current().pid();
		GreetRequest request = GreetRequest.newBuilder().setName("you").build();
		assertThat(stubs.blocking().greet(request).getText()).isEqualTo(own);
		assertThat(stubs.future().greet(request).get(60, TimeUnit.SECONDS).getText()).isEqualTo(own);
	}

	private void awaitGreetings(Map<String, Integer> greetings, GreeterProcess... all) {
		Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> {
			greetings.merge(this.application.ask("you"), 1, Integer::sum);
			return List.of(all).stream().allMatch((each) -> greetings.containsKey(each.greeting("you")));
		});
	}

	private static void awaitElements(int count, GreeterProcess... all) throws IOException {
		Awaitility.await().atMost(Duration.ofMinutes(3)).until(() -> {
			assertThat(all).allMatch(GreeterProcess::alive);
			return LOOP.call(() -> registrar.snapshot()
				.pools()
				.stream()
				.mapToInt((pool) -> pool.elements().size())
				.sum()) == count;
		});
	}

	record Stubs(GreeterBlockingStub blocking, GreeterFutureStub future) {

	}

	@TestConfiguration(proxyBeanMethods = false)
	static class StubsConfiguration {

		@Bean
		Stubs stubs(@PoolUser("greeter") GreeterBlockingStub blocking, @PoolUser("greeter") GreeterFutureStub future) {
			return new Stubs(blocking, future);
		}

	}

}
