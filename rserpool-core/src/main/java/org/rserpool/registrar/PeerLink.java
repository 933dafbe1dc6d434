package org.rserpool.registrar;

import org.rserpool.runtime.Association;
import org.rserpool.runtime.UserMessage;
import org.rserpool.wire.Identifiers;

/**
 * An association with another registrar.
 */
final class PeerLink extends Link {

	private int peer = Identifiers.NONE;

	private boolean collides;

	PeerLink(Parts parts, Association association) {
		super(parts, association, UserMessage.ENRP);
	}

	/**
	 * Return who is at the other end.
	 * @return its identifier, or {@link Identifiers#NONE} if not known yet
	 */
	int peer() {
		return this.peer;
	}

	/**
	 * Notes that who is at the other end has this registrar's identifier.
	 * @return whether that is news
	 */
	boolean collides() {
		boolean news = !this.collides;
		this.collides = true;
		return news;
	}

	void bind(int identifier) {
		this.peer = identifier;
	}

}
