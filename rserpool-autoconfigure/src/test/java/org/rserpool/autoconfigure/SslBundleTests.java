package org.rserpool.autoconfigure;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

import org.assertj.core.util.Throwables;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.rserpool.rpc.CallContext;
import org.rserpool.rpc.NoPoolElementException;
import org.rserpool.runtime.EndpointSpecification.Channel;
import org.rserpool.runtime.PeerIdentity;
import org.rserpool.spring.PoolElement;
import org.rserpool.spring.PoolUser;
import org.rserpool.spring.node.RegistrarUnreachableException;
import org.rserpool.transport.ClientAuthentication;
import org.rserpool.transport.TlsSettings;
import org.rserpool.transport.TransportSettings;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.jks.JksSslStoreBundle;
import org.springframework.boot.ssl.jks.JksSslStoreDetails;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Applications whose associations are encrypted, over sockets.
 */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
@ExtendWith(OutputCaptureExtension.class)
class SslBundleTests {

	private static TestCertificates authority;

	private static TestCertificates otherAuthority;

	private static Path keys;

	private static Path otherKeys;

	private final List<AutoCloseable> open = new ArrayList<>();

	@BeforeAll
	static void issue(@TempDir Path directory) {
		authority = new TestCertificates(directory, "scope");
		otherAuthority = new TestCertificates(directory, "elsewhere");
		keys = authority.issue("element", "dns:element.example.org");
		otherKeys = otherAuthority.issue("stranger", "dns:stranger.example.org");
	}

	@AfterEach
	void close() throws Exception {
		Collections.reverse(this.open);
		for (AutoCloseable each : this.open) {
			each.close();
		}
	}

	@Test
	void everythingIsEncryptedByABundle() {
		TestRegistrar registrar = open(new TestRegistrar(0,
				TransportSettings.defaults()
					.withTls(new TlsSettings(() -> bundle(authority, keys).createSslContext(),
							EnumSet.allOf(Channel.class), ClientAuthentication.NEED, false, null))));
		start(MirrorElement.class, registrar, authority, keys);
		awaitElement(registrar);
		Mirror echo = start(User.class, registrar, authority, keys).getBean(User.class).echo;
		Awaitility.await().ignoreExceptions().until(() -> echo.reflect("you").equals("you"));
		assertThat(echo.caller()).isEqualTo("CN=element [element, element.example.org]");
		ConfigurableApplicationContext plain = start(User.class, registrar);
		assertThatThrownBy(() -> plain.getBean(User.class).echo.reflect("you"))
			.isInstanceOf(NoPoolElementException.class);
	}

	@Test
	void newAssociationsUseANewCertificateWithoutRestart() {
		TestRegistrar registrar = open(new TestRegistrar());
		ConfigurableApplicationContext element = start(MirrorElement.class, registrar, authority, keys,
				"rserpool.ssl.registrars=false");
		awaitElement(registrar);
		ConfigurableApplicationContext first = start(User.class, registrar, authority, keys,
				"rserpool.ssl.registrars=false");
		Mirror echo = first.getBean(User.class).echo;
		Awaitility.await().ignoreExceptions().until(() -> echo.reflect("you").equals("you"));

		update(element, bundle(otherAuthority, otherKeys));
		assertThat(echo.reflect("again")).isEqualTo("again");
		ConfigurableApplicationContext second = start(User.class, registrar, authority, keys,
				"rserpool.ssl.registrars=false");
		Mirror stale = second.getBean(User.class).echo;
		NoPoolElementException refused = catchThrowableOfType(NoPoolElementException.class, () -> stale.reflect("you"));
		assertThat(refused).hasMessageContaining("mirror")
			.hasMessageContaining("127.0.0.1:")
			.hasMessageContaining("its certificate is not trusted");

		update(second, bundle(otherAuthority, otherKeys));
		Awaitility.await().ignoreExceptions().until(() -> stale.reflect("you").equals("you"));
	}

	@Test
	void aUserThatDoesNotEncryptIsToldSo() {
		TestRegistrar registrar = open(new TestRegistrar());
		start(MirrorElement.class, registrar, authority, keys, "rserpool.ssl.registrars=false");
		awaitElement(registrar);
		Mirror echo = start(User.class, registrar).getBean(User.class).echo;
		assertThatThrownBy(() -> echo.reflect("you")).isInstanceOf(NoPoolElementException.class)
			.hasMessageContaining("mirror")
			.hasMessageContaining("expects TLS, which is not configured on this side");
	}

	@Test
	void onlyWhoIsNamedIsARegistrar(CapturedOutput output) {
		TestRegistrar registrar = open(new TestRegistrar(0,
				TransportSettings.defaults()
					.withTls(new TlsSettings(() -> bundle(authority, keys).createSslContext(),
							EnumSet.allOf(Channel.class), ClientAuthentication.NEED, false, null))));
		start(MirrorElement.class, registrar, authority, keys, "rserpool.ssl.registrar-names=element.example.org");
		awaitElement(registrar);
		assertThatThrownBy(
				() -> start(User.class, registrar, authority, keys, "rserpool.ssl.registrar-names=registrar-*",
						"rserpool.startup.failure-policy=fail", "rserpool.startup.timeout=5s"))
			.rootCause()
			.isInstanceOf(RegistrarUnreachableException.class);
		assertThat(output)
			.contains("its certificate \"CN=element\" [element, element.example.org] has none of the names"
					+ " [registrar-*]");
	}

