package org.rserpool.autoconfigure;

import org.junit.jupiter.api.Test;
import org.rserpool.rpc.RpcRequest;
import org.rserpool.spring.node.LifecycleNode;
import org.rserpool.spring.user.PoolUserProxyFactory;
import org.rserpool.spring.user.PoolUserScanner;
import org.rserpool.spring.user.PoolUserSettings;
import org.rserpool.spring.user.PoolUserSettingsSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class PoolUserAutoConfigurationTests {

	private final FakeNode node = new FakeNode();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(RSerPoolAutoConfiguration.class, PoolUserAutoConfiguration.class))
		.withBean(FakeNode.class, () -> this.node);

	private final ApplicationContextRunner userRunner = this.runner.withBean(EchoUser.class);

	@Test
	void whenDisabledThenNothingIsConfigured() {
		this.runner.withPropertyValues("rserpool.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(PoolUserScanner.class)
				.doesNotHaveBean(PoolUserProxyFactory.class)
				.doesNotHaveBean(PoolUserSettingsSource.class));
	}

	@Test
	void whenTheLibraryIsMissingThenNothingIsConfigured() {
		this.runner.withClassLoader(new FilteredClassLoader(LifecycleNode.class))
			.run((context) -> assertThat(context).doesNotHaveBean("poolUserProxyFactory"));
	}

	@Test
	void whenASourceOfSettingsIsThereThenItWins() {
		PoolUserSettingsSource source = (name) -> PoolUserSettings.of("mine");
		this.userRunner.withBean("mine", PoolUserSettingsSource.class, () -> source).run((context) -> {
			assertThat(context).hasSingleBean(PoolUserSettingsSource.class);
			assertThat(request(context.getBean(EchoUser.class)).pool()).hasToString("mine");
		});
	}

	@Test
	void whenNothingIsConfiguredThenTheDefaultsHold() {
		this.userRunner.run((context) -> {
			RpcRequest request = request(context.getBean(EchoUser.class));
			assertThat(request.pool()).hasToString("echo");
			assertThat(request.deadline()).hasSeconds(5);
			assertThat(request.maxAttempts()).isEqualTo(3);
			assertThat(request.idempotent()).isFalse();
		});
	}

	@Test
	void whenThePoolUserIsConfiguredThenThatHolds() {
		this.userRunner
			.withPropertyValues("rserpool.user.echo.pool=other", "rserpool.user.echo.deadline=2s",
					"rserpool.user.echo.max-attempts=7", "rserpool.user.echo.idempotent-methods=echo",
					"rserpool.user.default.deadline=9s")
			.run((context) -> {
				RpcRequest request = request(context.getBean(EchoUser.class));
				assertThat(request.pool()).hasToString("other");
				assertThat(request.deadline()).hasSeconds(2);
				assertThat(request.maxAttempts()).isEqualTo(7);
				assertThat(request.idempotent()).isTrue();
			});
	}

	@Test
	void whenTheDefaultIsConfiguredThenItHoldsForAll() {
		this.userRunner
			.withPropertyValues("rserpool.user.default.deadline=9s", "rserpool.user.default.max-attempts=1",
					"rserpool.user.default.idempotent-methods=*")
			.run((context) -> {
				RpcRequest request = request(context.getBean(EchoUser.class));
				assertThat(request.deadline()).hasSeconds(9);
				assertThat(request.maxAttempts()).isEqualTo(1);
				assertThat(request.idempotent()).isTrue();
			});
	}

	private RpcRequest request(EchoUser user) {
		user.echo().echo("a");
		return this.node.requests().get(0);
	}

}
