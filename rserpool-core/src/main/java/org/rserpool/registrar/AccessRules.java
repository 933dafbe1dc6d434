package org.rserpool.registrar;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.rserpool.runtime.PeerIdentity;
import org.rserpool.wire.PoolHandle;

/**
 * Which certificates may register pool elements, and which may be registrars (RFC 5355,
 * sections 2.4 and 2.5). A rule is a list of names as {@link PeerIdentity#isNamedIn}
 * takes it.
 *
 * @param elements by pool, whose elements may register in it. If this and
 * {@code otherElements} are empty, everybody may register in every pool.
 * @param otherElements whose elements may register in pools that are not named
 * @param registrars who may be a registrar; if empty, everybody
 * @since 0.1
 */
public record AccessRules(Map<PoolHandle, List<String>> elements, List<String> otherElements, List<String> registrars) {

	/** Everybody may do everything. */
	public static final AccessRules NONE = new AccessRules(Map.of(), List.of(), List.of());

	public AccessRules {
		Map<PoolHandle, List<String>> copy = new HashMap<>();
		elements.forEach((pool, names) -> copy.put(pool, checked(names)));
		elements = Map.copyOf(copy);
		otherElements = checked(otherElements);
		registrars = checked(registrars);
	}

	private static List<String> checked(List<String> names) {
		if (names.stream().anyMatch(String::isBlank)) {
			throw new IllegalArgumentException("A rule with certificate names " + names + " has one that is empty");
		}
		return List.copyOf(names);
	}

	/**
	 * Return whether there is no rule.
	 * @return {@code true} if everybody may do everything
	 */
	public boolean isEmpty() {
		return this.elements.isEmpty() && this.otherElements.isEmpty() && this.registrars.isEmpty();
	}

	/**
	 * Checks a registration or deregistration.
	 * @param pool the pool
	 * @param peer whose it is, or {@code null} if no certificate was verified
	 * @return why it is refused, with certificate, pool and rule; {@code null} if it is
	 * not
	 */
	@Nullable String refusesElement(PoolHandle pool, @Nullable PeerIdentity peer) {
		if (this.elements.isEmpty() && this.otherElements.isEmpty()) {
			return null;
		}
		List<String> rule = this.elements.getOrDefault(pool, this.otherElements);
		return refuses(rule, peer, "register in pool " + pool);
	}

	/**
	 * Checks an association with another registrar.
	 * @param peer who is at the other end, or {@code null} if no certificate was verified
	 * @return why it is refused, with certificate and rule; {@code null} if it is not
	 */
	@Nullable String refusesRegistrar(@Nullable PeerIdentity peer) {
		return this.registrars.isEmpty() ? null : refuses(this.registrars, peer, "be a registrar");
	}

	private static @Nullable String refuses(List<String> rule, @Nullable PeerIdentity peer, String what) {
		if (peer != null && peer.isNamedIn(rule)) {
			return null;
		}
		String certificate = (peer != null) ? "The certificate " + peer : "Who has no certificate";
		return certificate + " may not " + what + ", which " + (rule.isEmpty() ? "no rule allows" : "is for " + rule);
	}

}
