package org.rserpool.autoconfigure.metrics;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.rserpool.autoconfigure.EchoElement;
import org.rserpool.autoconfigure.FakeNode;
import org.rserpool.autoconfigure.PoolElementAutoConfiguration;
import org.rserpool.autoconfigure.RSerPoolAutoConfiguration;
import org.rserpool.rpc.CallAttempt;
import org.rserpool.rpc.CallOutcome;
import org.rserpool.rpc.EndedCall;
import org.rserpool.spring.node.NodeFactory;
import org.rserpool.wire.PoolHandle;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class RSerPoolMetricsTests {

	private final FakeNode node = new FakeNode();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(RSerPoolAutoConfiguration.class, PoolElementAutoConfiguration.class,
				RSerPoolMetricsAutoConfiguration.class))
		.withBean(NodeFactory.class, () -> () -> this.node)
		.withBean(EchoElement.class)
		.withPropertyValues("rserpool.registrars=one:1");

	@Test
	void gaugesShowRegistrarAndElements() {
		this.runner.withBean(MeterRegistry.class, SimpleMeterRegistry::new).run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			context.getBean(RSerPoolMetrics.class).bindTo(registry);
			assertThat(registry.get("rserpool.registrar.connected").gauge().value()).isOne();
			assertThat(registry.get("rserpool.elements").gauge().value()).isOne();
			assertThat(registry.get("rserpool.elements.drained").gauge().value()).isZero();
			assertThat(registry.get("rserpool.elements.calls").gauge().value()).isZero();
			assertThat(registry.get("rserpool.elements.load").gauge().value()).isZero();
			this.node.leaveHome();
			assertThat(registry.get("rserpool.registrar.connected").gauge().value()).isZero();
		});
	}

	@Test
	void countersTellOutcomesAndFailovers() {
		this.runner.withBean(MeterRegistry.class, SimpleMeterRegistry::new).run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			RSerPoolMetrics metrics = context.getBean(RSerPoolMetrics.class);
			metrics.bindTo(registry);
			CallAttempt attempt = new CallAttempt(1, new InetSocketAddress("127.0.0.1", 1), CallOutcome.NOT_SENT,
					"refused", Duration.ZERO);
			metrics.callEnded(new EndedCall(PoolHandle.of("echo"), "m", CallOutcome.ANSWERED, List.of(attempt, attempt),
					Duration.ofMillis(3)));
			metrics.callEnded(new EndedCall(PoolHandle.of("echo"), "m", CallOutcome.UNKNOWN, List.of(attempt),
					Duration.ofMillis(3)));
			assertThat(registry.get("rserpool.pool.calls")
				.tag("pool", "echo")
				.tag("outcome", "ANSWERED")
				.counter()
				.count()).isOne();
			assertThat(registry.get("rserpool.pool.calls").tag("outcome", "UNKNOWN").counter().count()).isOne();
			assertThat(registry.get("rserpool.pool.failovers").tag("pool", "echo").counter().count()).isEqualTo(3);
			assertThat(registry.get("rserpool.pool.elements").tag("pool", "echo").gauge().value()).isZero();
			assertThat(registry.get("rserpool.pool.suspects").tag("pool", "echo").gauge().value()).isZero();
		});
	}

	@Test
	void withoutARegistryThereAreNone() {
		this.runner.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(RSerPoolMetrics.class));
		this.runner.withClassLoader(new FilteredClassLoader(MeterRegistry.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("rserpoolMetrics"));
	}

}
