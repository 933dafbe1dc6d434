package org.rserpool.transport;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate authority for tests, and what it issues, made by the JDK's own tool.
 */
final class TestCertificates {

	private static final char[] PASSWORD = "secret".toCharArray();

	private final Path store;

	TestCertificates(Path directory, String name) {
		this.store = directory.resolve(name + ".p12");
		keytool("-genkeypair", "-alias", "authority", "-dname", "CN=" + name, "-ext", "bc:c");
	}

	/**
	 * Issues a certificate.
	 * @param name the name of the subject
	 * @param hosts the subject's alternative names, such as ip:127.0.0.1
	 * @return a key store with the key and its certificates
	 */
	KeyStore issue(String name, String hosts) {
		keytool("-genkeypair", "-signer", "authority", "-alias", name, "-dname", "CN=" + name, "-ext", "san=" + hosts);
		try {
			KeyStore all = load();
			KeyStore issued = empty();
			issued.setKeyEntry(name, all.getKey(name, PASSWORD), PASSWORD, all.getCertificateChain(name));
			return issued;
		}
		catch (GeneralSecurityException | IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Makes a context that trusts this authority.
	 * @param keys the key store of this side, or {@code null} for none
	 * @return the context
	 */
	SSLContext context(KeyStore keys) {
		try {
			KeyStore trusted = empty();
			trusted.setCertificateEntry("authority", load().getCertificate("authority"));
			TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
			trust.init(trusted);
			KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
			own.init((keys != null) ? keys : empty(), PASSWORD);
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
			return context;
		}
		catch (GeneralSecurityException | IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private KeyStore load() throws GeneralSecurityException, IOException {
		KeyStore all = KeyStore.getInstance("PKCS12");
		try (InputStream in = Files.newInputStream(this.store)) {
			all.load(in, PASSWORD);
		}
		return all;
	}

	private static KeyStore empty() throws GeneralSecurityException, IOException {
		KeyStore store = KeyStore.getInstance("PKCS12");
		store.load(null, PASSWORD);
		return store;
	}

	private void keytool(String... arguments) {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
		command.addAll(List.of(arguments));
		command.addAll(List.of("-keystore", this.store.toString(), "-storetype", "PKCS12", "-storepass",
				new String(PASSWORD), "-keyalg", "EC", "-groupname", "secp256r1", "-validity", "30"));
		try {
			Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
			String output = new String(process.getInputStream().readAllBytes());
			if (process.waitFor() != 0) {
				throw new IllegalStateException(output);
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
