package org.rserpool.autoconfigure.health;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.rserpool.autoconfigure.EchoElement;
import org.rserpool.autoconfigure.EchoUser;
import org.rserpool.autoconfigure.FakeNode;
import org.rserpool.autoconfigure.PoolElementAutoConfiguration;
import org.rserpool.autoconfigure.PoolUserAutoConfiguration;
import org.rserpool.autoconfigure.RSerPoolAutoConfiguration;
import org.rserpool.spring.node.NodeFactory;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class RSerPoolHealthContributorAutoConfigurationTests {

	private final FakeNode node = new FakeNode();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(RSerPoolAutoConfiguration.class, PoolElementAutoConfiguration.class,
				PoolUserAutoConfiguration.class, RSerPoolHealthContributorAutoConfiguration.class))
		.withBean(NodeFactory.class, () -> () -> this.node)
		.withPropertyValues("rserpool.registrars=one:1,two:2");

	private final ApplicationContextRunner elementRunner = this.runner.withBean(EchoElement.class);

	@Test
	void whenDisabledThenThereIsNoHealth() {
		this.runner.withPropertyValues("management.health.rserpool.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean("rserpoolHealthContributor"));
	}

	@Test
	void whenPoolsAreDisabledThenThereIsNoHealth() {
		this.runner.withPropertyValues("rserpool.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("rserpoolHealthContributor"));
	}

	@Test
	void whenHealthIsNotOnTheClassPathThenThereIsNone() {
		this.runner.withClassLoader(new FilteredClassLoader(HealthIndicator.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("rserpoolHealthContributor"));
	}

	@Test
	void whenAnIndicatorIsThereThenItWins() {
		HealthIndicator mine = () -> Health.up().build();
		this.runner.withBean("rserpoolHealthIndicator", HealthIndicator.class, () -> mine)
			.run((context) -> assertThat(context).getBean(HealthIndicator.class).isSameAs(mine));
	}

	@Test
	void whenRegisteredThenUpNamesRegistrarAndElements() {
		this.elementRunner.withPropertyValues("rserpool.element.echo.identifier=10").run((context) -> {
			assertThat(HealthParts.status(context)).isEqualTo(Status.UP);
			assertThat(HealthParts.part(context, "registrar").getDetails()).containsEntry("registrar",
					"0x00000007 at registrar:3863");
			assertThat(HealthParts.part(context, "elements").getDetails()).containsEntry("elements",
					List.of(Map.of("pool", "echo", "identifier", "0x0000000a", "state", "REGISTERED")));
			assertThat(HealthParts.part(context, "pools").getStatus()).isEqualTo(Status.UNKNOWN);
		});
	}

	@Test
	void whenNoRegistrarAnsweredYetThenOutOfServiceNamesTheAddresses() {
		this.node.leaveHome();
		this.elementRunner.run((context) -> {
			assertThat(HealthParts.status(context)).isEqualTo(Status.OUT_OF_SERVICE);
			assertThat(HealthParts.part(context, "elements").getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
			assertThat(HealthParts.part(context, "registrar").getDetails()).containsEntry("registrars",
					List.of("one:1", "two:2"));
		});
	}

	@Test
	void whenAllRegistrarsAreLostThenDownSaysSinceWhen() {
		this.node.loseHome(Duration.ofSeconds(12));
		this.elementRunner.run((context) -> {
			assertThat(HealthParts.status(context)).isEqualTo(Status.DOWN);
			assertThat(HealthParts.part(context, "registrar").getDetails()).extractingByKey("reason")
				.asString()
				.contains("for 12 s");
		});
	}

	@Test
	void whenRegistrarsAreNotNeededThenTheirLossIsUnknown() {
		this.node.loseHome(Duration.ofSeconds(12));
		this.elementRunner.withPropertyValues("rserpool.startup.failure-policy=ignore", "rserpool.user.shop.eager=true")
			.run((context) -> assertThat(HealthParts.status(context)).isEqualTo(Status.UNKNOWN));
	}

	@Test
	void whenAnElementIsRefusedThenDownSaysWhy() {
		this.node.reject("the pool has another policy");
		this.elementRunner.run((context) -> {
			assertThat(HealthParts.status(context)).isEqualTo(Status.DOWN);
			Health health = HealthParts.part(context, "elements");
			assertThat(health.getStatus()).isEqualTo(Status.DOWN);
			assertThat(health.getDetails()).extractingByKey("elements")
				.asString()
				.contains("state=REJECTED", "rejection=the pool has another policy");
		});
	}

	@Test
	void whenARequiredPoolIsKnownOrResolvedThenUp() {
		this.node.pool("shop", true);
		this.node.pool("echo", false);
		this.elementRunner.withBean(EchoUser.class)
			.withPropertyValues("rserpool.user.default.eager=true", "rserpool.user.buy.pool=shop")
			.run((context) -> {
				Health health = HealthParts.part(context, "pools");
				assertThat(health.getStatus()).isEqualTo(Status.UP);
				assertThat(health.getDetails()).containsEntry("elements", Map.of("shop", 1, "echo", 1));
			});
	}

	@Test
	void whenARequiredPoolHasNoElementsThenDownSaysWhy() {
		this.node.pool("shop", true);
		this.elementRunner
			.withPropertyValues("rserpool.user.shop.eager=true", "rserpool.user.stock.eager=true",
					"rserpool.user.idle.eager=false")
			.run((context) -> {
				Health health = HealthParts.part(context, "pools");
				assertThat(health.getStatus()).isEqualTo(Status.DOWN);
				assertThat(health.getDetails()).containsEntry("elements", Map.of("shop", 1))
					.containsEntry("missing", Map.of("stock", "no such pool"));
				assertThat(HealthParts.status(context)).isEqualTo(Status.DOWN);
			});
	}

	@Test
	void whenNoPoolIsUsedThenUnknown() {
		this.runner.run((context) -> assertThat(HealthParts.status(context)).isEqualTo(Status.UNKNOWN));
	}

}
