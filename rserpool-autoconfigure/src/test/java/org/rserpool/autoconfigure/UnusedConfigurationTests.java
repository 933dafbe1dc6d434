package org.rserpool.autoconfigure;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.rserpool.spring.node.NodeFactory;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class UnusedConfigurationTests {

	private final ApplicationContextRunner contexts = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(RSerPoolAutoConfiguration.class, PoolElementAutoConfiguration.class,
				PoolUserAutoConfiguration.class))
		.withBean(NodeFactory.class, () -> FakeNode::new)
		.withBean(EchoElement.class)
		.withBean("user", EchoUser.class);

	@Test
	void whenEverythingIsUsedThenNothingIsSaid(CapturedOutput output) {
		this.contexts
			.withPropertyValues("rserpool.element.echo.weight=3", "rserpool.element.default.policy=random",
					"rserpool.element.echo.metadata.team=blue", "rserpool.user.echo.deadline=1s",
					"rserpool.user.default.eager=false", "rserpool.registrar.keep-alive.interval=1s",
					"rserpool.user.shop.deadline=1s", "spring.grpc.client.channel.a.target=rserpool:///shop")
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).doesNotContain("UnusedConfigurationListener");
	}

	@Test
	void whenAPoolHasNoElementThenThereIsOneWarning(CapturedOutput output) {
		this.contexts.withPropertyValues("rserpool.element.ecco.weight=3", "rserpool.element.ocho.weight=3")
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).containsOnlyOnce("WARN")
			.contains("rserpool.element has entries for 'ecco', 'ocho', but this application has elements of 'echo'");
	}

	@Test
	void whenThereIsNoSuchUserThenThereIsOneWarning(CapturedOutput output) {
		this.contexts.withPropertyValues("rserpool.user.ecco.deadline=3s")
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).containsOnlyOnce("WARN")
			.contains("rserpool.user has entries for 'ecco', but this application has the pool users 'echo' so far");
	}

	@Test
	void whenThereIsNoSuchPropertyThenItIsNamed(CapturedOutput output) {
		this.contexts
			.withPropertyValues("rserpool.element.echo.polcy=random", "rserpool.registrar.nix=1",
					"rserpool.transprt=tcp", "rserpool.element.echo.weight=2")
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).containsOnlyOnce("WARN")
			.contains("There are no such properties: rserpool.element.echo.polcy, rserpool.transprt; they are ignored");
	}

	@Test
	void variablesOfTheEnvironmentAreNotMinded(CapturedOutput output) {
		this.contexts
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
						new SystemEnvironmentPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
								Map.of("RSERPOOL_SERVICE_HOST", "10.0.0.1"))))
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).doesNotContain("UnusedConfigurationListener");
	}

}
