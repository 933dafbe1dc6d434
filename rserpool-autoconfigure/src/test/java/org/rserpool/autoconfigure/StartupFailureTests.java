package org.rserpool.autoconfigure;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rserpool.Goal;
import org.rserpool.autoconfigure.health.HealthParts;
import org.rserpool.autoconfigure.health.RSerPoolHealthContributorAutoConfiguration;
import org.rserpool.spring.node.NodeFactory;
import org.rserpool.spring.node.RegistrarUnreachableException;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

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
	void whenItIsToFailThenTheAnalysisSaysWhatToDo() {
		this.node.leaveHome();
		this.runner.withPropertyValues("rserpool.startup.failure-policy=fail").run((context) -> {
			assertThat(context).hasFailed()
				.getFailure()
				.rootCause()
				.isInstanceOf(RegistrarUnreachableException.class)
				.hasMessageContaining("30 ms");
			FailureAnalysis analysis = new RegistrarUnreachableFailureAnalyzer().analyze(context.getStartupFailure());
			assertThat(analysis.getAction()).contains("rserpool.registrars", "rserpool.startup.timeout");
		});
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

}
