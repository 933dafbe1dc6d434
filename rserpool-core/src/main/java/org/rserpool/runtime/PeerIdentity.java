package org.rserpool.runtime;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
	 * Return whether a rule means this peer.
	 * @param rule names, one of which the peer must have, or have as its whole subject;
	 * {@code *} stands for any characters, also for full stops and slashes
	 * @return whether it has one
	 */
	public boolean isNamedIn(List<String> rule) {
		return rule.stream().anyMatch(this::has);
	}

	private boolean has(String name) {
		if (name.indexOf('*') < 0) {
			return this.names.contains(name) || this.subject.equals(name);
		}
		Pattern pattern = Pattern.compile(
				Arrays.stream(name.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")),
				Pattern.DOTALL);
		return Stream.concat(this.names.stream(), Stream.of(this.subject))
			.anyMatch((each) -> pattern.matcher(each).matches());
	}

	@Override
	public String toString() {
		return "\"" + this.subject + "\" " + this.names.stream().sorted().toList();
	}

}
