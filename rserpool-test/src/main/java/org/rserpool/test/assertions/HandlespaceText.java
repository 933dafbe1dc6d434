package org.rserpool.test.assertions;

import java.util.Locale;

import org.rserpool.registrar.RegistrarSnapshot;
import org.rserpool.wire.Identifiers;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PolicyType;
import org.rserpool.wire.PoolElement;

/**
 * A handlespace for people.
 */
final class HandlespaceText {

	private HandlespaceText() {
	}

	static String of(RegistrarSnapshot handlespace) {
		StringBuilder text = new StringBuilder();
		text.append("The handlespace of registrar ")
			.append(Identifiers.toString(handlespace.identifier()))
			.append(", ")
			.append(handlespace.state().name().toLowerCase(Locale.ROOT))
			.append(", at ")
			.append(handlespace.asapAddresses())
			.append(':');
		if (handlespace.pools().isEmpty()) {
			text.append(System.lineSeparator()).append("  no pool");
		}
		for (RegistrarSnapshot.Pool pool : handlespace.pools()) {
			text.append(System.lineSeparator())
				.append("  pool \"")
				.append(pool.handle())
				.append("\" with policy ")
				.append(policy(pool.policy()));
			pool.elements().forEach((element) -> append(text, element));
		}
		for (RegistrarSnapshot.Peer peer : handlespace.peers()) {
			text.append(System.lineSeparator())
				.append("  peer ")
				.append(Identifiers.toString(peer.identifier()))
				.append(", ")
				.append(peer.state())
				.append(", at ")
				.append(peer.addresses());
		}
		return text.toString();
	}

	private static void append(StringBuilder text, PoolElement element) {
		text.append(System.lineSeparator())
			.append("    element ")
			.append(Identifiers.toString(element.identifier()))
			.append(" at ")
			.append(element.userTransport())
			.append(", home ")
			.append(Identifiers.toString(element.homeRegistrar()))
			.append(", policy ")
			.append(element.policy());
		if (!element.metadata().entries().isEmpty()) {
			text.append(", ").append(element.metadata().entries());
		}
	}

	static String policy(MemberSelectionPolicy policy) {
		PolicyType type = PolicyType.of(policy.number());
		return (type != null) ? type.name() : Identifiers.toString(policy.number());
	}

}
