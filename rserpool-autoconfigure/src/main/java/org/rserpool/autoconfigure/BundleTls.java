package org.rserpool.autoconfigure;

import java.util.EnumSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.rserpool.runtime.EndpointSpecification.Channel;
import org.rserpool.transport.ClientAuthentication;
import org.rserpool.transport.TlsKeys;
import org.rserpool.transport.TlsSettings;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/**
 * Encryption with the keys of an SSL bundle, which are replaced when it is reloaded.
 */
final class BundleTls {

	private static final String PROPERTY = "rserpool.ssl.bundle";

	private BundleTls() {
	}

	/**
	 * Makes the settings.
	 * @param ssl what is configured
	 * @param bundles the bundles of the application, or {@code null} if there are none
	 * @return the settings, or {@code null} if nothing is to be encrypted
	 * @throws InvalidConfigurationPropertyValueException if the bundle does not exist or
	 * cannot be used
	 */
	static @Nullable TlsSettings settings(SslProperties ssl, @Nullable SslBundles bundles) {
		String name = ssl.bundle();
		if (name == null || name.isBlank()) {
			checkNoNames(ssl, "There are no certificates without 'rserpool.ssl.bundle'.");
			return null;
		}
		if (!ssl.registrars()) {
			checkNoNames(ssl, "Registrars show no certificates where 'rserpool.ssl.registrars' is false.");
		}
		if (bundles == null) {
			throw unusable(name, "There are no SSL bundles. Configure it under spring.ssl.bundle.", null);
		}
		try {
			SslBundle bundle = bundles.getBundle(name);
			TlsKeys keys = new TlsKeys(name, bundle.createSslContext(), bundle.getStores().getTrustStore() != null);
			Set<Channel> channels = ssl.registrars() ? EnumSet.of(Channel.SESSION, Channel.ASAP)
					: EnumSet.of(Channel.SESSION);
			TlsSettings settings = keys.settings(channels, ssl.clientAuth(), ssl.verifyHost(),
					bundle.getOptions().getEnabledProtocols(), bundle.getOptions().getCiphers());
			if (settings.clientAuthentication() == ClientAuthentication.NONE) {
				checkNoNames(ssl, "Registrars that connect are not asked for a certificate."
						+ " Set 'rserpool.ssl.client-auth' to need or want.");
			}
			bundles.addBundleUpdateHandler(name, (updated) -> keys.replace(updated::createSslContext));
			return ssl.registrarNames().isEmpty() ? settings
					: settings.withPeerNames(Channel.ASAP, ssl.registrarNames());
		}
		catch (NoSuchSslBundleException ex) {
			throw unusable(name, "There is no SSL bundle of this name. Configure it under spring.ssl.bundle.", ex);
		}
		catch (IllegalArgumentException | IllegalStateException ex) {
			throw unusable(name, "The SSL bundle cannot be used: " + ex.getMessage(), ex);
		}
	}

	private static void checkNoNames(SslProperties ssl, String reason) {
		if (!ssl.registrarNames().isEmpty()) {
			throw new InvalidConfigurationPropertyValueException("rserpool.ssl.registrar-names", ssl.registrarNames(),
					reason);
		}
	}

	private static InvalidConfigurationPropertyValueException unusable(String name, String reason,
			@Nullable Throwable cause) {
		return new InvalidConfigurationPropertyValueException(PROPERTY, name, reason, cause);
	}

}
