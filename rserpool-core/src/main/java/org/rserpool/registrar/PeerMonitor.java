package org.rserpool.registrar;

import java.time.Duration;

import org.rserpool.registrar.RegistrarSnapshot.PeerState;
import org.rserpool.wire.EnrpMessage;
import org.rserpool.wire.Identifiers;

/**
 * Tells peers that this registrar lives, and finds out when a peer does not (RFC 5353,
 * sections 3.4.2 and 3.4.3).
 */
final class PeerMonitor {

	/** After how many heartbeats one of the peers is asked for its peers. */
	private static final int LIST_CYCLE = 16;

	/** How long to wait when associations with a peer break again and again. */
	private static final Duration RECONNECT_PAUSE = Duration.ofMillis(200);

	private final Parts parts;

	private int heartbeats;

	PeerMonitor(Parts parts) {
		this.parts = parts;
	}

	void start() {
		this.parts.schedule(this.parts.spread(this.parts.settings().timers().peerHeartbeatCycle(), 0.125), () -> {
			heartbeat();
			start();
		});
	}

	private void heartbeat() {
		this.parts.multicastPresences().send();
		for (Peer peer : this.parts.peers().all()) {
			if (peer.state() == PeerState.ACTIVE) {
				this.parts.peers().sendPresence(peer, false, Identifiers.NONE);
			}
		}
		this.heartbeats++;
		if (this.parts.isRunning()) {
			this.parts.takeovers().checkOrphans();
			if (this.heartbeats % LIST_CYCLE == 0) {
				askForPeers();
			}
		}
	}

	/**
	 * Asks the peers in turn, so that registrars find each other that were not told of
	 * each other.
	 */
	private void askForPeers() {
		Peer[] alive = this.parts.peers().alive().toArray(Peer[]::new);
		if (alive.length > 0) {
			Peer peer = alive[this.heartbeats / LIST_CYCLE % alive.length];
			this.parts.peers().send(peer, new EnrpMessage.ListRequest(this.parts.identifier(), peer.identifier()));
		}
	}

	/**
	 * A peer was heard.
	 */
	void alive(Peer peer) {
		PeerState before = peer.state();
		if (before == PeerState.ACTIVE) {
			return;
		}
		peer.become(PeerState.ACTIVE);
		listen(peer, this.parts.settings().timers().maxTimeLastHeard().toNanos());
		this.parts.takeovers().targetLives(peer.identifier());
		if (peer.announce(true)) {
			this.parts.listener().peerUp(peer.identifier());
			this.parts.startUp().peerUp(peer);
		}
	}

	/**
	 * Waits until a peer has been silent for too long. Messages do not touch the timer,
	 * it runs again for what is left.
	 */
	private void listen(Peer peer, long nanos) {
		peer.deadline(this.parts.schedule(Duration.ofNanos(nanos), () -> {
			long left = this.parts.settings().timers().maxTimeLastHeard().toNanos()
					- (this.parts.runtime().nanoTime() - peer.lastHeard());
			if (left > 0) {
				listen(peer, left);
			}
			else {
				probe(peer);
			}
		}));
	}

	/**
	 * Requires a peer to show that it lives.
	 */
	void probe(Peer peer) {
		if (peer.state() != PeerState.NEW) {
			peer.become(PeerState.PROBING);
		}
		await(peer);
		if (!this.parts.peers().sendPresence(peer, true, peer.identifier())) {
			dead(peer);
		}
	}

	private void await(Peer peer) {
		peer.deadline(this.parts.deadline(this.parts.settings().timers().maxTimeNoResponse(), () -> dead(peer)));
	}

	/**
	 * Leaves a peer alone that another registrar thinks dead, for some time.
	 */
	void yield(Peer peer) {
		notActive(peer);
		peer.deadline(this.parts.schedule(this.parts.settings().timers().takeoverTimeout().multipliedBy(2), () -> {
			peer.become(PeerState.PROBING);
			probe(peer);
		}));
	}

	/**
	 * An association with a peer ended.
	 */
	void lostLink(Peer peer, PeerLink link) {
		if (!peer.links().isEmpty() || peer.state() == PeerState.NOT_ACTIVE) {
			return;
		}
		if (!link.wasUp()) {
			dead(peer);
			return;
		}
		long now = this.parts.runtime().nanoTime();
		if (peer.state() == PeerState.ACTIVE && peer.mayReconnect(now, RECONNECT_PAUSE.toNanos())) {
			probe(peer);
			return;
		}
		if (peer.state() == PeerState.ACTIVE) {
			peer.become(PeerState.PROBING);
			await(peer);
		}
		this.parts.schedule(RECONNECT_PAUSE, () -> reconnect(peer));
	}

	private void reconnect(Peer peer) {
		if (this.parts.peers().find(peer.identifier()) == peer && peer.state() != PeerState.NOT_ACTIVE
				&& peer.links().isEmpty()) {
			peer.mayReconnect(this.parts.runtime().nanoTime(), 0);
			if (!this.parts.peers().sendPresence(peer, true, peer.identifier())) {
				dead(peer);
			}
		}
	}

	/**
	 * Another registrar answered where a peer was reached.
	 */
	void replaced(Peer peer) {
		if (peer.links().isEmpty() && peer.state() != PeerState.NOT_ACTIVE) {
			dead(peer);
		}
	}

	private void notActive(Peer peer) {
		peer.become(PeerState.NOT_ACTIVE);
		if (peer.announce(false)) {
			this.parts.listener().peerDown(peer.identifier());
		}
		this.parts.takeovers().peerLost(peer.identifier());
	}

	private void dead(Peer peer) {
		peer.deadline(null);
		notActive(peer);
		if (this.parts.isRunning() && this.parts.handlespace().owned(peer.identifier()) > 0) {
			this.parts.takeovers().start(peer.identifier());
		}
		else {
			this.parts.peers().remove(peer);
			this.parts.startUp().peerLost(peer.identifier());
		}
	}

}
