package org.rserpool.autoconfigure.grpc;

import java.net.InetSocketAddress;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.rserpool.autoconfigure.FakeNode;
import org.rserpool.autoconfigure.PoolElementAutoConfiguration;
import org.rserpool.autoconfigure.RSerPoolAutoConfiguration;
import org.rserpool.spring.PoolElement;
import org.slf4j.LoggerFactory;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.grpc.server.autoconfigure.GrpcServerAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.DefaultLifecycleProcessor;
import org.springframework.grpc.server.lifecycle.GrpcServerLifecycle;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class GrpcServerStopTests {

	private final Logger lifecycles = (Logger) LoggerFactory.getLogger(DefaultLifecycleProcessor.class);

	private final ApplicationContextRunner contexts = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(RSerPoolAutoConfiguration.class, PoolElementAutoConfiguration.class,
				GrpcPoolElementAutoConfiguration.class, GrpcServerAutoConfiguration.class, SslAutoConfiguration.class))
		.withUserConfiguration(Service.class)
		.withPropertyValues("spring.grpc.server.address=127.0.0.1", "spring.grpc.server.port=0",
				"rserpool.element.shop.registration=manual");

	@BeforeEach
	void logWarnings() {
		this.lifecycles.setLevel(Level.WARN);
	}

	@AfterEach
	void logAsBefore() {
		this.lifecycles.setLevel(null);
	}

	@Test
	void whenTheContextClosesThenNobodyIsWarned(CapturedOutput output) {
		RunningGrpcServer[] server = new RunningGrpcServer[1];
		this.contexts.run((context) -> {
			server[0] = context.getBean(RunningGrpcServer.class);
			assertThat(server[0].get()).extracting(InetSocketAddress::getPort)
				.isEqualTo(context.getBean(GrpcServerLifecycle.class).getPort());
		});
		assertThat(output).doesNotContain("WARN", "Already terminated");
		assertThat(server[0].get()).isNull();
	}

	@Configuration(proxyBeanMethods = false)
	static class Service {

		@Bean
		FakeNode node() {
			return new FakeNode();
		}

		@Bean
		@PoolElement("shop")
		BindableService shop() {
			return () -> ServerServiceDefinition.builder("test.Shop").build();
		}

	}

}
