package org.rserpool.autoconfigure.cloud;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rserpool.autoconfigure.PoolUserAutoConfiguration;
import org.rserpool.autoconfigure.RSerPoolAutoConfiguration;
import org.rserpool.autoconfigure.TestRegistrar;
import org.rserpool.autoconfigure.http.RawElement;
import org.rserpool.spring.node.LifecycleNode;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.event.HeartbeatEvent;
import org.springframework.context.ApplicationListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.willReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.timeout;
import static org.mockito.Mockito.verify;

/**
 * Tests for {@link DiscoveryHeartbeats}.
 */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class DiscoveryHeartbeatsTests {

	private static final String INTERVAL = "rserpool.cloud.discovery.heartbeat-interval=";

	private static final Map<String, Set<ServiceInstance>> ONE = Map.of("shop",
			Set.of(new DefaultServiceInstance("1", "shop", "localhost", 1, false)));

	private final List<AutoCloseable> open = new ArrayList<>();

	private final List<Object> values = new CopyOnWriteArrayList<>();

	@AfterEach
	void close() throws Exception {
		for (int i = this.open.size() - 1; i >= 0; i--) {
			this.open.get(i).close();
		}
	}

	@Test
	void elementsThatComeAndGoAreToldWithoutWaitingForTheNextHeartbeat() throws Exception {
		TestRegistrar registrar = add(new TestRegistrar());
		add(new RawElement(registrar.port(), "shop", "first"));
		runner(registrar).withPropertyValues(INTERVAL + "1h").run((context) -> {
			await(1);
			RawElement second = new RawElement(registrar.port(), "shop", "second");
			await(2);
			assertThat(context.getBean(RSerPoolDiscoveryClient.class).getInstances("store")).hasSize(2);
			second.close();
			await(3);
			assertThat(context.getBean(RSerPoolDiscoveryClient.class).getInstances("store")).hasSize(1);
			assertThat(this.values).doesNotHaveDuplicates();
		});
	}

	@Test
	void whileNothingChangesTheValueStaysTheSame() throws Exception {
		TestRegistrar registrar = add(new TestRegistrar());
		add(new RawElement(registrar.port(), "shop", "first"));
		add(new RawElement(registrar.port(), "shop", "second"));
		runner(registrar).withPropertyValues(INTERVAL + "5ms", "rserpool.user.default.stale-cache-value=0s")
			.run((context) -> await(20));
		assertThat(this.values.stream().distinct()).hasSize(1);
	}

	@Test
	void aPoolThatEndsAndBeginsAgainIsTold() throws Exception {
		TestRegistrar registrar = add(new TestRegistrar());
		RawElement first = new RawElement(registrar.port(), "shop", "first");
		runner(registrar).withPropertyValues(INTERVAL + "10ms").run((context) -> {
			awaitValues(1);
			first.close();
			awaitValues(2);
			assertThat(context.getBean(RSerPoolDiscoveryClient.class).getInstances("store")).isEmpty();
			add(new RawElement(registrar.port(), "shop", "next"));
			awaitValues(3);
			assertThat(context.getBean(RSerPoolDiscoveryClient.class).getInstances("store")).hasSize(1);
		});
	}

	@Test
	void whereNothingWasEverKnownThereAreNoHeartbeats() {
		PoolServiceInstances instances = mock();
		given(instances.canFind()).willReturn(true);
		given(instances.known()).willReturn(Map.of());
		DiscoveryHeartbeats heartbeats = started(instances);
		verify(instances, timeout(30_000).atLeast(5)).known();
		assertThat(this.values).isEmpty();
		given(instances.known()).willReturn(ONE);
		await(1);
		heartbeats.stop();
	}

	@Test
	void whenWhoTakesAHeartbeatFailsThenOthersFollow() {
		PoolServiceInstances instances = mock();
		given(instances.canFind()).willReturn(true);
		given(instances.known()).willReturn(ONE);
		DiscoveryHeartbeats heartbeats = new DiscoveryHeartbeats(instances, (event) -> {
			this.values.add(((HeartbeatEvent) event).getValue());
			if (this.values.size() == 1) {
				throw new IllegalStateException("failed on purpose");
			}
		}, Duration.ofMillis(1));
		heartbeats.start();
		await(3);
		heartbeats.stop();
	}

	@Test
	void heartbeatsEndWithTheContextAndLeaveNoThread() throws Exception {
		TestRegistrar registrar = add(new TestRegistrar());
		add(new RawElement(registrar.port(), "shop", "first"));
		runner(registrar).withPropertyValues(INTERVAL + "1ms").run((context) -> {
			await(1);
			assertThat(threads()).isNotEmpty();
			context.getSourceApplicationContext().stop();
			Awaitility.await().untilAsserted(() -> assertThat(threads()).isEmpty());
			this.values.clear();
			context.getSourceApplicationContext().start();
			await(1);
			context.close();
			Awaitility.await().untilAsserted(() -> assertThat(threads()).isEmpty());
		});
	}

	@Test
	void whenTheIntervalIsZeroThenThereAreNone() {
		PoolServiceInstances instances = mock();
		willReturn(true).given(instances).canFind();
		DiscoveryHeartbeats heartbeats = new DiscoveryHeartbeats(instances, this::take, Duration.ZERO);
		heartbeats.start();
		assertThat(heartbeats.isRunning()).isFalse();
	}

	@Test
	void whenNoRegistrarCanBeFoundThenThereAreNone() {
		new ApplicationContextRunner().withConfiguration(configurations())
			.withPropertyValues("rserpool.announcements.enabled=false")
			.run((context) -> assertThat(context.getBean(DiscoveryHeartbeats.class).isRunning()).isFalse());
	}

	@Test
	void theDefaultIntervalIsTenSeconds() {
		new ApplicationContextRunner().withConfiguration(configurations())
			.withPropertyValues("rserpool.announcements.enabled=false")
			.run((context) -> assertThat(context.getBean(DiscoveryHeartbeats.class)).extracting("interval")
				.isEqualTo(Duration.ofSeconds(10)));
	}

	@Test
	void whereNoPoolIsUsedTheNodeIsNotStarted() {
		new ApplicationContextRunner().withConfiguration(configurations())
			.withPropertyValues("rserpool.registrars=localhost:1", INTERVAL + "1ms")
			.run((context) -> {
				PoolServiceInstances instances = context.getBean(PoolServiceInstances.class);
				instances.refresh();
				instances.listen(() -> {
				});
				assertThat(instances.known()).isEmpty();
				assertThat(context.getBean(LifecycleNode.class).isRunning()).isFalse();
			});
	}

	private DiscoveryHeartbeats started(PoolServiceInstances instances) {
		DiscoveryHeartbeats heartbeats = new DiscoveryHeartbeats(instances, this::take, Duration.ofMillis(1));
		heartbeats.start();
		return heartbeats;
	}

	private ApplicationContextRunner runner(TestRegistrar registrar) {
		return new ApplicationContextRunner().withConfiguration(configurations())
			.withPropertyValues("rserpool.registrars=localhost:" + registrar.port(), "rserpool.user.store.pool=shop")
			.withInitializer((context) -> context
				.addApplicationListener((ApplicationListener<HeartbeatEvent>) (event) -> take(event)));
	}

	private static AutoConfigurations configurations() {
		return AutoConfigurations.of(RSerPoolAutoConfiguration.class, PoolUserAutoConfiguration.class,
				RSerPoolDiscoveryClientAutoConfiguration.class);
	}

	private void take(Object event) {
		this.values.add(((HeartbeatEvent) event).getValue());
	}

	private void await(int heartbeats) {
		Awaitility.await().untilAsserted(() -> assertThat(this.values).hasSizeGreaterThanOrEqualTo(heartbeats));
	}

	private void awaitValues(int different) {
		Awaitility.await()
			.untilAsserted(() -> assertThat(this.values.stream().distinct()).hasSizeGreaterThanOrEqualTo(different));
	}

	private static List<Thread> threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals("rserpool-discovery"))
			.toList();
	}

	private <T extends AutoCloseable> T add(T closeable) {
		this.open.add(closeable);
		return closeable;
	}

}
