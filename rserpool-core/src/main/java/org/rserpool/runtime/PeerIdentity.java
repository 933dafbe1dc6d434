package org.rserpool.runtime;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Who is at the other end of an association, by a certificate that was verified.
 *
 * @param subject the distinguished name of the certificate's subject as RFC 2253 writes
 * it, such as {@code CN=cart,O=Example}
 * @param names what else the certificate calls its subject: the common name, and the
 * alternative names that are hosts of the DNS, in lower case, or URIs; may be empty
 * @since 0.1
 */
public record PeerIdentity(String subject, Set<String> names) {

	public PeerIdentity {
		names = Set.copyOf(names);
	}

	/**
	 * Return all names, by any of which rules may mean the peer.
	 * @return the names, and the subject as a whole
	 */
	public Set<String> all() {
		Set<String> all = new LinkedHashSet<>(this.names);
		all.add(this.subject);
		return all;
	}

	@Override
	public String toString() {
		return "\"" + this.subject + "\" " + this.names.stream().sorted().toList();
	}

}
