package org.rserpool.autoconfigure;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;
import org.mockito.Mockito;
import org.rserpool.rpc.CborPayloadCodec;
import org.rserpool.rpc.JsonPayloadCodec;
import org.rserpool.rpc.PayloadCodec;
import org.rserpool.rpc.ProtobufPayloadCodec;
import org.rserpool.rpc.RSerPoolNode;
import org.rserpool.runtime.TransportProtocol;
import org.rserpool.session.SessionSettings;
import org.rserpool.spring.node.LifecycleNode;
import org.rserpool.spring.node.NodeFactory;
import org.rserpool.transport.RoleLoop;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class RSerPoolAutoConfigurationTests {

	private final AtomicInteger started = new AtomicInteger();

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(AutoConfigurations
		.of(RSerPoolAutoConfiguration.class, PoolElementAutoConfiguration.class, PoolUserAutoConfiguration.class));

	private final ApplicationContextRunner fakeRunner = this.runner.withBean(NodeFactory.class, () -> () -> {
		this.started.incrementAndGet();
		return new FakeNode();
	});

	@Test
	void whenDisabledThenNothingIsConfigured() {
		this.runner.withPropertyValues("rserpool.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(RSerPoolNode.class)
				.doesNotHaveBean(RSerPoolProperties.class)
				.doesNotHaveBean(RSerPoolConnectionDetails.class));
	}

	@Test
	void whenTheLibraryIsMissingThenNothingIsConfigured() {
		this.runner.withClassLoader(new FilteredClassLoader(LifecycleNode.class))
			.run((context) -> assertThat(context).doesNotHaveBean("rserpoolNode"));
	}

	@Test
	void whenANodeIsThereThenItWins() {
		this.runner.withBean(FakeNode.class).run((context) -> {
			assertThat(context).hasSingleBean(RSerPoolNode.class);
			assertThat(context.getBean(RSerPoolNode.class)).isInstanceOf(FakeNode.class);
		});
	}

	@Test
	void whenACodecIsThereThenItWins() {
		PayloadCodec codec = Mockito.mock(PayloadCodec.class);
		this.fakeRunner.withBean("mine", PayloadCodec.class, () -> codec)
			.run((context) -> assertThat(context).getBean(PayloadCodec.class).isSameAs(codec));
		this.fakeRunner
			.run((context) -> assertThat(context).getBean(PayloadCodec.class).isInstanceOf(CborPayloadCodec.class));
		this.fakeRunner.withPropertyValues("rserpool.payload=json")
			.run((context) -> assertThat(context).getBean(PayloadCodec.class).isInstanceOf(JsonPayloadCodec.class));
		this.fakeRunner.withPropertyValues("rserpool.payload=protobuf")
			.run((context) -> assertThat(context).getBean(PayloadCodec.class).isInstanceOf(ProtobufPayloadCodec.class));
	}

	@Test
	void whenTheLibraryOfAFormatIsMissingThenItIsNamed() {
		this.fakeRunner.withPropertyValues("rserpool.payload=protobuf")
			.withClassLoader(new FilteredClassLoader("com.google.protobuf"))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidConfigurationPropertyValueException.class)
				.hasMessageContaining("rserpool.payload")
				.hasMessageContaining("com.google.protobuf:protobuf-java"));
	}

	@Test
	void whenNoPoolIsUsedThenNoNodeIsStarted() {
		this.fakeRunner.run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(LifecycleNode.class).isRunning()).isFalse();
		});
		assertThat(this.started).hasValue(0);
	}

	@Test
	void whenThereIsAPoolElementThenTheNodeStarts() {
		this.fakeRunner.withBean(EchoElement.class)
			.run((context) -> assertThat(context.getBean(LifecycleNode.class).isRunning()).isTrue());
		assertThat(this.started).hasValue(1);
	}

	@Test
	void whenThereIsAPoolUserThenTheNodeStarts() {
		this.fakeRunner.withBean(EchoUser.class)
			.run((context) -> assertThat(context.getBean(LifecycleNode.class).isRunning()).isTrue());
		assertThat(this.started).hasValue(1);
	}

	@Test
	void whenRegistrarsAreConfiguredThenTheyAreTheConnectionDetails() {
		this.fakeRunner
			.withPropertyValues(
					"rserpool.registrars=one:3863, [2001:db8::1]:4000,192.0.2.1:1,_asap-tcp._tcp.example.org")
			.run((context) -> assertThat(context.getBean(RSerPoolConnectionDetails.class).getRegistrars())
				.containsExactly(new RSerPoolConnectionDetails.Registrar("one", 3863),
						new RSerPoolConnectionDetails.Registrar("2001:db8::1", 4000),
						new RSerPoolConnectionDetails.Registrar("192.0.2.1", 1),
						new RSerPoolConnectionDetails.Registrar("_asap-tcp._tcp.example.org", 0)));
	}

	@Test
	void whenConnectionDetailsAreThereThenTheyWin() {
		RSerPoolConnectionDetails details = () -> List.of(new RSerPoolConnectionDetails.Registrar("container", 1));
		this.fakeRunner.withBean(RSerPoolConnectionDetails.class, () -> details)
			.run((context) -> assertThat(context).hasSingleBean(RSerPoolConnectionDetails.class)
				.doesNotHaveBean(PropertiesRSerPoolConnectionDetails.class));
	}

	@Test
	void whenARegistrarDoesNotParseThenPropertyValueAndFormAreNamed() {
		for (String value : List.of("registrar", "registrar:", ":3863", "registrar:0", "registrar:65536", "a b:1",
				"2001:db8::1:3863", "http://registrar:1", "registrar:99999999999")) {
			this.fakeRunner.withPropertyValues("rserpool.registrars[0]=good:1", "rserpool.registrars[1]=" + value)
				.run((context) -> assertThat(context).getFailure()
					.rootCause()
					.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, (failure) -> {
						assertThat(failure.getName()).isEqualTo("rserpool.registrars[1]");
						assertThat(failure.getValue()).isEqualTo(value);
						assertThat(failure.getReason()).contains("form host:port");
					}));
		}
	}

	@Test
	void whenNoRegistrarCanBeFoundThenAnApplicationWithPoolsDoesNotStart() {
		this.runner.withBean(EchoUser.class)
			.withPropertyValues("rserpool.announcements.enabled=false")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(NoRegistrarConfiguredException.class));
		this.runner.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void whenAPropertyCannotBeUsedThenItIsNamed() {
		assertInvalid("rserpool.hunt.standbys", "3", "from 0 to 2");
		assertInvalid("rserpool.hunt.resolve-interval", "0s", "positive");
		assertInvalid("rserpool.announcements.interfaces", "", "network interfaces");
		assertInvalid("rserpool.announcements.groups[0]", "192.0.2.1:3863", "multicast group");
		assertInvalid("rserpool.announcements.groups[0]", "everybody:3863", "multicast group");
		assertInvalid("rserpool.announcements.groups[0]", "224.0.1.185", "form host:port");
		assertInvalid("rserpool.listen", "everywhere", "form host:port");
		assertInvalid("rserpool.session.heartbeat-timeout", "100ms", "rserpool.session.heartbeat-interval");
		assertInvalid("rserpool.session.heartbeat-interval", "0s", "positive");
		assertInvalid("rserpool.session.connect-timeout", "-1s", "positive");
	}

	@Test
	@DisabledIf("hasSctp")
	void whenSctpIsMissingThenItSaysWhatIsMissing() {
		assertInvalid("rserpool.transport", "sctp",
				"SCTP cannot be used here: " + RoleLoop.missing(TransportProtocol.SCTP));
	}

	static boolean hasSctp() {
		return RoleLoop.missing(TransportProtocol.SCTP) == null;
	}

	private void assertInvalid(String property, String value, String reason) {
		this.runner.withPropertyValues(property + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, (failure) -> {
					assertThat(failure.getName()).isEqualTo(property);
					assertThat(failure.getReason()).contains(reason);
				}));
	}

	@Test
	void theDefaultsOfTheSessionAreThoseOfTheLibrary() {
		this.runner.run((context) -> {
			RSerPoolProperties.Session session = context.getBean(RSerPoolProperties.class).session();
			SessionSettings defaults = SessionSettings.DEFAULT;
			assertThat(session).isEqualTo(new RSerPoolProperties.Session(defaults.heartbeatInterval(),
					defaults.silenceLimit(), defaults.connectTimeout(), null));
		});
	}

	@Test
	void theFailureForNoRegistrarNamesTheProperty() {
		FailureAnalysis analysis = new NoRegistrarConfiguredFailureAnalyzer()
			.analyze(new IllegalStateException(new NoRegistrarConfiguredException()));
		assertThat(analysis.getDescription()).contains("no registrar is configured");
		assertThat(analysis.getAction()).contains("rserpool.registrars=");
	}

}
