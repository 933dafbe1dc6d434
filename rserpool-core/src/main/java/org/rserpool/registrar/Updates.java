package org.rserpool.registrar;

import org.rserpool.handlespace.ElementKey;
import org.rserpool.wire.EnrpMessage;
import org.rserpool.wire.EnrpMessage.UpdateAction;
import org.rserpool.wire.Identifiers;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;

/**
 * Keeps the copies of the handlespace alike: tells peers what changed here, and does what
 * they tell (RFC 5353, section 3.3).
 */
final class Updates {

	private final Parts parts;

	Updates(Parts parts) {
		this.parts = parts;
	}

	/**
	 * Tells all peers of a change of an own element.
	 */
	void announce(UpdateAction action, PoolHandle poolHandle, PoolElement element) {
		this.parts.count(Counters.UPDATES_SENT);
		EnrpMessage update = new EnrpMessage.HandleUpdate(false, this.parts.identifier(), Identifiers.NONE, action,
				poolHandle, element);
		this.parts.peers().broadcast(update);
	}

	/**
	 * Suggests to a peer that it becomes the home of an own element
	 * (draft-dreibholz-rserpool-enrp-takeover).
	 */
	void suggest(Peer receiver, PoolHandle poolHandle, PoolElement element) {
		this.parts.count(Counters.TAKEOVERS_SUGGESTED);
		this.parts.peers()
			.send(receiver, new EnrpMessage.HandleUpdate(true, this.parts.identifier(), receiver.identifier(),
					UpdateAction.ADD_PE, poolHandle, element));
	}

	void receive(Peer peer, EnrpMessage.HandleUpdate update) {
		this.parts.count(Counters.UPDATES_RECEIVED);
		ElementKey key = new ElementKey(update.poolHandle(), update.element().identifier());
		if (update.action() == UpdateAction.ADD_PE) {
			int home = update.element().homeRegistrar();
			PoolElement element = update.element()
				.withHomeRegistrar((home != Identifiers.NONE) ? home : peer.identifier());
			if (update.takeoverSuggested()) {
				consider(peer, key, element);
			}
			else {
				add(update.poolHandle(), element);
			}
		}
		else {
			remove(peer, key);
		}
	}

	/**
	 * A peer suggests that this registrar becomes the home of one of its elements:
	 * invites the element. The owner changes when the element registers here. A
	 * suggestion that was overtaken by a new owner is not followed.
	 */
	private void consider(Peer peer, ElementKey key, PoolElement element) {
		PoolElement known = this.parts.elements().find(key);
		if (known == null || known.homeRegistrar() == peer.identifier()) {
			if (!element.equals(known)) {
				add(key.poolHandle(), element);
			}
			known = this.parts.elements().find(key);
			if (known != null && known.homeRegistrar() == peer.identifier() && known.asapTransport() != null
					&& this.parts.isRunning()) {
				this.parts.monitor().invite(key);
			}
		}
	}

	/**
	 * Copies an element of a mentor's handlespace.
	 */
	void copy(PoolHandle poolHandle, PoolElement element) {
		if (element.homeRegistrar() == this.parts.identifier() && element.identifier() != Identifiers.NONE) {
			// It was this registrar's before a restart, and is asked when service starts.
			this.parts.handlespace().put(poolHandle, element);
		}
		else {
			add(poolHandle, element);
		}
	}

	private void add(PoolHandle poolHandle, PoolElement element) {
		boolean full = this.parts.handlespace().size() >= this.parts.settings().maxPoolElements();
		if (element.homeRegistrar() == this.parts.identifier()
				|| (full && this.parts.elements().find(new ElementKey(poolHandle, element.identifier())) == null)) {
			return;
		}
		this.parts.elements().learn(poolHandle, element);
	}

	/**
	 * Only the owner removes an element. When another one wants to, the copies differ.
	 */
	private void remove(Peer peer, ElementKey key) {
		PoolElement element = this.parts.elements().find(key);
		if (element == null) {
			return;
		}
		if (element.homeRegistrar() == peer.identifier()) {
			this.parts.elements().remove(key, RemovalReason.PEER_UPDATE);
		}
		else {
			this.parts.audits().start(peer);
		}
	}

}
