package org.rserpool.registrar.app;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.rserpool.registrar.AccessRules;
import org.rserpool.transport.ClientAuthentication;
import org.rserpool.wire.PoolHandle;

import org.springframework.util.StringUtils;

/**
 * Makes the rules which certificate may do what from the configuration.
 */
final class AccessRulesFactory {

	private static final String PREFIX = "rserpool.registrar.ssl.";

	private static final String DEFAULT = "default";

	private AccessRulesFactory() {
	}

	/**
	 * Makes the rules.
	 * @param ssl what is configured
	 * @return the rules
	 * @throws InvalidPropertyException if one cannot be used, or if nobody is asked for
	 * certificates
	 */
	static AccessRules rules(RegistrarProperties.Ssl ssl) {
		Map<PoolHandle, List<String>> elements = new HashMap<>();
		ssl.elements().forEach((pool, names) -> {
			checked("elements." + pool, names);
			if (!pool.equals(DEFAULT)) {
				elements.put(PoolHandle.of(pool), names);
			}
		});
		checked("registrars", ssl.registrars());
		AccessRules rules = new AccessRules(elements, ssl.elements().getOrDefault(DEFAULT, List.of()),
				ssl.registrars());
		if (!ssl.elements().isEmpty() || !rules.isEmpty()) {
			checkCertificates(ssl);
		}
		return rules;
	}

	private static void checked(String property, List<String> names) {
		if (names.stream().anyMatch((name) -> !StringUtils.hasText(name))) {
			throw new InvalidPropertyException(PREFIX + property, names.toString(), "one of the names is empty",
					"Give the names of certificates, such as cart.example.org or *.example.org.");
		}
	}

	private static void checkCertificates(RegistrarProperties.Ssl ssl) {
		String property = ssl.registrars().isEmpty() ? "elements" : "registrars";
		String value = ssl.registrars().isEmpty() ? ssl.elements().toString() : ssl.registrars().toString();
		if (!StringUtils.hasText(ssl.bundle())) {
			throw new InvalidPropertyException(PREFIX + property, value, "there are no certificates without TLS",
					"Set " + PREFIX + "bundle to an SSL bundle with a key and what it trusts.");
		}
		if (ssl.clientAuth() == ClientAuthentication.NONE) {
			throw new InvalidPropertyException(PREFIX + property, value,
					"nobody is asked for a certificate, so nobody could have one that is named",
					"Set " + PREFIX + "client-auth to need or want, or leave it out.");
		}
	}

}
