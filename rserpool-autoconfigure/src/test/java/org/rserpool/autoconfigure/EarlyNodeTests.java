package org.rserpool.autoconfigure;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.rserpool.runtime.EndpointSpecification.Channel;
import org.rserpool.transport.ClientAuthentication;
import org.rserpool.transport.TlsSettings;
import org.rserpool.transport.TransportSettings;

import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.jks.JksSslStoreBundle;
import org.springframework.boot.ssl.jks.JksSslStoreDetails;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for {@link EarlyNode}.
 */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class EarlyNodeTests {

	@Test
	void aNodeIsAsPropertiesSay() {
		try (TestRegistrar registrar = new TestRegistrar();
				EarlyNode node = start("rserpool.registrars=127.0.0.1:" + registrar.port(),
						"rserpool.user.settings.pool=shop")) {
			assertThat(node).isNotNull();
			Awaitility.await().until(() -> node.node().home() != null);
			assertThat(node.properties().user()).containsOnlyKeys("settings");
			assertThat(node.settings().settings("settings").pool()).isEqualTo("shop");
			assertThat(node.settings().settings("other").pool()).isEqualTo("other");
		}
	}

	@Test
	void itsAssociationsAreEncryptedByABundle(@TempDir Path directory) {
		TestCertificates authority = new TestCertificates(directory, "scope");
		Path keys = authority.issue("user", "dns:user.example.org");
		SslBundle bundle = SslBundle.of(new JksSslStoreBundle(store(keys), store(authority.trust())));
		TransportSettings encrypted = TransportSettings.defaults()
			.withTls(new TlsSettings(bundle::createSslContext, EnumSet.allOf(Channel.class), ClientAuthentication.NEED,
					false, null));
		try (TestRegistrar registrar = new TestRegistrar(0, encrypted);
				EarlyNode node = start(
						Stream
							.concat(Stream.of(authority.bundle("scope", keys)),
									Stream.of("rserpool.ssl.bundle=scope",
											"rserpool.registrars=127.0.0.1:" + registrar.port()))
							.toArray(String[]::new))) {
			assertThat(node).isNotNull();
			Awaitility.await().until(() -> node.node().home() != null);
		}
	}

	@Test
	void aBundleThatIsMissingIsNamed() {
		assertThatThrownBy(() -> start("rserpool.ssl.bundle=missing", "rserpool.registrars=127.0.0.1:1"))
			.hasStackTraceContaining("Property rserpool.ssl.bundle with value 'missing' is invalid");
	}

	@Test
	void whenPropertiesSaySoThenThereIsNone() {
		assertThat(start("rserpool.enabled=false", "rserpool.registrars=127.0.0.1:1")).isNull();
		assertThat(start("rserpool.announcements.enabled=false")).isNull();
	}

	private static EarlyNode start(String... properties) {
		Map<String, String> values = new HashMap<>();
		Stream.of(properties).map((each) -> each.split("=", 2)).forEach((each) -> values.put(each[0], each[1]));
		return EarlyNode.start(new Binder(new MapConfigurationPropertySource(values)), BindHandler.DEFAULT);
	}

	private static JksSslStoreDetails store(Path file) {
		return JksSslStoreDetails.forLocation(file.toUri().toString()).withPassword(TestCertificates.PASSWORD);
	}

}
