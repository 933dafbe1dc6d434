package org.rserpool.autoconfigure;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.rserpool.Goal;
import org.rserpool.autoconfigure.health.HealthParts;
import org.rserpool.autoconfigure.health.RSerPoolHealthContributorAutoConfiguration;
import org.rserpool.spring.node.NodeFactory;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

@ExtendWith(OutputCaptureExtension.class)
class StartupFailureTests {

	private final FakeNode node = new FakeNode();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(RSerPoolAutoConfiguration.class, PoolElementAutoConfiguration.class,
				RSerPoolHealthContributorAutoConfiguration.class))
		.withBean(NodeFactory.class, () -> () -> this.node)
		.withBean(EchoElement.class)
		.withPropertyValues("rserpool.registrars=one:1", "rserpool.startup.timeout=30ms");

	@Test
	@Goal("G16")
	@DisplayName("G16: the failure to start says which property to set")
	void whenItIsToFailThenTheApplicationSaysWhatWasTriedAndWhatToDo(CapturedOutput output) {
		SpringApplication application = new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.build();
		assertThatException()
			.isThrownBy(() -> application.run("--rserpool.startup.failure-policy=fail", "--rserpool.registrars=one:1",
					"--rserpool.startup.timeout=30ms", "--logging.level.org.springframework.boot.diagnostics=error"));
		assertThat(output).contains("APPLICATION FAILED TO START",
				"No registrar answered within 30 ms: 192.0.2.1:3863 (connection refused)",
				"'rserpool.startup.failure-policy'", "'rserpool.registrars'", "'rserpool.startup.timeout'");
	}

	@Test
	void whenARegistrarAnswersThenItDoesNotFail() {
		this.runner.withPropertyValues("rserpool.startup.failure-policy=fail")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void whenItIsToRetryThenItIsOutOfServiceMeanwhile() {
		this.node.leaveHome();
		this.runner.run((context) -> assertThat(HealthParts.status(context)).isEqualTo(Status.OUT_OF_SERVICE));
	}

	@Test
	void whenItIsToIgnoreThenHealthIsLeftAlone() {
		this.node.leaveHome();
		this.runner.withPropertyValues("rserpool.startup.failure-policy=ignore")
			.run((context) -> assertThat(HealthParts.status(context)).isEqualTo(Status.UNKNOWN));
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ RSerPoolAutoConfiguration.class, PoolElementAutoConfiguration.class })
	@Import(EchoElement.class)
	static class Application {

		@Bean
		NodeFactory nodeFactory() {
			FakeNode node = new FakeNode();
			node.leaveHome();
			return () -> node;
		}

	}

}
