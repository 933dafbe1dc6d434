package org.rserpool.registrar.app;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import javax.net.ssl.SSLSocket;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * A registrar whose associations are encrypted.
 */
class RegistrarTlsTests {

	private static Path store;

	@BeforeAll
	static void makeCertificate(@TempDir Path directory) throws IOException, InterruptedException {
		store = directory.resolve("registrar.p12");
		Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-alias", "registrar", "-dname", "CN=registrar", "-keyalg", "EC", "-groupname",
				"secp256r1", "-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", "secret")
			.redirectErrorStream(true)
			.start();
		String output = new String(keytool.getInputStream().readAllBytes());
		assertThat(keytool.waitFor()).as(output).isZero();
	}

	@Test
	void associationsAreEncryptedAndOthersRefused() throws IOException {
		String bundle = "--spring.ssl.bundle.jks.scope.";
		try (ConfigurableApplicationContext context = start("--rserpool.registrar.ssl.bundle=scope",
				bundle + "keystore.location=" + store.toUri(), bundle + "keystore.password=secret",
				bundle + "truststore.location=" + store.toUri(), bundle + "truststore.password=secret")) {
			int port = port(context);
			SslBundle keys = context.getBean(SslBundles.class).getBundle("scope");
			try (SSLSocket socket = (SSLSocket) keys.createSslContext()
				.getSocketFactory()
				.createSocket("127.0.0.1", port)) {
				socket.startHandshake();
				assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.3");
			}
			try (Socket plain = new Socket("127.0.0.1", port)) {
				plain.getOutputStream().write(new byte[] { 5, 0, 0, 8, 0, 0, 0, 0 });
				byte[] answer = plain.getInputStream().readAllBytes();
				assertThat(answer).as("a fatal alert").startsWith(0x15, 3);
			}
		}
	}

	@Test
	void aBundleThatDoesNotExistIsNamed() {
		assertThatThrownBy(() -> start("--rserpool.registrar.ssl.bundle=missing"))
			.hasRootCauseMessage("SSL bundle name 'missing' cannot be found")
			.hasStackTraceContaining(
					"Property rserpool.registrar.ssl.bundle has the value \"missing\": there is no SSL bundle of this name");
	}

	@Test
	void sctpIsNotUsedWhereEverythingIsToBeEncrypted() {
		assertThatThrownBy(() -> start("--rserpool.registrar.ssl.bundle=scope", "--rserpool.registrar.transport=sctp",
				"--spring.ssl.bundle.jks.scope.keystore.location=" + store.toUri(),
				"--spring.ssl.bundle.jks.scope.keystore.password=secret"))
			.hasStackTraceContaining("SCTP cannot be encrypted");
	}

	private static int port(ConfigurableApplicationContext context) {
		Registrar registrar = context.getBean(Registrar.class);
		Awaitility.await().until(() -> !registrar.snapshot().asapAddresses().isEmpty());
		return registrar.snapshot().asapAddresses().get(0).getPort();
	}

	private static ConfigurableApplicationContext start(String... arguments) {
		List<String> all = new ArrayList<>(List.of("--rserpool.registrar.asap.listen=127.0.0.1:0",
				"--rserpool.registrar.enrp.listen=127.0.0.1:0", "--rserpool.registrar.announcements.enabled=false",
				"--rserpool.registrar.mentor.timeout=10ms"));
		all.addAll(List.of(arguments));
		return new SpringApplicationBuilder(RegistrarApplication.class).web(WebApplicationType.NONE)
			.registerShutdownHook(false)
			.run(all.toArray(String[]::new));
	}

}
