package org.rserpool.registrar.app;

import java.util.EnumSet;

import org.jspecify.annotations.Nullable;
import org.rserpool.runtime.EndpointSpecification.Channel;
import org.rserpool.transport.TlsKeys;
import org.rserpool.transport.TlsSettings;

import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/**
 * Encryption with the keys of an SSL bundle, which are replaced when it is reloaded.
 */
final class BundleTls {

	private static final String PROPERTY = "rserpool.registrar.ssl.bundle";

	private BundleTls() {
	}

	/**
	 * Makes the settings.
	 * @param ssl what is configured
	 * @param bundles the bundles of the registrar, or {@code null} if there are none
	 * @return the settings, or {@code null} if nothing is to be encrypted
	 * @throws InvalidPropertyException if the bundle does not exist or cannot be used
	 */
	static @Nullable TlsSettings settings(RegistrarProperties.Ssl ssl, @Nullable SslBundles bundles) {
		String name = ssl.bundle();
		if (name == null || name.isBlank()) {
			return null;
		}
		if (bundles == null) {
			throw unusable(name, "there are no SSL bundles", null);
		}
		try {
			SslBundle bundle = bundles.getBundle(name);
			TlsKeys keys = new TlsKeys(name, bundle.createSslContext(), bundle.getStores().getTrustStore() != null);
			TlsSettings settings = keys.settings(EnumSet.allOf(Channel.class), ssl.clientAuth(), ssl.verifyHost(),
					bundle.getOptions().getEnabledProtocols(), bundle.getOptions().getCiphers());
			bundles.addBundleUpdateHandler(name, (updated) -> keys.replace(updated::createSslContext));
			return settings;
		}
		catch (NoSuchSslBundleException ex) {
			throw unusable(name, "there is no SSL bundle of this name", ex);
		}
		catch (IllegalArgumentException | IllegalStateException ex) {
			throw unusable(name, "the SSL bundle cannot be used: " + ex.getMessage(), ex);
		}
	}

	private static InvalidPropertyException unusable(String name, String reason, @Nullable Throwable cause) {
		InvalidPropertyException failure = new InvalidPropertyException(PROPERTY, name, reason,
				"Configure an SSL bundle of that name under spring.ssl.bundle, with a key and what it trusts.");
		if (cause != null) {
			failure.initCause(cause);
		}
		return failure;
	}

}
