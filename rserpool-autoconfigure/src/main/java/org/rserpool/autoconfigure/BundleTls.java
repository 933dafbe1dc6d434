package org.rserpool.autoconfigure;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

import javax.net.ssl.SSLContext;

import org.jspecify.annotations.Nullable;
import org.rserpool.runtime.EndpointSpecification.Channel;
import org.rserpool.transport.ClientAuthentication;
import org.rserpool.transport.TlsSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/**
 * Encryption with the keys of an SSL bundle, which are replaced when it is reloaded.
 */
final class BundleTls {

	private static final Logger logger = LoggerFactory.getLogger(BundleTls.class);

	private static final String PROPERTY = "rserpool.ssl.bundle";

	private final String name;

	private final AtomicReference<SSLContext> context;

	private BundleTls(String name, SslBundle bundle) {
		this.name = name;
		this.context = new AtomicReference<>(bundle.createSslContext());
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
			return null;
		}
		if (bundles == null) {
			throw unusable(name, "There are no SSL bundles. Configure it under spring.ssl.bundle.", null);
		}
		try {
			SslBundle bundle = bundles.getBundle(name);
			BundleTls keys = new BundleTls(name, bundle);
			TlsSettings settings = keys.settings(ssl, bundle);
			settings.check();
			bundles.addBundleUpdateHandler(name, keys::update);
			return settings;
		}
		catch (NoSuchSslBundleException ex) {
			throw unusable(name, "There is no SSL bundle of this name. Configure it under spring.ssl.bundle.", ex);
		}
		catch (IllegalArgumentException | IllegalStateException ex) {
			throw unusable(name, "The SSL bundle cannot be used: " + ex.getMessage(), ex);
		}
	}

	private TlsSettings settings(SslProperties ssl, SslBundle bundle) {
		boolean ownTrust = bundle.getStores().getTrustStore() != null;
		ClientAuthentication wanted = ssl.clientAuth();
		Boolean verifyHost = ssl.verifyHost();
		Set<Channel> channels = EnumSet.of(Channel.SESSION);
		if (ssl.registrars()) {
			channels.add(Channel.ASAP);
		}
		String[] protocols = bundle.getOptions().getEnabledProtocols();
		if (protocols != null && !List.of(protocols).contains("TLSv1.3")) {
			throw new IllegalArgumentException("its options do not enable TLSv1.3");
		}
		String[] ciphers = bundle.getOptions().getCiphers();
		return new TlsSettings(this.context::get, channels,
				(wanted != null) ? wanted : ownTrust ? ClientAuthentication.NEED : ClientAuthentication.NONE,
				(verifyHost != null) ? verifyHost : !ownTrust, (ciphers != null) ? List.of(ciphers) : null);
	}

	private void update(SslBundle bundle) {
		try {
			this.context.set(bundle.createSslContext());
			logger.info("New associations use what SSL bundle '{}' has now", this.name);
		}
		catch (IllegalStateException ex) {
			logger.error("SSL bundle '{}' was reloaded and cannot be used; associations go on with what it had",
					this.name, ex);
		}
	}

	private static RuntimeException unusable(String name, String reason, @Nullable Throwable cause) {
		RuntimeException failure = new InvalidConfigurationPropertyValueException(PROPERTY, name, reason);
		if (cause != null) {
			failure.initCause(cause);
		}
		return failure;
	}

}
