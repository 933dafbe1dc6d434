package org.rserpool.autoconfigure.http;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.rserpool.autoconfigure.TestCertificates;
import org.rserpool.autoconfigure.TestRegistrar;
import org.rserpool.spring.PoolElement;
import org.rserpool.spring.PoolUser;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.ssl.SslBundleRegistry;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * A web server with encryption as a pool element.
 */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class HttpsElementTests {

	@Test
	void requestsAreEncryptedWhereTheWebServerIs(@TempDir Path directory) {
		TestCertificates authority = new TestCertificates(directory, "web");
		List<String> bundle = List.of(authority.bundle("web", authority.issue("server", "ip:127.0.0.1")));
		try (TestRegistrar registrar = new TestRegistrar();
				ConfigurableApplicationContext element = start(Element.class, WebApplicationType.SERVLET, registrar,
						bundle, "server.ssl.bundle=web", "server.port=0", "server.address=127.0.0.1");
				ConfigurableApplicationContext user = start(User.class, WebApplicationType.NONE, registrar, bundle,
						"spring.http.clients.ssl.bundle=web", "rserpool.user.secret.deadline=60s",
						"rserpool.session.connect-timeout=30s")) {
			Awaitility.await().until(() -> registrar.elements() == 1);
			assertThat(element.isActive()).isTrue();
			assertThat(user.getBean(User.class).client.get().uri("/secret").retrieve().body(String.class))
				.isEqualTo("told");
		}
	}

	@Test
	void whenTheBundleIsReloadedThenNewConnectionsUseIt(@TempDir Path directory) {
		TestCertificates authority = new TestCertificates(directory, "web");
		TestCertificates renewed = new TestCertificates(directory, "renewed");
		List<String> elementBundles = new ArrayList<>(
				List.of(authority.bundle("web", authority.issue("server", "ip:127.0.0.1"))));
		elementBundles.addAll(List.of(renewed.bundle("next", renewed.issue("server", "ip:127.0.0.1"))));
		List<String> trusting = List.of(renewed.bundle("web", renewed.issue("user", "dns:user.example.org")));
		try (TestRegistrar registrar = new TestRegistrar();
				ConfigurableApplicationContext element = start(Element.class, WebApplicationType.SERVLET, registrar,
						elementBundles, "server.ssl.bundle=web", "server.port=0", "server.address=127.0.0.1");
				ConfigurableApplicationContext user = start(User.class, WebApplicationType.NONE, registrar, trusting,
						"spring.http.clients.ssl.bundle=web", "rserpool.user.secret.deadline=60s",
						"rserpool.session.connect-timeout=30s")) {
			Awaitility.await().until(() -> registrar.elements() == 1);
			RestClient client = user.getBean(User.class).client;
			assertThatThrownBy(() -> client.get().uri("/secret").retrieve().body(String.class))
				.hasStackTraceContaining("SSLHandshakeException");
			SslBundles bundles = element.getBean(SslBundles.class);
			((SslBundleRegistry) bundles).updateBundle("web", bundles.getBundle("next"));
			Awaitility.await()
				.ignoreExceptions()
				.until(() -> "told".equals(client.get().uri("/secret").retrieve().body(String.class)));
		}
	}

	private static ConfigurableApplicationContext start(Class<?> application, WebApplicationType type,
			TestRegistrar registrar, List<String> bundle, String... properties) {
		List<String> all = new ArrayList<>(bundle);
		all.addAll(List.of(properties));
		all.addAll(List.of("rserpool.registrars=127.0.0.1:" + registrar.port(), "rserpool.listen=127.0.0.1:0",
				"spring.main.banner-mode=off"));
		return new SpringApplicationBuilder(application).web(type)
			.registerShutdownHook(false)
			.properties(all.toArray(String[]::new))
			.run();
	}

	@EnableAutoConfiguration
	@Configuration(proxyBeanMethods = false)
	@RestController
	@PoolElement("secret")
	static class Element {

		@GetMapping("/secret")
		String tell() {
			return "told";
		}

	}

	@EnableAutoConfiguration
	@Configuration(proxyBeanMethods = false)
	static class User {

		private final RestClient client;

		User(@PoolUser("secret") RestClient client) {
			this.client = client;
		}

	}

}
