package org.rserpool.autoconfigure;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.rserpool.rpc.ElementSpecification;
import org.rserpool.rpc.RegisteredElement;
import org.rserpool.spring.element.ElementActivity;
import org.rserpool.spring.element.PoolElementDiscoverer;
import org.rserpool.spring.element.PoolElementEndpoint;
import org.rserpool.spring.element.PoolElementExecutor;
import org.rserpool.spring.element.PoolElementRegistry;
import org.rserpool.spring.element.PoolElementSettings;
import org.rserpool.spring.element.PoolElementSettingsSource;
import org.rserpool.spring.node.LifecycleNode;
import org.rserpool.wire.ElementMetadata;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PolicyType;
import org.rserpool.wire.PoolHandle;

import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PoolElementAutoConfigurationTests {

	private final FakeNode node = new FakeNode();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(RSerPoolAutoConfiguration.class, PoolElementAutoConfiguration.class))
		.withBean(FakeNode.class, () -> this.node);

	private final ApplicationContextRunner elementRunner = this.runner.withBean(EchoElement.class);

	@Test
	void whenDisabledThenNothingIsConfigured() {
		this.elementRunner.withPropertyValues("rserpool.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(PoolElementRegistry.class)
				.doesNotHaveBean(PoolElementSettingsSource.class)
				.doesNotHaveBean(PoolElementReadinessListener.class));
	}

	@Test
	void whenAddressesAreIncludedThenTheyAreTold() {
		this.runner.withPropertyValues("rserpool.element.echo.addresses.include=127.0.0.0/8")
			.run((context) -> assertThat(context.getBean(PoolElementSettingsSource.class)
				.settings("echo", "")
				.metadata()
				.get(ElementMetadata.ADDRESSES)).isEqualTo("=127.0.0.1"));
		this.runner.withPropertyValues("rserpool.element.echo.addresses.include=203.0.113.0/24")
			.run((context) -> assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
				.isThrownBy(() -> context.getBean(PoolElementSettingsSource.class).settings("echo", ""))
				.withMessageContaining("rserpool.element.echo.addresses.include")
				.withMessageContaining("No address of this host is in [203.0.113.0/24]"));
	}

	@Test
	void whenTheLibraryIsMissingThenNothingIsConfigured() {
		this.runner.withClassLoader(new FilteredClassLoader(LifecycleNode.class))
			.run((context) -> assertThat(context).doesNotHaveBean("poolElementRegistry"));
	}

	@Test
	void whenBeansOfTheApplicationAreThereThenTheyWin() {
		PoolElementSettingsSource source = (pool, policy) -> PoolElementSettings.DEFAULT;
		this.runner.withBean("mine", PoolElementSettingsSource.class, () -> source)
			.withBean(PoolElementDiscoverer.class, () -> new PoolElementDiscoverer(null, null, null) {
				@Override
				public List<PoolElementEndpoint> discover() {
					return List.of();
				}
			})
			.run((context) -> {
				assertThat(context.getBean(PoolElementSettingsSource.class)).isSameAs(source);
				assertThat(context).hasSingleBean(PoolElementDiscoverer.class).hasSingleBean(PoolElementRegistry.class);
			});
	}

	@Test
	void whenAContextIsNoApplicationThenElementsAreRegisteredOnStart() {
		this.elementRunner.run((context) -> assertThat(this.node.elements()).extracting(RegisteredElement::pool)
			.singleElement()
			.hasToString("echo"));
	}

	@Test
	void whenAContextIsAnApplicationThenElementsFollowItsReadiness() {
		this.elementRunner
			.withBean("springApplicationArguments", DefaultApplicationArguments.class,
					() -> new DefaultApplicationArguments())
			.run((context) -> {
				assertThat(this.node.elements()).isEmpty();
				AvailabilityChangeEvent.publish(context, ReadinessState.ACCEPTING_TRAFFIC);
				assertThat(this.node.elements()).hasSize(1);
				AvailabilityChangeEvent.publish(context, ReadinessState.REFUSING_TRAFFIC);
				assertThat(this.node.elements()).isEmpty();
				AvailabilityChangeEvent.publish(context, ReadinessState.ACCEPTING_TRAFFIC);
				assertThat(this.node.elements()).hasSize(1);
			});
		assertThat(this.node.elements()).isEmpty();
	}

	@Test
	void whenNothingIsConfiguredThenTheAnnotationAndTheDefaultsHold() {
		this.elementRunner.run((context) -> {
			ElementSpecification specification = this.node.specifications().get(0);
			assertThat(specification.policy()).isEqualTo(MemberSelectionPolicy.of(PolicyType.RANDOM));
			assertThat(specification.lifetime()).hasSeconds(30);
			assertThat(specification.identifier()).isNull();
			assertThat(settings(context.getBean(PoolElementSettingsSource.class)).drainTimeout()).hasSeconds(28);
		});
	}

	@Test
	void whenNothingIsConfiguredThenAnElementOnlySaysWhatItSpeaks() {
		this.elementRunner.run((context) -> {
			ElementSpecification specification = this.node.specifications().get(0);
			assertThat(specification.metadata().entries()).isEqualTo(Map.of("binding", "rpc"));
			assertThat(specification.renewalInterval()).isNull();
		});
	}

	@Test
	void whenMetadataIsConfiguredThenTheNearestHolds() {
		this.elementRunner
			.withPropertyValues("rserpool.zone=eu", "rserpool.version=1.0",
					"rserpool.element.default.metadata.team=red", "rserpool.element.default.metadata.floor=2",
					"rserpool.element.echo.metadata.team=blue", "rserpool.element.echo.metadata.version=2.0")
			.run((context) -> assertThat(this.node.specifications().get(0).metadata().entries())
				.isEqualTo(Map.of("binding", "rpc", "zone", "eu", "version", "2.0", "team", "blue", "floor", "2")));
	}

	@Test
	void whenMetadataIsWrongThenTheKeyIsNamed() {
		this.elementRunner.withPropertyValues("rserpool.element.echo.metadata.binding=http")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("The metadata key \"binding\""));
		this.elementRunner.withPropertyValues("rserpool.element.echo.metadata.team=" + "x".repeat(513))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("The value of the metadata key \"team\" has 513 octets"));
	}

	@Test
	void whenTheProfileIsRfcThenRegistrationsLastLonger() {
		this.elementRunner.withPropertyValues("rserpool.profile=rfc")
			.run((context) -> assertThat(this.node.specifications().get(0).lifetime()).hasSeconds(620));
		this.elementRunner
			.withPropertyValues("rserpool.profile=rfc", "rserpool.element.default.lifetime=5s",
					"rserpool.element.default.renewal-interval=2s")
			.run((context) -> {
				assertThat(this.node.specifications().get(1).lifetime()).hasSeconds(5);
				assertThat(this.node.specifications().get(1).renewalInterval()).hasSeconds(2);
			});
		this.elementRunner
			.withPropertyValues("rserpool.element.echo.lifetime=5s", "rserpool.element.echo.renewal-interval=6s")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("shorter than the lifetime, which is PT5S"));
	}

	@Test
	void whenThePoolIsConfiguredThenThatHolds() {
		this.elementRunner
			.withPropertyValues("rserpool.element.echo.policy=weighted-random", "rserpool.element.echo.weight=7",
					"rserpool.element.echo.lifetime=3s", "rserpool.element.echo.identifier=0xdeadbeef",
					"rserpool.element.echo.drain-timeout=9s", "rserpool.element.default.policy=least-used")
			.run((context) -> {
				ElementSpecification specification = this.node.specifications().get(0);
				assertThat(specification.policy()).isEqualTo(MemberSelectionPolicy.of(PolicyType.WEIGHTED_RANDOM, 7));
				assertThat(specification.lifetime()).hasSeconds(3);
				assertThat(specification.identifier()).isEqualTo(0xdeadbeef);
				assertThat(settings(context.getBean(PoolElementSettingsSource.class)).drainTimeout()).hasSeconds(9);
			});
	}

	@Test
	void whenAFailoverOrderIsConfiguredThenTheElementHasIt() {
		this.elementRunner.withPropertyValues("rserpool.element.echo.failover-order=0x0000e002,7").run((context) -> {
			assertThat(settings(context.getBean(PoolElementSettingsSource.class)).failoverOrder())
				.containsExactly(0xe002, 7);
			assertThat(this.node.failoverOrder()).containsExactly(0xe002, 7);
		});
		this.elementRunner.withPropertyValues("rserpool.element.echo.failover-order=e2")
			.run((context) -> assertThat(context).getFailure().hasStackTraceContaining("\"e2\" is not an identifier"));
		this.elementRunner.withPropertyValues("rserpool.element.echo.failover-order=" + "1,".repeat(32) + "1")
			.run((context) -> assertThat(context).getFailure().hasStackTraceContaining("It has at most 32 elements"));
	}

	@Test
	void whenTheDefaultIsConfiguredThenItHoldsWhereThePoolAndTheAnnotationAreSilent() {
		this.elementRunner
			.withPropertyValues("rserpool.element.default.policy=least-used", "rserpool.element.default.lifetime=3s",
					"rserpool.element.default.load=0.5")
			.run((context) -> {
				PoolElementSettingsSource source = context.getBean(PoolElementSettingsSource.class);
				assertThat(this.node.specifications().get(0).policy())
					.isEqualTo(MemberSelectionPolicy.of(PolicyType.RANDOM));
				assertThat(this.node.specifications().get(0).lifetime()).hasSeconds(3);
				assertThat(source.settings("other", "").policy())
					.isEqualTo(MemberSelectionPolicy.of(PolicyType.LEAST_USED, 0x80000000L));
			});
	}

	@Test
	void whenTheShutdownPhaseIsConfiguredThenDrainingEndsBeforeIt() {
		this.elementRunner.withPropertyValues("spring.lifecycle.timeout-per-shutdown-phase=12s")
			.run((context) -> assertThat(settings(context.getBean(PoolElementSettingsSource.class)).drainTimeout())
				.hasSeconds(10));
	}

	@Test
	void whenTheApplicationHasATaskExecutorThenCallsRunThere() {
		this.runner.withConfiguration(AutoConfigurations.of(TaskExecutionAutoConfiguration.class))
			.run((context) -> assertThat(context.getBean(PoolElementExecutor.class).get())
				.isSameAs(context.getBean("applicationTaskExecutor")));
	}

	@Test
	void whenTheApplicationHasAnExecutorForCallsThenTheyRunThere() {
		Executor executor = Runnable::run;
		this.runner.withConfiguration(AutoConfigurations.of(TaskExecutionAutoConfiguration.class))
			.withBean("poolElementExecutor", Executor.class, () -> executor)
			.run((context) -> assertThat(context.getBean(PoolElementExecutor.class).get()).isSameAs(executor));
	}

	@Test
	void whenTheApplicationHasNoTaskExecutorThenCallsRunInAPoolOfTheirOwn() {
		this.runner.run((context) -> {
			assertThat(context.getBean(PoolElementExecutor.class).get()).isInstanceOf(ThreadPoolTaskExecutor.class);
			assertThat(context).doesNotHaveBean(Executor.class);
		});
	}

	@Test
	void whenAPoolNamesAnExecutorThenItsCallsRunThere() {
		Executor own = Runnable::run;
		this.elementRunner.withConfiguration(AutoConfigurations.of(TaskExecutionAutoConfiguration.class))
			.withBean("applicationTaskExecutor", Executor.class, () -> (task) -> {
			})
			.withBean("own", Executor.class, () -> own)
			.withPropertyValues("rserpool.element.echo.executor=own")
			.run((context) -> {
				PoolElementSettingsSource source = context.getBean(PoolElementSettingsSource.class);
				assertThat(source.settings("echo", "").executor()).isSameAs(own);
				assertThat(source.settings("other", "").executor()).isNull();
				AtomicBoolean ran = new AtomicBoolean();
				this.node.specifications().get(0).executor().execute(() -> ran.set(true));
				assertThat(ran).isTrue();
			});
	}

	@Test
	void whenAPoolNamesAnExecutorThatIsNotThereThenThePropertyAndThoseThereAreNamed() {
		this.elementRunner.withBean("one", Executor.class, () -> Runnable::run)
			.withPropertyValues("rserpool.element.default.executor=echoElement")
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining(
						"Property rserpool.element.default.executor with value 'echoElement' is invalid: "
								+ "There is no executor 'echoElement'; there are the beans [one]."));
	}

	@Test
	void whenTheLoadIsThatOfTheQueueThenItIsTheQueueOfTheExecutor() {
		ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
		executor.setQueueCapacity(2);
		ApplicationContextRunner measured = this.elementRunner
			.withBean("own", ThreadPoolTaskExecutor.class, () -> executor)
			.withPropertyValues("rserpool.element.echo.executor=own", "rserpool.element.echo.load-provider=queue");
		measured.run((context) -> {
			executor.getThreadPoolExecutor().getQueue().add(() -> {
			});
			assertThat(settings(context.getBean(PoolElementSettingsSource.class)).load()
				.provider()
				.load(new ElementActivity(PoolHandle.of("echo"), 0, 1))).isEqualTo(0.5);
		});
		executor.setQueueCapacity(Integer.MAX_VALUE);
		measured.run((context) -> assertThat(context).getFailure()
			.hasStackTraceContaining("Property rserpool.element.echo.load-provider with value 'queue' is invalid")
			.hasStackTraceContaining("it has no bound, so that it is never full."));
	}

	@Test
	void whenTheLoadIsThatOfAMeterThenItIsOfTheOneThatIsPrimary() {
		SimpleMeterRegistry primary = new SimpleMeterRegistry();
		Gauge.builder("work", () -> 0.25).register(primary);
		this.elementRunner.withBean("other", SimpleMeterRegistry.class, SimpleMeterRegistry::new)
			.withBean("meters", SimpleMeterRegistry.class, () -> primary, (definition) -> definition.setPrimary(true))
			.withPropertyValues("rserpool.element.echo.load-provider=meter:work")
			.run((context) -> assertThat(settings(context.getBean(PoolElementSettingsSource.class)).load()
				.provider()
				.load(new ElementActivity(PoolHandle.of("echo"), 0, 1))).isEqualTo(0.25));
	}

	@Test
	void whenALoadProviderIsNotThereThenThePropertyIsNamed() {
		this.elementRunner.withPropertyValues("rserpool.element.echo.load-provider=none")
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("Property rserpool.element.echo.load-provider with value 'none' is invalid: "
						+ "There is no load provider 'none'; there are in-flight, cpu, queue, meter:NAME, and the beans []."));
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void whenVirtualThreadsAreEnabledThenCallsRunThereWithAndWithoutATaskExecutor() {
		ApplicationContextRunner virtual = this.elementRunner.withPropertyValues("spring.threads.virtual.enabled=true");
		virtual.run((context) -> assertThatCallsRunOnAVirtualThread());
		virtual.withConfiguration(AutoConfigurations.of(TaskExecutionAutoConfiguration.class)).run((context) -> {
			assertThat(context.getBean(PoolElementExecutor.class).get())
				.isSameAs(context.getBean("applicationTaskExecutor"));
			assertThatCallsRunOnAVirtualThread();
		});
	}

	private void assertThatCallsRunOnAVirtualThread() {
		CompletableFuture<String> group = new CompletableFuture<>();
		List<ElementSpecification> specifications = this.node.specifications();
		specifications.get(specifications.size() - 1)
			.executor()
			.execute(() -> group.complete(Thread.currentThread().getThreadGroup().getName()));
		// Virtual threads have this group, and Java 17 no way to ask for more.
		assertThat(group.join()).isEqualTo("VirtualThreads");
	}

	@Test
	void stopsBeforeAWebServerAndItsNodeWithOrAfterIt() {
		assertThat(PoolElementRegistry.PHASE).isEqualTo(WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE + 512);
		assertThat(LifecycleNode.PHASE).isEqualTo(WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE);
	}

	private static PoolElementSettings settings(PoolElementSettingsSource source) {
		return source.settings("echo", "");
	}

}
