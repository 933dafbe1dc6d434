package org.rserpool.registrar;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import org.rserpool.handlespace.ElementKey;
import org.rserpool.handlespace.Handlespace.Entry;
import org.rserpool.runtime.Timer;
import org.rserpool.wire.EnrpMessage;
import org.rserpool.wire.EnrpMessage.PoolEntry;
import org.rserpool.wire.EnrpMessage.UpdateAction;
import org.rserpool.wire.Identifiers;
import org.rserpool.wire.PoolElement;

/**
 * Compares what peers own with the own copy, and gets it again where it differs (RFC
 * 5353, section 3.6).
 */
final class Audits {

	private final Parts parts;

	private final Map<Integer, Audit> audits = new HashMap<>();

	Audits(Parts parts) {
		this.parts = parts;
	}

	/**
	 * Compares the checksum that a peer reports.
	 */
	void check(Peer peer, int reported) {
		if (this.parts.isRunning()
				&& !this.parts.handlespace().matches(peer.identifier(), reported, this.parts.settings().dialect())
				&& !this.audits.containsKey(peer.identifier())) {
			this.parts.count(Counters.AUDIT_MISMATCHES);
			this.parts.listener()
				.checksumMismatch(peer.identifier(),
						this.parts.handlespace().checksum(peer.identifier(), this.parts.settings().dialect()),
						reported);
			start(peer);
		}
	}

	/**
	 * Gets a peer's own elements, unless that is under way.
	 */
	void start(Peer peer) {
		int identifier = peer.identifier();
		if (!this.parts.isRunning() || this.audits.containsKey(identifier)) {
			return;
		}
		Audit audit = new Audit();
		for (Entry entry : this.parts.handlespace().elementsOf(identifier, null, Integer.MAX_VALUE)) {
			audit.marked.add(entry.key());
		}
		this.audits.put(identifier, audit);
		request(peer, audit);
	}

	private void request(Peer peer, Audit audit) {
		audit.timer(this.parts.schedule(this.parts.settings().timers().maxTimeNoResponse(), () -> pause(peer, audit)));
		this.parts.peers()
			.send(peer, new EnrpMessage.HandleTableRequest(true, this.parts.identifier(), peer.identifier()));
	}

	/**
	 * Waits after a failure, so that the peer has forgotten the page that comes next.
	 */
	private void pause(Peer peer, Audit audit) {
		audit.failed = true;
		audit.timer(this.parts.schedule(this.parts.settings().timers().maxTimeNoResponse().multipliedBy(2),
				() -> this.audits.remove(peer.identifier(), audit)));
	}

	void forget(int identifier) {
		Audit audit = this.audits.remove(identifier);
		if (audit != null) {
			audit.timer(null);
		}
	}

	/**
	 * Takes a page of a peer's elements.
	 * @return whether it was asked for here
	 */
	boolean receive(Peer peer, EnrpMessage.HandleTableResponse response) {
		Audit audit = this.audits.get(peer.identifier());
		if (audit == null || audit.failed) {
			return false;
		}
		if (response.rejected()) {
			pause(peer, audit);
			return true;
		}
		for (PoolEntry pool : response.pools()) {
			for (PoolElement element : pool.elements()) {
				if (element.homeRegistrar() == peer.identifier() && element.identifier() != Identifiers.NONE) {
					ElementKey key = new ElementKey(pool.poolHandle(), element.identifier());
					audit.marked.remove(key);
					compare(peer, key, element);
				}
			}
		}
		if (response.more()) {
			request(peer, audit);
		}
		else {
			forget(peer.identifier());
			purge(peer.identifier(), audit);
			this.parts.count(Counters.SYNCHRONIZATIONS);
		}
		return true;
	}

	private void compare(Peer peer, ElementKey key, PoolElement element) {
		PoolElement known = this.parts.elements().find(key);
		if (known != null && known.homeRegistrar() == this.parts.identifier()) {
			resolveConflict(peer, key, element);
		}
		else if (element.equals(known)) {
			this.parts.monitor().stillForeign(key, element);
		}
		else {
			this.parts.elements().learn(key.poolHandle(), element);
		}
	}

	/**
	 * Two registrars own one element. Only the one with the higher identifier acts, or
	 * both might give it up at once: it insists if the element is registered with it, and
	 * else leaves it to the other.
	 */
	private void resolveConflict(Peer peer, ElementKey key, PoolElement element) {
		this.parts.count(Counters.OWNER_CONFLICTS);
		if (Integer.compareUnsigned(this.parts.identifier(), peer.identifier()) < 0) {
			return;
		}
		PoolElement own = this.parts.elements().find(key);
		if (own != null && this.parts.monitor().isRegistered(key)) {
			this.parts.updates().announce(UpdateAction.ADD_PE, key.poolHandle(), own);
		}
		else {
			this.parts.elements().learn(key.poolHandle(), element);
		}
	}

	/**
	 * Removes what the owner does not know any more. What this registrar gave up in
	 * favour of that owner would be lost then, though it may live; so it is taken back.
	 * Anything else is asked first: an element that lives has another home by now, and
	 * shows it by registering there again.
	 */
	private void purge(int owner, Audit audit) {
		for (ElementKey key : audit.marked) {
			if (isOwnedBy(owner, key)) {
				if (this.parts.monitor().wasOwn(key)) {
					this.parts.takeovers().takeBack(key);
				}
				else {
					this.parts.monitor().verify(key, (alive) -> {
						if (!alive && isOwnedBy(owner, key)) {
							this.parts.elements().remove(key, RemovalReason.AUDIT);
						}
					});
				}
			}
		}
	}

	private boolean isOwnedBy(int owner, ElementKey key) {
		PoolElement element = this.parts.elements().find(key);
		return element != null && element.homeRegistrar() == owner;
	}

	private static final class Audit {

		/** What the peer owned before, and has not confirmed yet. */
		private final Set<ElementKey> marked = new TreeSet<>();

		private boolean failed;

		private @Nullable Timer timer;

		void timer(@Nullable Timer newTimer) {
			if (this.timer != null) {
				this.timer.cancel();
			}
			this.timer = newTimer;
		}

	}

}
