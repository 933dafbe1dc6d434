package org.rserpool.registrar.app;

import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where there is a dashboard, and where opening it would show more than before.
 */
class ConditionalOnDashboardTests {

	private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
		.withPropertyValues("server.port=8080", "management.endpoints.web.exposure.include=health,handlespace")
		.withUserConfiguration(Dashboard.class);

	@Test
	void thereIsOneWhereTheHandlespaceIsOpenAtTheSamePort() {
		this.runner.run((context) -> assertThat(context).hasSingleBean(Dashboard.class));
	}

	@Test
	void thereIsNoneWhereItIsSwitchedOff() {
		this.runner.withPropertyValues("rserpool.registrar.dashboard.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(Dashboard.class));
	}

	@Test
	void thereIsNoneWhereTheActuatorHasAPortOfItsOwn() {
		this.runner.withPropertyValues("management.server.port=8081")
			.run((context) -> assertThat(context).doesNotHaveBean(Dashboard.class));
		this.runner.withPropertyValues("management.server.port=-1")
			.run((context) -> assertThat(context).doesNotHaveBean(Dashboard.class));
	}

	@Test
	void thereIsNoneWhereTheHandlespaceIsNotExposed() {
		this.runner.withPropertyValues("management.endpoints.web.exposure.include=health")
			.run((context) -> assertThat(context).doesNotHaveBean(Dashboard.class));
		this.runner.withPropertyValues("management.endpoint.handlespace.access=NONE")
			.run((context) -> assertThat(context).doesNotHaveBean(Dashboard.class));
	}

	@Test
	void thereIsOneWhereItIsAskedFor() {
		this.runner
			.withPropertyValues("rserpool.registrar.dashboard.enabled=true", "management.server.port=8081",
					"management.endpoints.web.exposure.include=health")
			.run((context) -> assertThat(context).hasSingleBean(Dashboard.class));
	}

	@Test
	void thereIsNoneWithoutAWebServer() {
		new ApplicationContextRunner().withPropertyValues("rserpool.registrar.dashboard.enabled=true")
			.withUserConfiguration(Dashboard.class)
			.run((context) -> assertThat(context).doesNotHaveBean(Dashboard.class));
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnDashboard
	static class Dashboard {

	}

}
