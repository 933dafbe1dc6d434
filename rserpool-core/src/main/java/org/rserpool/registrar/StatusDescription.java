package org.rserpool.registrar;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

import org.rserpool.csp.ComponentAssociation;
import org.rserpool.csp.ComponentIdentifier;
import org.rserpool.csp.ComponentStatus;
import org.rserpool.registrar.RegistrarSnapshot.State;
import org.rserpool.runtime.UserMessage;

/**
 * Says in a line how a registrar is, for the Component Status Protocol, with the words of
 * the reference implementation.
 */
final class StatusDescription {

	private final Parts parts;

	StatusDescription(Parts parts) {
		this.parts = parts;
	}

	ComponentStatus status() {
		return new ComponentStatus(ComponentIdentifier.registrar(this.parts.identifier()),
				this.parts.asap().localAddresses().stream().distinct().toList(), text(), null, associations());
	}

	private String text() {
		int pools = this.parts.handlespace().pools().size();
		int peers = this.parts.peers().alive().size();
		String text = this.parts.handlespace().size() + "[" + this.parts.handlespace().owned(this.parts.identifier())
				+ "] PEs in " + counted(pools, "Pool") + ", " + counted(peers, "Peer");
		State state = this.parts.state();
		return (state == State.RUNNING) ? text : state.name().toLowerCase(Locale.ROOT) + ": " + text;
	}

	private static String counted(int number, String what) {
		return number + " " + what + ((number == 1) ? "" : "s");
	}

	private List<ComponentAssociation> associations() {
		return this.parts.peers()
			.alive()
			.stream()
			.map(Peer::link)
			.filter(Objects::nonNull)
			.filter(Link::isUp)
			.map((link) -> new ComponentAssociation(ComponentIdentifier.registrar(link.peer()), null,
					link.association().protocol(), UserMessage.ENRP))
			.toList();
	}

}
