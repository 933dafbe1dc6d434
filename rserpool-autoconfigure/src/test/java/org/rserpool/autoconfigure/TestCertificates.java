package org.rserpool.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;

/**
 * A certificate authority for tests, and what it issues, made by the JDK's own tool.
 */
public class TestCertificates {

	/** What protects all stores. */
	public static final String PASSWORD = "secret";

	private final Path directory;

	private final String name;

	public TestCertificates(Path directory, String name) {
		this.directory = directory;
		this.name = name;
		keytool("-genkeypair", "-alias", "authority", "-dname", "CN=" + name, "-ext", "bc:c");
	}

	/**
	 * Issues a certificate.
	 * @param subject the name of the subject
	 * @param hosts the subject's alternative names, such as ip:127.0.0.1
	 * @return the file of a key store with the key and its certificates
	 */
	public Path issue(String subject, String hosts) {
		keytool("-genkeypair", "-signer", "authority", "-alias", subject, "-dname", "CN=" + subject, "-ext",
				"san=" + hosts);
		return write(subject, (all, issued) -> issued.setKeyEntry(subject, all.getKey(subject, PASSWORD.toCharArray()),
				PASSWORD.toCharArray(), all.getCertificateChain(subject)));
	}

	/**
	 * Return who trusts this authority.
	 * @return the file of a trust store
	 */
	public Path trust() {
		return write("trust",
				(all, trusted) -> trusted.setCertificateEntry("authority", all.getCertificate("authority")));
	}

	/**
	 * Return properties of an SSL bundle.
	 * @param bundle its name
	 * @param keys the file of its key store
	 * @return the properties
	 */
	public String[] bundle(String bundle, Path keys) {
		String prefix = "spring.ssl.bundle.jks." + bundle + ".";
		return new String[] { prefix + "keystore.location=" + keys.toUri(), prefix + "keystore.password=" + PASSWORD,
				prefix + "truststore.location=" + trust().toUri(), prefix + "truststore.password=" + PASSWORD };
	}

	private Path write(String suffix, Entry entry) {
		Path file = this.directory.resolve(this.name + "-" + suffix + ".p12");
		try (InputStream in = Files.newInputStream(store()); OutputStream out = Files.newOutputStream(file)) {
			KeyStore all = KeyStore.getInstance("PKCS12");
			all.load(in, PASSWORD.toCharArray());
			KeyStore written = KeyStore.getInstance("PKCS12");
			written.load(null, null);
			entry.copy(all, written);
			written.store(out, PASSWORD.toCharArray());
			return file;
		}
		catch (GeneralSecurityException | IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private Path store() {
		return this.directory.resolve(this.name + ".p12");
	}

	private void keytool(String... arguments) {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
		command.addAll(List.of(arguments));
		command.addAll(List.of("-keystore", store().toString(), "-storetype", "PKCS12", "-storepass", PASSWORD,
				"-keyalg", "EC", "-groupname", "secp256r1", "-validity", "30"));
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

	private interface Entry {

		void copy(KeyStore from, KeyStore to) throws GeneralSecurityException;

	}

}
