package org.rserpool.registrar.app;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rserpool.wire.AsapMessage;
import org.rserpool.wire.AsapMessage.Registration;
import org.rserpool.wire.AsapMessage.RegistrationResponse;
import org.rserpool.wire.Decoded;
import org.rserpool.wire.Dialect;
import org.rserpool.wire.ErrorCause;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;
import org.rserpool.wire.Transport;
import org.rserpool.wire.WireCodec;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleRegistry;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * A registrar whose associations are encrypted.
 */
class RegistrarTlsTests {

	private static final PoolHandle POOL = PoolHandle.of("cart");

	private static final WireCodec CODEC = new WireCodec(Dialect.RFC);

	private static Path store;

	private static Path trust;

	private static Path cart;

	private static Path other;

	@BeforeAll
	static void makeCertificates(@TempDir Path directory)
			throws IOException, InterruptedException, GeneralSecurityException {
		store = makeStore(directory, "registrar");
		cart = makeStore(directory, "cart1");
		other = makeStore(directory, "other");
		KeyStore trusted = KeyStore.getInstance("PKCS12");
		trusted.load(null, null);
		for (Path each : List.of(store, cart, other)) {
			KeyStore keys = KeyStore.getInstance(each.toFile(), "secret".toCharArray());
			String alias = keys.aliases().nextElement();
			trusted.setCertificateEntry(alias, keys.getCertificate(alias));
		}
		trust = directory.resolve("trust.p12");
		try (OutputStream out = Files.newOutputStream(trust)) {
			trusted.store(out, "secret".toCharArray());
		}
	}

