package org.rserpool.autoconfigure.message;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rserpool.autoconfigure.TestRegistrar;
import org.rserpool.autoconfigure.Traces;
import org.rserpool.autoconfigure.http.RawElement;
import org.rserpool.rpc.NoPoolElementException;
import org.rserpool.rpc.session.ElementSession;
import org.rserpool.rpc.session.MessageSession;
import org.rserpool.rpc.session.MessageSessionListener;
import org.rserpool.rpc.session.PoolSessionHandler;
import org.rserpool.rpc.session.SessionChange;
import org.rserpool.runtime.UserMessage;
import org.rserpool.spring.PoolElement;
import org.rserpool.spring.PoolUser;
import org.rserpool.spring.message.PoolSessionFactory;
import org.rserpool.spring.observation.SessionObservation;
import org.rserpool.wire.Octets;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sessions of messages are observed where they are opened and where they are served, and
 * the observations are meters too.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class MessageSessionObservationTests {

	private final List<AutoCloseable> open = new ArrayList<>();

	private final TestRegistrar registrar = new TestRegistrar();

	@AfterEach
	void close() throws Exception {
		for (int i = this.open.size() - 1; i >= 0; i--) {
			this.open.get(i).close();
		}
		this.registrar.close();
	}

	@Test
	void aFailoverIsObservedAtTheUserAndAtBothElements() {
		ConfigurableApplicationContext one = start(Element.class);
		ConfigurableApplicationContext users = start(User.class);
		Talker talker = users.getBean(Talker.class);
		MessageSession session = talker.talk();
		await().until(() -> talker.answers.size() == 1 && session.hasCookie());
		assertThat(active(users, "rserpool.session.active")).isOne();
		assertThat(active(one, "rserpool.session.served.active")).isOne();

		ConfigurableApplicationContext two = start(Element.class);
		await().until(() -> this.registrar.elements() == 2);
		Traces left = one.getBean(Traces.class);
		one.close();
		await().until(() -> talker.answers.size() == 2);
		session.close();
		Traces user = users.getBean(Traces.class);
		await().until(() -> !user.of(SessionObservation.SESSION).isEmpty());
		Observation.Context whole = user.of(SessionObservation.SESSION).get(0);
		assertThat(Traces.value(whole, "pool")).isEqualTo("talks");
		assertThat(Traces.value(whole, "outcome")).isEqualTo("CLOSED");
		assertThat(user.events(whole)).containsExactly("lost", "failover", "cookie-echo");
		List<Observation.Context> searches = user.of(SessionObservation.SEARCH);
		assertThat(searches).extracting((search) -> Traces.value(search, "cause")).containsExactly("OPEN", "FAILOVER");
		assertThat(searches).allSatisfy((search) -> {
			assertThat(Traces.value(search, "outcome")).isEqualTo("CONNECTED");
			assertThat(Traces.parent(search)).isSameAs(whole);
		});
		assertThat(active(users, "rserpool.session.active")).isZero();
		for (String event : List.of("lost", "failover", "cookie-echo")) {
			assertThat(meters(users).get("rserpool.session." + event).tag("pool", "talks").counter().count()).isOne();
		}
		assertThat(meters(users).get("rserpool.session.search").tag("cause", "FAILOVER").timer().count()).isOne();

		assertThat(left.of(SessionObservation.SERVED)).singleElement().satisfies((served) -> {
			assertThat(left.events(served)).isEmpty();
			assertThat(Traces.value(served, "outcome")).isEqualTo("SHUTDOWN");
			assertThat(Traces.value(served, "element")).isEqualTo(Traces.value(searches.get(0), "element"));
		});
		Traces stayed = two.getBean(Traces.class);
		await().until(() -> !stayed.of(SessionObservation.SERVED).isEmpty());
		assertThat(stayed.of(SessionObservation.SERVED)).singleElement().satisfies((served) -> {
			assertThat(stayed.events(served)).containsExactly("cookie-echo");
			assertThat(Traces.value(served, "pool")).isEqualTo("talks");
			assertThat(Traces.value(served, "element")).isEqualTo(Traces.value(searches.get(1), "element"));
		});
	}

	@Test
	void aSessionWithoutAnElementSaysWhichCouldNotBeReached() throws Exception {
		RawElement dead = new RawElement(this.registrar.port(), "talks", "dead");
		this.open.add(dead);
		dead.kill();
		ConfigurableApplicationContext users = start(User.class, "--rserpool.user.talks.deadline=1s");
		users.getBean(Talker.class).talk();
		Traces user = users.getBean(Traces.class);
		await().until(() -> !user.of(SessionObservation.SESSION).isEmpty());
		assertThat(user.of(SessionObservation.SESSION)).singleElement().satisfies((session) -> {
			assertThat(Traces.value(session, "outcome")).isEqualTo("FAILED");
			assertThat(session.getError()).isInstanceOf(NoPoolElementException.class);
		});
		assertThat(user.of(SessionObservation.SEARCH)).singleElement().satisfies((search) -> {
			assertThat(Traces.value(search, "outcome")).isEqualTo("FAILED");
			assertThat(Traces.value(search, "element")).isEqualTo("none");
			assertThat(user.events(search)).contains("failed");
		});
	}

	@Test
	void aSessionThatIsOpenWhenTheApplicationStopsIsAbandoned() {
		start(Element.class);
		ConfigurableApplicationContext users = start(User.class);
		Talker talker = users.getBean(Talker.class);
		talker.talk();
		await().until(() -> talker.answers.size() == 1);
		Traces user = users.getBean(Traces.class);
		users.close();
		assertThat(user.of(SessionObservation.SESSION)).singleElement().satisfies((session) -> {
			assertThat(Traces.value(session, "outcome")).isEqualTo("ABANDONED");
			assertThat(session.getError()).isNull();
		});
	}

	private static int active(ConfigurableApplicationContext context, String name) {
		return meters(context).get(name).tag("pool", "talks").longTaskTimer().activeTasks();
	}

	private static MeterRegistry meters(ConfigurableApplicationContext context) {
		return context.getBean(MeterRegistry.class);
	}

	private static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofSeconds(60));
	}

	private ConfigurableApplicationContext start(Class<?> application, String... arguments) {
		ConfigurableApplicationContext context = new SpringApplicationBuilder(application).web(WebApplicationType.NONE)
			.registerShutdownHook(false)
			.properties("spring.main.banner-mode=off", "rserpool.user.talks.deadline=30s",
					"rserpool.listen=127.0.0.1:0", "rserpool.registrars=127.0.0.1:" + this.registrar.port())
			.run(arguments);
		this.open.add(context);
		return context;
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Observed {

		@Bean
		Traces traces() {
			return new Traces();
		}

		@Bean
		SimpleMeterRegistry meterRegistry() {
			return new SimpleMeterRegistry();
		}

		@Bean
		DefaultMeterObservationHandler meterObservationHandler(MeterRegistry meters) {
			return new DefaultMeterObservationHandler(meters);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import({ Observed.class, Repeater.class })
	static class Element {

	}

	@Configuration(proxyBeanMethods = false)
	@Import({ Observed.class, Talker.class })
	static class User {

	}

	@PoolElement("talks")
	static class Repeater implements PoolSessionHandler {

		@Override
		public void message(ElementSession session, UserMessage message) {
			session.sendCookie(Octets.copyOf(ByteBuffer.allocate(4)));
			session.send(new UserMessage(33, message.data()));
		}

	}

	static class Talker implements MessageSessionListener {

		private final PoolSessionFactory sessions;

		private final List<UserMessage> answers = new CopyOnWriteArrayList<>();

		Talker(@PoolUser("talks") PoolSessionFactory sessions) {
			this.sessions = sessions;
		}

		MessageSession talk() {
			return this.sessions.open(this);
		}

		@Override
		public void connected(MessageSession session, SessionChange change) {
			session.send(new UserMessage(33, ByteBuffer.allocate(4)));
		}

		@Override
		public void message(MessageSession session, UserMessage message) {
			this.answers.add(message);
		}

	}

}
