package org.rserpool.autoconfigure.actuate;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.rserpool.autoconfigure.EchoElement;
import org.rserpool.autoconfigure.FakeNode;
import org.rserpool.autoconfigure.PoolElementAutoConfiguration;
import org.rserpool.autoconfigure.RSerPoolAutoConfiguration;
import org.rserpool.spring.node.NodeFactory;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PolicyType;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RSerPoolEndpointTests {

	private final FakeNode node = new FakeNode();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(RSerPoolAutoConfiguration.class, PoolElementAutoConfiguration.class,
				RSerPoolEndpointAutoConfiguration.class))
		.withBean(NodeFactory.class, () -> () -> this.node)
		.withBean(EchoElement.class)
		.withPropertyValues("rserpool.registrars=one:1", "rserpool.element.echo.identifier=10",
				"management.endpoints.web.exposure.include=rserpool", "management.endpoints.jmx.exposure.include=*");

	@Test
	void showsRegistrarAndElements() {
		this.runner.run((context) -> {
			RSerPoolEndpoint.Description description = context.getBean(RSerPoolEndpoint.class).rserpool();
			assertThat(description.registrar())
				.isEqualTo(new RSerPoolEndpoint.Registrar("0x00000007", "registrar:3863"));
			assertThat(description.elements()).singleElement().satisfies((element) -> {
				assertThat(element.pool()).isEqualTo("echo");
				assertThat(element.identifier()).isEqualTo("0x0000000a");
				assertThat(element.state()).isEqualTo("REGISTERED");
				assertThat(element.drained()).isFalse();
			});
			assertThat(description.pools()).isEmpty();
		});
	}

	@Test
	void showsWhichPathsOfAnAssociationWork() {
		this.runner.run((context) -> assertThat(context.getBean(RSerPoolEndpoint.class).rserpool().associations())
			.containsExactly(new RSerPoolEndpoint.Association("SCTP", "ASAP", true, List.of("192.0.2.1:4000"),
					List.of(new RSerPoolEndpoint.Path("192.0.2.7:3863", true),
							new RSerPoolEndpoint.Path("198.51.100.7:3863", false)))));
	}

	@Test
	void showsRegistrarsAndSessions() {
		this.runner.run((context) -> {
			RSerPoolEndpoint.Description description = context.getBean(RSerPoolEndpoint.class).rserpool();
			assertThat(description.registrars()).containsExactly(
					new RSerPoolEndpoint.KnownRegistrar("0x00000007", "192.0.2.7:3863", "HOME", null),
					new RSerPoolEndpoint.KnownRegistrar(null, "gone:3863", "FAILED", "refused"));
			assertThat(description.sessions()).containsExactly(
					new RSerPoolEndpoint.Session("cart", "rpc", "1-2", "0x00000009", true),
					new RSerPoolEndpoint.Session("count", "session", null, null, false));
			assertThat(description.elements()).extracting(RSerPoolEndpoint.Element::sessions).containsExactly(0);
		});
	}

	@Test
	void drainsAndUndrainsWhileTheApplicationStaysUp() {
		this.runner.run((context) -> {
			RSerPoolEndpoint endpoint = context.getBean(RSerPoolEndpoint.class);
			assertThat(endpoint.change("drain", "echo", null, null)).singleElement().satisfies((element) -> {
				assertThat(element.drained()).isTrue();
				assertThat(element.state()).isEqualTo("DEREGISTERED");
			});
			assertThat(this.node.elements()).isEmpty();
			assertThat(context.isActive()).isTrue();
			assertThat(endpoint.change("undrain", null, null, null)).singleElement()
				.satisfies((element) -> assertThat(element.drained()).isFalse());
			assertThat(this.node.elements()).singleElement()
				.satisfies((element) -> assertThat(element.identifier()).isEqualTo(10));
		});
	}

	@Test
	void refusesWhatItDoesNotKnow() {
		this.runner.run((context) -> {
			RSerPoolEndpoint endpoint = context.getBean(RSerPoolEndpoint.class);
			assertThatExceptionOfType(InvalidEndpointRequestException.class)
				.isThrownBy(() -> endpoint.change("stop", "echo", null, null))
				.withMessageContaining("'stop'");
			assertThatExceptionOfType(InvalidEndpointRequestException.class)
				.isThrownBy(() -> endpoint.change("drain", "other", null, null))
				.withMessageContaining("'other'");
		});
	}

	@Test
	void changesTheWeightWhileTheApplicationRuns() {
		this.runner.withPropertyValues("rserpool.element.echo.policy=weighted-random").run((context) -> {
			RSerPoolEndpoint endpoint = context.getBean(RSerPoolEndpoint.class);
			assertThat(endpoint.rserpool().elements()).extracting(RSerPoolEndpoint.Element::policy)
				.containsExactly("WEIGHTED_RANDOM[WEIGHT=1]");
			assertThat(endpoint.change(null, "echo", 3L, null)).extracting(RSerPoolEndpoint.Element::policy)
				.containsExactly("WEIGHTED_RANDOM[WEIGHT=3]");
			assertThat(this.node.updates()).containsExactly(MemberSelectionPolicy.of(PolicyType.WEIGHTED_RANDOM, 3));
		});
	}

	@Test
	void refusesValuesThatThePolicyDoesNotHave() {
		this.runner.run((context) -> {
			RSerPoolEndpoint endpoint = context.getBean(RSerPoolEndpoint.class);
			assertThatExceptionOfType(InvalidEndpointRequestException.class)
				.isThrownBy(() -> endpoint.change(null, "echo", null, 3L))
				.withMessage("The PRIORITY of the element of pool 'echo' cannot change: RANDOM has no PRIORITY");
			assertThatExceptionOfType(InvalidEndpointRequestException.class)
				.isThrownBy(() -> endpoint.change(null, null, 3L, null))
				.withMessageContaining("There is no pool");
			assertThatExceptionOfType(InvalidEndpointRequestException.class)
				.isThrownBy(() -> endpoint.change(null, "echo", null, null))
				.withMessageContaining("no action");
			assertThat(this.node.updates()).isEmpty();
		});
	}

	@Test
	void isNotThereUnlessItIsExposed() {
		this.runner
			.withPropertyValues("management.endpoints.web.exposure.include=health",
					"management.endpoints.jmx.exposure.include=health")
			.run((context) -> assertThat(context).doesNotHaveBean(RSerPoolEndpoint.class));
		this.runner.withClassLoader(new FilteredClassLoader(Endpoint.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("rserpoolEndpoint"));
	}

}