	private static Path makeStore(Path directory, String name) throws IOException, InterruptedException {
		Path made = directory.resolve(name + ".p12");
		Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-alias", name, "-dname", "CN=" + name, "-keyalg", "EC", "-groupname", "secp256r1",
				"-keystore", made.toString(), "-storetype", "PKCS12", "-storepass", "secret")
			.redirectErrorStream(true)
			.start();
		String output = new String(keytool.getInputStream().readAllBytes());
		assertThat(keytool.waitFor()).as(output).isZero();
		return made;
	}

	private static String[] bundle(String name, Path keys) {
		String prefix = "--spring.ssl.bundle.jks." + name + ".";
		return new String[] { prefix + "keystore.location=" + keys.toUri(), prefix + "keystore.password=secret",
				prefix + "truststore.location=" + trust.toUri(), prefix + "truststore.password=secret" };
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
	void newAssociationsUseANewCertificateWithoutRestart() throws IOException {
		List<String> arguments = new ArrayList<>(List.of("--rserpool.registrar.ssl.bundle=scope"));
		arguments.addAll(List.of(bundle("scope", store)));
		arguments.addAll(List.of(bundle("renewed", other)));
		try (ConfigurableApplicationContext context = start(arguments.toArray(String[]::new))) {
			int port = port(context);
			SslBundles bundles = context.getBean(SslBundles.class);
			try (SSLSocket before = connect(bundles.getBundle("scope"), port)) {
				assertThat(before.getSession().getPeerPrincipal()).hasToString("CN=registrar");
				((SslBundleRegistry) bundles).updateBundle("scope", bundles.getBundle("renewed"));
				try (SSLSocket after = connect(bundles.getBundle("renewed"), port)) {
					assertThat(after.getSession().getPeerPrincipal()).hasToString("CN=other");
				}
				assertThat(register(before).rejected()).isFalse();
			}
		}
	}

	private static SSLSocket connect(SslBundle keys, int port) throws IOException {
		SSLSocket socket = (SSLSocket) keys.createSslContext().getSocketFactory().createSocket("127.0.0.1", port);
		socket.startHandshake();
		return socket;
	}

	@Test
	void whoMayRegisterAndWhoIsARegistrarIsSaidByCertificates() throws IOException {
		List<String> arguments = new ArrayList<>(List.of("--rserpool.registrar.ssl.bundle=scope",
				"--rserpool.registrar.ssl.elements.cart=cart*", "--rserpool.registrar.ssl.registrars=registrar"));
		for (Map.Entry<String, Path> keys : Map.of("scope", store, "cart", cart, "other", other).entrySet()) {
			arguments.addAll(List.of(bundle(keys.getKey(), keys.getValue())));
		}
		try (ConfigurableApplicationContext context = start(arguments.toArray(String[]::new))) {
			int port = port(context);
			SslBundles bundles = context.getBean(SslBundles.class);
			assertThat(register(bundles.getBundle("other"), port)).satisfies((response) -> {
				assertThat(response.rejected()).isTrue();
				assertThat(response.causes()).containsExactly(ErrorCause.of(ErrorCause.SECURITY_CONSIDERATIONS));
			});
			assertThat(register(bundles.getBundle("cart"), port).rejected()).isFalse();
			Registrar registrar = context.getBean(Registrar.class);
			int enrp = registrar.snapshot().enrpAddresses().get(0).getPort();
			assertThat(isEnded(bundles.getBundle("cart"), enrp)).isTrue();
			assertThat(registrar.counters()).containsEntry("refused_certificates", 2L);
		}
	}

	/** Registers an element, and returns the answer. */
	private static RegistrationResponse register(SslBundle keys, int port) throws IOException {
		try (Socket socket = connect(keys, port)) {
			return register(socket);
		}
	}

	private static RegistrationResponse register(Socket socket) throws IOException {
		socket.setSoTimeout(30_000);
		Transport transport = new Transport.Tcp(4711, InetAddress.getByName("127.0.0.1"));
		ByteBuffer message = CODEC.encode(new Registration(POOL,
				new PoolElement(1, 0, 30_000, transport, MemberSelectionPolicy.ROUND_ROBIN, null)));
		byte[] octets = new byte[message.remaining()];
		message.get(octets);
		socket.getOutputStream().write(octets);
		DataInputStream in = new DataInputStream(socket.getInputStream());
		byte[] header = in.readNBytes(4);
		ByteBuffer answer = ByteBuffer.allocate(ByteBuffer.wrap(header).getShort(2) & 0xffff).put(header);
		answer.put(in.readNBytes(answer.remaining())).flip();
		assertThat(CODEC.decodeAsap(answer)).isInstanceOf(Decoded.Success.class);
		return (RegistrationResponse) ((Decoded.Success<AsapMessage>) CODEC.decodeAsap(answer)).message();
	}

	/** Connects, and returns whether the registrar ends that at once. */
	private static boolean isEnded(SslBundle keys, int port) throws IOException {
		try (Socket socket = keys.createSslContext().getSocketFactory().createSocket("127.0.0.1", port)) {
			socket.setSoTimeout(30_000);
			return socket.getInputStream().read() < 0;
		}
		catch (SocketTimeoutException ex) {
			throw ex;
		}
		catch (SocketException | SSLException ex) {
			return true;
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			elements.cart=cart | bundle=                  | there are no certificates without TLS
			registrars=reg     | bundle=                  | there are no certificates without TLS
			elements.cart=cart | client-auth=none         | nobody is asked for a certificate
			elements.cart=a,,b | client-auth=need         | one of the names is empty
			""")
	void rulesThatCannotHoldAreNamed(String rule, String property, String reason) {
		List<String> arguments = new ArrayList<>(List.of(bundle("scope", store)));
		arguments.add("--rserpool.registrar.ssl." + rule);
		if (!property.startsWith("bundle")) {
			arguments.add("--rserpool.registrar.ssl.bundle=scope");
		}
		arguments.add("--rserpool.registrar.ssl." + property);
		assertThatThrownBy(() -> start(arguments.toArray(String[]::new)))
			.hasStackTraceContaining("Property rserpool.registrar.ssl." + rule.substring(0, 8))
			.hasStackTraceContaining(reason);
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
