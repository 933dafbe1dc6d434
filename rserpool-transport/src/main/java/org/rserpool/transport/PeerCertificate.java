package org.rserpool.transport;

import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.rserpool.runtime.PeerIdentity;

/**
 * Reads who a peer is from the certificate that it showed.
 */
final class PeerCertificate {

	private static final Logger logger = LoggerFactory.getLogger(PeerCertificate.class);

	/** Alternative name: a host of the DNS (RFC 5280, section 4.2.1.6). */
	private static final int DNS_NAME = 2;

	/** Alternative name: a URI (RFC 5280, section 4.2.1.6). */
	private static final int URI = 6;

	private PeerCertificate() {
	}

	/**
	 * Reads the identity of a peer.
	 * @param session a session whose handshake has ended
	 * @return the identity, or {@code null} if the peer showed no certificate
	 */
	static @Nullable PeerIdentity identity(SSLSession session) {
		try {
			Certificate[] chain = session.getPeerCertificates();
			return (chain.length > 0 && chain[0] instanceof X509Certificate certificate) ? identity(certificate) : null;
		}
		catch (SSLPeerUnverifiedException ex) {
			// That is how a session says that there is no certificate.
			return null;
		}
	}

	private static PeerIdentity identity(X509Certificate certificate) {
		String subject = certificate.getSubjectX500Principal().getName();
		Set<String> names = new LinkedHashSet<>();
		try {
			for (Rdn part : new LdapName(subject).getRdns()) {
				if (part.getType().equalsIgnoreCase("CN")) {
					names.add(part.getValue().toString());
				}
			}
			if (certificate.getSubjectAlternativeNames() != null) {
				for (List<?> name : certificate.getSubjectAlternativeNames()) {
					if (name.get(0).equals(DNS_NAME)) {
						names.add(name.get(1).toString().toLowerCase(Locale.ROOT));
					}
					else if (name.get(0).equals(URI)) {
						names.add(name.get(1).toString());
					}
				}
			}
		}
		catch (InvalidNameException | CertificateParsingException ex) {
			logger.warn("Not all names of the certificate \"{}\" can be read: {}", subject, ex.getMessage());
		}
		return new PeerIdentity(subject, names);
	}

}