	@Test
	void namesOfRegistrarsNeedCertificates() {
		TestRegistrar registrar = open(new TestRegistrar());
		String names = "rserpool.ssl.registrar-names=registrar-*";
		String invalid = "Property rserpool.ssl.registrar-names with value";
		assertThatThrownBy(() -> start(User.class, registrar, names)).hasStackTraceContaining(invalid)
			.hasStackTraceContaining("'rserpool.ssl.bundle'");
		assertThatThrownBy(() -> start(User.class, registrar, authority, keys, names, "rserpool.ssl.registrars=false"))
			.hasStackTraceContaining(invalid)
			.hasStackTraceContaining("'rserpool.ssl.registrars' is false");
		assertThatThrownBy(() -> start(User.class, registrar, authority, keys, names, "rserpool.ssl.client-auth=none"))
			.hasStackTraceContaining(invalid)
			.hasStackTraceContaining("'rserpool.ssl.client-auth'");
	}

	@Test
	void aBundleThatDoesNotExistIsNamed() {
		TestRegistrar registrar = open(new TestRegistrar());
		assertThatThrownBy(() -> start(User.class, registrar, "rserpool.ssl.bundle=missing")).rootCause()
			.hasMessageContaining("missing");
		assertThatThrownBy(() -> start(User.class, registrar, "rserpool.ssl.bundle=missing"))
			.hasStackTraceContaining("Property rserpool.ssl.bundle with value 'missing' is invalid")
			.satisfies((failure) -> assertThat(Throwables.getStackTrace(failure)).doesNotContain("overwrite cause"));
	}

	@Test
	void sctpIsNotUsedWhereEverythingIsToBeEncrypted() {
		TestRegistrar registrar = open(new TestRegistrar());
		assertThatThrownBy(() -> start(User.class, registrar, authority, keys, "rserpool.transport=sctp"))
			.hasStackTraceContaining("Property rserpool.transport with value 'SCTP' is invalid")
			.hasStackTraceContaining("SCTP cannot be encrypted");
	}

	private <T extends AutoCloseable> T open(T closeable) {
		this.open.add(closeable);
		return closeable;
	}

	private static void awaitElement(TestRegistrar registrar) {
		Awaitility.await().until(() -> registrar.elements() == 1);
	}

	private ConfigurableApplicationContext start(Class<?> application, TestRegistrar registrar, TestCertificates issuer,
			Path ownKeys, String... properties) {
		List<String> all = new ArrayList<>(List.of(properties));
		all.addAll(List.of(issuer.bundle("scope", ownKeys)));
		all.add("rserpool.ssl.bundle=scope");
		return start(application, registrar, all.toArray(String[]::new));
	}

	private ConfigurableApplicationContext start(Class<?> application, TestRegistrar registrar, String... properties) {
		return open(new SpringApplicationBuilder(Application.class, application).web(WebApplicationType.NONE)
			.registerShutdownHook(false)
			.properties("rserpool.registrars=127.0.0.1:" + registrar.port(), "rserpool.listen=127.0.0.1:0",
					"rserpool.session.connect-timeout=30s", "rserpool.session.heartbeat-timeout=30s",
					"rserpool.user.mirror.deadline=60s", "spring.main.banner-mode=off", "spring.jmx.enabled=false")
			.properties(properties)
			.run());
	}

	private static void update(ConfigurableApplicationContext context, SslBundle bundle) {
		((DefaultSslBundleRegistry) context.getBean(SslBundles.class)).updateBundle("scope", bundle);
	}

	private static SslBundle bundle(TestCertificates issuer, Path ownKeys) {
		return SslBundle.of(new JksSslStoreBundle(store(ownKeys), store(issuer.trust())));
	}

	private static JksSslStoreDetails store(Path file) {
		return JksSslStoreDetails.forLocation(file.toUri().toString()).withPassword(TestCertificates.PASSWORD);
	}

	@EnableAutoConfiguration
	@Configuration(proxyBeanMethods = false)
	static class Application {

	}

	interface Mirror {

		String reflect(String text);

		String caller();

	}

	@PoolElement("mirror")
	static class MirrorElement implements Mirror {

		@Override
		public String reflect(String text) {
			return text;
		}

		@Override
		public String caller() {
			PeerIdentity caller = CallContext.current().callerIdentity();
			return (caller != null) ? caller.subject() + " " + new TreeSet<>(caller.names()) : "unknown";
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class User {

		private final Mirror echo;

		User(@PoolUser("mirror") Mirror echo) {
			this.echo = echo;
		}

	}

}
