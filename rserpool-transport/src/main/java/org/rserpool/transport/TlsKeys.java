package org.rserpool.transport;

import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import javax.net.ssl.SSLContext;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.rserpool.runtime.EndpointSpecification.Channel;

/**
 * Keys and trusted certificates that have a name, and are replaced while associations
 * stand.
 *
 * @since 0.1
 */
public final class TlsKeys {

	private static final Logger logger = LoggerFactory.getLogger(TlsKeys.class);

	private final String name;

	private final boolean ownTrust;

	private final AtomicReference<SSLContext> context;

	/**
	 * Makes keys.
	 * @param name what they are called in the log
	 * @param context has the keys and the trusted certificates
	 * @param ownTrust whether the trusted certificates are those of an operation scope,
	 * and not those of public authorities
	 */
	public TlsKeys(String name, SSLContext context, boolean ownTrust) {
		this.name = name;
		this.context = new AtomicReference<>(context);
		this.ownTrust = ownTrust;
	}

	/**
	 * Makes settings with these keys, and with those that replace them.
	 * @param channels what is encrypted
	 * @param clientAuthentication whether to ask who connects, or {@code null} for what
	 * suits the trusted certificates: {@link ClientAuthentication#NEED} if they are of
	 * the operation scope
	 * @param verifiesHost whether the certificate of a peer must name its host, or
	 * {@code null} for what suits the trusted certificates: only if they are not of the
	 * operation scope
	 * @param protocols the names of the protocols that are enabled, or {@code null} for
	 * TLS 1.3
	 * @param ciphers the names of the cipher suites, or {@code null} for those of the JDK
	 * @return the settings
	 * @throws IllegalArgumentException if connections cannot be made with them; the
	 * message says why
	 */
	public TlsSettings settings(Set<Channel> channels, @Nullable ClientAuthentication clientAuthentication,
			@Nullable Boolean verifiesHost, String @Nullable [] protocols, String @Nullable [] ciphers) {
		if (protocols != null && !List.of(protocols).contains(TlsSettings.PROTOCOL)) {
			throw new IllegalArgumentException("its options do not enable " + TlsSettings.PROTOCOL);
		}
		ClientAuthentication suitable = this.ownTrust ? ClientAuthentication.NEED : ClientAuthentication.NONE;
		TlsSettings settings = new TlsSettings(this.context::get, channels,
				(clientAuthentication != null) ? clientAuthentication : suitable,
				(verifiesHost != null) ? verifiesHost : !this.ownTrust, (ciphers != null) ? List.of(ciphers) : null);
		settings.check();
		return settings;
	}

	/**
	 * Replaces the keys and trusted certificates for new associations, unless they are
	 * broken, which is logged.
	 * @param loader makes the new context
	 */
	public void replace(Supplier<SSLContext> loader) {
		try {
			this.context.set(loader.get());
			logger.info("New associations use what SSL bundle '{}' has now", this.name);
		}
		catch (IllegalStateException ex) {
			logger.error("SSL bundle '{}' was reloaded and cannot be used; associations go on with what it had",
					this.name, ex);
		}
	}

}
