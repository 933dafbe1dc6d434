package org.rserpool.spring.message;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rserpool.registrar.RegistrarListener;
import org.rserpool.registrar.RegistrarRole;
import org.rserpool.registrar.RegistrarSettings;
import org.rserpool.rpc.CborPayloadCodec;
import org.rserpool.rpc.NodeSettings;
import org.rserpool.rpc.RSerPoolNode;
import org.rserpool.rpc.session.ElementSession;
import org.rserpool.rpc.session.MessageSession;
import org.rserpool.rpc.session.MessageSessionListener;
import org.rserpool.rpc.session.PoolSessionHandler;
import org.rserpool.rpc.session.SessionChange;
import org.rserpool.runtime.UserMessage;
import org.rserpool.spring.PoolElement;
import org.rserpool.spring.PoolUser;
import org.rserpool.spring.config.EnableRSerPool;
import org.rserpool.spring.element.PoolElementRegistry;
import org.rserpool.spring.node.LifecycleNode;
import org.rserpool.spring.user.PoolUserSettings;
import org.rserpool.spring.user.PoolUserSettingsSource;
import org.rserpool.transport.RoleLoop;
import org.rserpool.wire.PoolHandle;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Sessions of messages in a context without Spring Boot.
 */
class MessageSessionContextTests {

	private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private static InetSocketAddress address;

	private final RoleLoop loop = RoleLoop.start("registrar");

	@BeforeEach
	void startRegistrar() {
		RegistrarSettings settings = RegistrarSettings.builder()
			.asapListen(List.of(new InetSocketAddress(LOOPBACK, 0)))
			.enrpListen(List.of(new InetSocketAddress(LOOPBACK, 0)))
			.mentorTimeout(Duration.ofMillis(50))
			.build();
		address = this.loop.call(() -> {
			RegistrarRole role = new RegistrarRole(this.loop, settings, new RegistrarListener() {
			});
			role.start();
			return role.snapshot().asapAddresses().get(0);
		});
	}

	@AfterEach
	void stopRegistrar() {
		this.loop.close();
	}

	@Test
	void handlerServesTheSessionsThatAPoolUserOpens() {
		try (var context = new AnnotationConfigApplicationContext(Scope.class, Upper.class, User.class)) {
			User user = context.getBean(User.class);
			assertThat(user.sessions.pool()).isEqualTo(PoolHandle.of("upper"));
			MessageSession session = user.sessions.open(user);
			assertThat(user.answer).succeedsWithin(LIMIT).isEqualTo("HELLO");
			PoolElementRegistry registry = context.getBean(PoolElementRegistry.class);
			assertThat(registry.status()).singleElement()
				.satisfies((status) -> assertThat(status.callsInProgress()).isOne());
			session.close();
			Awaitility.await()
				.atMost(LIMIT)
				.until(() -> registry.status().stream().allMatch((status) -> status.callsInProgress() == 0));
		}
	}

	@Test
	void contextThatClosesEndsItsSessionsAndDoesNotWaitForThem() {
		User user;
		try (var users = new AnnotationConfigApplicationContext(Scope.class, User.class)) {
			user = users.getBean(User.class);
			try (var elements = new AnnotationConfigApplicationContext(Scope.class, Upper.class)) {
				user.sessions.open(user);
				assertThat(user.answer).succeedsWithin(LIMIT).isEqualTo("HELLO");
				assertThat(elements.getBean(Upper.class).left).isNotDone();
			}
			assertThat(user.lost).succeedsWithin(LIMIT);
		}
	}

	@Test
	void beanThatIsNoHandlerIsRefused() {
		assertThatExceptionOfType(Exception.class)
			.isThrownBy(() -> new AnnotationConfigApplicationContext(Scope.class, NoHandler.class).close())
			.withStackTraceContaining(
					"NoHandler, or the proxy around it, does not implement " + PoolSessionHandler.class.getName());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableRSerPool
	static class Scope {

		@Bean
		LifecycleNode node() {
			return new LifecycleNode(
					() -> RSerPoolNode.start(
							NodeSettings.builder(List.of(address)).listen(new InetSocketAddress(LOOPBACK, 0)).build()),
					() -> true);
		}

		@Bean
		CborPayloadCodec codec() {
			return new CborPayloadCodec();
		}

		@Bean
		PoolUserSettingsSource userSettings() {
			return (name) -> {
				PoolUserSettings defaults = PoolUserSettings.of(name);
				return new PoolUserSettings(name, LIMIT, defaults.maxAttempts(), defaults.idempotentMethods());
			};
		}

	}

	@PoolElement("upper")
	static class Upper implements PoolSessionHandler {

		private final CompletableFuture<Void> left = new CompletableFuture<>();

		@Override
		public void message(ElementSession session, UserMessage message) {
			String text = StandardCharsets.UTF_8.decode(message.data()).toString();
			session.send(new UserMessage(1,
					ByteBuffer.wrap(text.toUpperCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8))));
		}

		@Override
		public void leaving(ElementSession session) {
			session.close();
			this.left.complete(null);
		}

	}

	@PoolElement(pool = "upper", binding = "session")
	static class NoHandler implements Runnable {

		@Override
		public void run() {
		}

	}

	static class User implements MessageSessionListener {

		private final PoolSessionFactory sessions;

		private final CompletableFuture<String> answer = new CompletableFuture<>();

		private final CompletableFuture<String> lost = new CompletableFuture<>();

		User(@PoolUser("upper") PoolSessionFactory sessions) {
			this.sessions = sessions;
		}

		@Override
		public void connected(MessageSession session, SessionChange change) {
			session.send(new UserMessage(1, ByteBuffer.wrap("hello".getBytes(StandardCharsets.UTF_8))));
		}

		@Override
		public void message(MessageSession session, UserMessage message) {
			this.answer.complete(StandardCharsets.UTF_8.decode(message.data()).toString());
		}

		@Override
		public void lost(MessageSession session, org.rserpool.wire.PoolElement element, String reason) {
			this.lost.complete(reason);
		}

	}

}
