package org.rserpool.autoconfigure.message;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import org.rserpool.autoconfigure.TestCertificates;
import org.rserpool.autoconfigure.TestRegistrar;
import org.rserpool.rpc.NoPoolElementException;
import org.rserpool.rpc.RSerPoolException;
import org.rserpool.rpc.session.ElementSession;
import org.rserpool.rpc.session.MessageSession;
import org.rserpool.rpc.session.MessageSessionListener;
import org.rserpool.rpc.session.PoolSessionHandler;
import org.rserpool.rpc.session.SessionChange;
import org.rserpool.runtime.UserMessage;
import org.rserpool.spring.PoolElement;
import org.rserpool.spring.PoolUser;
import org.rserpool.spring.element.PoolElementRegistry;
import org.rserpool.spring.message.PoolSessionFactory;
import org.rserpool.wire.ElementMetadata;
import org.rserpool.wire.Octets;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.ssl.SslBundleRegistry;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.TaskExecutor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Applications whose beans serve sessions of messages, and open them.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class MessageSessionIntegrationTests {

	private final List<AutoCloseable> open = new CopyOnWriteArrayList<>();

	@AfterEach
	void close() throws Exception {
		for (int i = this.open.size() - 1; i >= 0; i--) {
			this.open.get(i).close();
		}
	}

	@Test
	void sessionGoesOnWithTheCookieWhereAnApplicationStopsAndWhereASessionBreaks() {
		TestRegistrar registrar = registrar();
		ConfigurableApplicationContext one = start(registrar, Element.class);
		Pinger pinger = start(registrar, User.class).getBean(Pinger.class);
		pinger.begin();
		Awaitility.await().until(() -> pinger.answers.size() > 5);
		assertThat(one.getBean(PoolElementRegistry.class).status()).singleElement()
			.satisfies((status) -> assertThat(status.callsInProgress()).isOne());
		assertThat(registrar.snapshot().pools().get(0).elements().get(0).metadata().get(ElementMetadata.BINDING))
			.isEqualTo("session");
		ConfigurableApplicationContext two = start(registrar, Element.class);
		Awaitility.await().until(() -> registrar.elements() == 2);
		int before = pinger.answers.size();
		one.close();
		Awaitility.await().until(() -> pinger.changes.size() == 2);
		int stopped = pinger.answers.size();
		Awaitility.await().until(() -> pinger.answers.size() > stopped + 5);
		two.getBean(PingPong.class).sessions.forEach(ElementSession::abort);
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> pinger.changes.size() > 2);
		int broken = pinger.answers.size();
		Awaitility.await().until(() -> pinger.answers.size() > broken + 5);
		pinger.session.close();
		assertThat(pinger.changes.subList(1, 3)).allMatch(SessionChange::cookieEchoed);
		// An answer that was on its way at a failover is lost, and never doubled.
		assertThat(pinger.answers).isSorted().doesNotHaveDuplicates();
		assertThat(pinger.answers.subList(0, before)).isEqualTo(IntStream.rangeClosed(1, before).boxed().toList());
	}

	@Test
	void sessionsAreEncryptedAndNewOnesUseANewCertificate(@TempDir Path directory) {
		TestCertificates authority = new TestCertificates(directory, "scope");
		TestCertificates renewed = new TestCertificates(directory, "renewed");
		List<String> arguments = new ArrayList<>(List.of("rserpool.ssl.bundle=scope", "rserpool.ssl.registrars=false",
				"rserpool.session.connect-timeout=30s", "rserpool.user.pingpong.deadline=60s"));
		arguments.addAll(List.of(authority.bundle("scope", authority.issue("peer", "dns:peer.example.org"))));
		arguments.addAll(List.of(renewed.bundle("next", renewed.issue("peer", "dns:peer.example.org"))));
		String[] encrypted = arguments.stream().map((argument) -> "--" + argument).toArray(String[]::new);
		TestRegistrar registrar = registrar();
		ConfigurableApplicationContext element = start(registrar, Element.class, encrypted);
		Awaitility.await().until(() -> registrar.elements() == 1);
		Pinger plain = start(registrar, User.class, "--rserpool.user.pingpong.deadline=5s").getBean(Pinger.class);
		plain.begin();
		Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> plain.failure != null);
		assertThat(plain.failure).hasMessageContaining("expects TLS");
		Pinger pinger = start(registrar, User.class, encrypted).getBean(Pinger.class);
		pinger.begin();
		Awaitility.await().until(() -> pinger.answers.size() > 5);

		reload(element);
		int reloaded = pinger.answers.size();
		Awaitility.await().until(() -> pinger.answers.size() > reloaded + 5);
		assertThat(pinger.changes).hasSize(1);
		ConfigurableApplicationContext user = start(registrar, User.class, encrypted);
		Pinger later = user.getBean(Pinger.class);
		long reports = registrar.counters().get("failure_reports");
		later.begin();
		Awaitility.await().until(() -> registrar.counters().get("failure_reports") > reports);
		assertThat(later.answers).isEmpty();
		reload(user);
		Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> later.answers.size() > 5);
		pinger.session.close();
		later.session.close();
	}

	private static void reload(ConfigurableApplicationContext context) {
		SslBundles bundles = context.getBean(SslBundles.class);
		((SslBundleRegistry) bundles).updateBundle("scope", bundles.getBundle("next"));
	}

	@Test
	void sessionWithAPoolThatNobodyServesFailsWithinTheDeadlineOfThePoolUser() {
		TestRegistrar registrar = registrar();
		Pinger pinger = start(registrar, User.class, "--rserpool.user.pingpong.deadline=300ms",
				"--rserpool.user.pingpong.pool=nobody")
			.getBean(Pinger.class);
		pinger.begin();
		Awaitility.await().until(() -> pinger.failure != null);
		assertThat(pinger.failure).isInstanceOf(NoPoolElementException.class)
			.hasMessageContaining("pool nobody")
			.hasMessageContaining("300 ms");
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void whereVirtualThreadsAreEnabledHandlersAndListenersRunThere() {
		TestRegistrar registrar = registrar();
		PingPong element = start(registrar, Element.class, "--spring.threads.virtual.enabled=true")
			.getBean(PingPong.class);
		Pinger pinger = start(registrar, User.class, "--spring.threads.virtual.enabled=true").getBean(Pinger.class);
		pinger.begin();
		Awaitility.await().until(() -> pinger.answers.size() > 2);
		pinger.session.close();
		// Virtual threads have this group, and Java 17 no way to ask for more.
		assertThat(element.threadGroups).containsOnly("VirtualThreads");
		assertThat(pinger.threadGroups).containsOnly("VirtualThreads");
	}

	@Test
	void handlersRunOnTheExecutorOfTheirPool() {
		TestRegistrar registrar = registrar();
		PingPong element = start(registrar, ElementWithExecutor.class, "--rserpool.element.pingpong.executor=own")
			.getBean(PingPong.class);
		Pinger pinger = start(registrar, User.class).getBean(Pinger.class);
		pinger.begin();
		Awaitility.await().until(() -> pinger.answers.size() > 2);
		pinger.session.close();
		assertThat(element.threadGroups).containsOnly("own");
	}

	@Test
	void handlerWithoutAPoolIsRefused() {
		assertThatThrownBy(() -> start(registrar(), Nameless.class)).rootCause().hasMessageContaining("must be named");
	}

	private TestRegistrar registrar() {
		TestRegistrar registrar = new TestRegistrar();
		this.open.add(registrar);
		return registrar;
	}

	private ConfigurableApplicationContext start(TestRegistrar registrar, Class<?> application, String... arguments) {
		ConfigurableApplicationContext context = new SpringApplicationBuilder(application).web(WebApplicationType.NONE)
			.properties("spring.main.banner-mode=off", "rserpool.user.pingpong.deadline=30s",
					"rserpool.listen=127.0.0.1:0", "rserpool.registrars=127.0.0.1:" + registrar.port())
			.run(arguments);
		this.open.add(context);
		return context;
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(PingPong.class)
	static class Element {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(PingPong.class)
	static class ElementWithExecutor {

		@Bean
		TaskExecutor own() {
			SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor();
			executor.setThreadGroupName("own");
			return executor;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(NamelessHandler.class)
	static class Nameless {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Pinger.class)
	static class User {

	}

	@PoolElement
	static class NamelessHandler implements PoolSessionHandler {

		@Override
		public void message(ElementSession session, UserMessage message) {
			session.close();
		}

	}

	@PoolElement("pingpong")
	static class PingPong implements PoolSessionHandler {

		private final List<ElementSession> sessions = new CopyOnWriteArrayList<>();

		private final List<String> threadGroups = new CopyOnWriteArrayList<>();

		@Override
		public void opened(ElementSession session) {
			this.sessions.add(session);
			session.attributes().put("number", 0);
		}

		@Override
		public void resumed(ElementSession session, Octets cookie) {
			session.attributes().put("number", cookie.toBuffer().getInt());
		}

		@Override
		public void message(ElementSession session, UserMessage message) {
			this.threadGroups.add(Thread.currentThread().getThreadGroup().getName());
			int number = 1 + (int) session.attributes().get("number");
			session.attributes().put("number", number);
			session.sendCookie(Octets.copyOf(ByteBuffer.allocate(4).putInt(0, number)));
			session.send(new UserMessage(33, ByteBuffer.allocate(4).putInt(0, number)));
		}

	}

	static class Pinger implements MessageSessionListener {

		private final PoolSessionFactory sessions;

		private final List<Integer> answers = new CopyOnWriteArrayList<>();

		private final List<String> threadGroups = new CopyOnWriteArrayList<>();

		private final List<SessionChange> changes = new CopyOnWriteArrayList<>();

		private volatile MessageSession session;

		private volatile RSerPoolException failure;

		Pinger(@PoolUser("pingpong") PoolSessionFactory sessions) {
			this.sessions = sessions;
		}

		void begin() {
			this.session = this.sessions.open(this);
		}

		@Override
		public void connected(MessageSession by, SessionChange change) {
			this.changes.add(change);
			ping(by);
		}

		@Override
		public void message(MessageSession by, UserMessage message) {
			this.threadGroups.add(Thread.currentThread().getThreadGroup().getName());
			this.answers.add(message.data().getInt());
			ping(by);
		}

		@Override
		public void failed(MessageSession by, RSerPoolException cause) {
			this.failure = cause;
		}

		private static void ping(MessageSession by) {
			by.send(new UserMessage(33, ByteBuffer.allocate(4)));
		}

	}

}
