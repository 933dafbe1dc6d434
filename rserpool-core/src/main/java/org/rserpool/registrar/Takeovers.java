package org.rserpool.registrar;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import org.rserpool.handlespace.ElementKey;
import org.rserpool.handlespace.Handlespace.Entry;
import org.rserpool.wire.Dialect;
import org.rserpool.wire.EnrpMessage;
import org.rserpool.wire.EnrpMessage.UpdateAction;
import org.rserpool.wire.Identifiers;
import org.rserpool.wire.PoolElement;

/**
 * Takes over the elements of dead registrars, in agreement with the peers (RFC 5353,
 * section 3.5). Ends in every case with a home for every element: a peer that does not
 * answer is not waited for, and a winner that does not come is replaced.
 */
final class Takeovers {

	private static final int MAX_ATTEMPTS = 3;

	private final Parts parts;

	private final Map<Integer, Takeover> takeovers = new TreeMap<>(Integer::compareUnsigned);

	/** Since when elements have an owner that is not a peer. */
	private Map<Integer, Long> orphanedSince = new HashMap<>();

	Takeovers(Parts parts) {
		this.parts = parts;
	}

	/**
	 * Starts to take over from a registrar that is dead.
	 */
	void start(int target) {
		if (this.takeovers.containsKey(target)) {
			return;
		}
		Takeover takeover = new Takeover(target, this.parts.runtime().nanoTime());
		this.takeovers.put(target, takeover);
		this.parts.count(Counters.TAKEOVERS_STARTED);
		this.parts.listener().takeoverStarted(target);
		for (Peer peer : this.parts.peers().alive()) {
			if (peer.identifier() != target) {
				takeover.outstanding().add(peer.identifier());
			}
		}
		init(target, this.parts.peers().find(target));
		ask(takeover);
	}

	/**
	 * Return the takeovers that are under way here.
	 */
	List<Takeover> all() {
		return List.copyOf(this.takeovers.values());
	}

	private void ask(Takeover takeover) {
		if (takeover.outstanding().isEmpty()) {
			win(takeover);
			return;
		}
		for (int identifier : List.copyOf(takeover.outstanding())) {
			init(takeover.target(), this.parts.peers().find(identifier));
		}
		takeover
			.deadline(this.parts.deadline(this.parts.settings().timers().takeoverTimeout(), () -> timedOut(takeover)));
	}

	private void init(int target, @Nullable Peer receiver) {
		if (receiver != null && receiver.link() != null) {
			this.parts.peers()
				.send(receiver, new EnrpMessage.InitTakeover(this.parts.identifier(), Identifiers.NONE, target));
		}
	}

	/**
	 * Waits no longer for who is silent altogether, and a few times for the others.
	 */
	private void timedOut(Takeover takeover) {
		long now = this.parts.runtime().nanoTime();
		long patience = this.parts.settings().timers().maxTimeLastHeard().toNanos();
		takeover.outstanding().removeIf((identifier) -> {
			Peer peer = this.parts.peers().find(identifier);
			return peer == null || now - peer.lastHeard() > patience;
		});
		if (takeover.nextAttempt() >= MAX_ATTEMPTS) {
			takeover.outstanding().clear();
		}
		ask(takeover);
	}

	/**
	 * A registrar that is to be taken over was heard.
	 */
	void targetLives(int target) {
		Takeover takeover = this.takeovers.remove(target);
		if (takeover != null) {
			takeover.deadline(null);
			this.parts.count(Counters.TAKEOVERS_STOPPED);
		}
	}

	/**
	 * A peer is dead, or another registrar thinks so, and will acknowledge nothing.
	 */
	void peerLost(int identifier) {
		for (Takeover takeover : List.copyOf(this.takeovers.values())) {
			acknowledged(takeover, identifier);
		}
	}

	private void acknowledged(Takeover takeover, int identifier) {
		if (takeover.outstanding().remove(identifier) && takeover.outstanding().isEmpty()) {
			win(takeover);
		}
	}

	void receive(Peer sender, EnrpMessage message) {
		if (message instanceof EnrpMessage.InitTakeover init) {
			yieldTo(sender, init.target());
		}
		else if (message instanceof EnrpMessage.InitTakeoverAck ack) {
			Takeover takeover = this.takeovers.get(ack.target());
			if (takeover != null) {
				acknowledged(takeover, sender.identifier());
			}
		}
		else if (message instanceof EnrpMessage.TakeoverServer server) {
			takenOver(sender.identifier(), server.target());
		}
	}

	private void yieldTo(Peer sender, int target) {
		if (target == this.parts.identifier()) {
			this.parts.peers().broadcastPresence();
			return;
		}
		if (this.takeovers.containsKey(target)) {
			if (outranks(sender.identifier())) {
				return;
			}
			targetLives(target);
		}
		Peer peer = this.parts.peers().find(target);
		if (peer != null) {
			this.parts.peerMonitor().yield(peer);
		}
		this.orphanedSince.remove(target);
		this.parts.peers()
			.send(sender, new EnrpMessage.InitTakeoverAck(this.parts.identifier(), sender.identifier(), target));
	}

	private boolean outranks(int identifier) {
		int comparison = Integer.compareUnsigned(this.parts.identifier(), identifier);
		return (this.parts.settings().dialect() == Dialect.RSPLIB) ? comparison < 0 : comparison > 0;
	}

	/**
	 * Another registrar has taken over. If from this one, it was thought dead, and its
	 * elements have a new home.
	 */
	private void takenOver(int winner, int target) {
		targetLives(target);
		if (target == winner) {
			return;
		}
		peerLost(target);
		List<Entry> entries = this.parts.handlespace().elementsOf(target, null, Integer.MAX_VALUE);
		entries.forEach((entry) -> this.parts.elements().giveUp(entry.key(), winner));
		this.parts.listener().takenOver(target, winner, entries.size());
		Peer peer = this.parts.peers().find(target);
		if (peer != null) {
			peer.announce(false);
			this.parts.peers().remove(peer);
		}
	}

	private void win(Takeover takeover) {
		int target = takeover.target();
		takeover.deadline(null);
		this.takeovers.remove(target);
		Peer peer = this.parts.peers().find(target);
		this.parts.peers().broadcast(new EnrpMessage.TakeoverServer(this.parts.identifier(), Identifiers.NONE, target));
		if (peer != null) {
			this.parts.peers().remove(peer);
		}
		List<Entry> entries = this.parts.handlespace().elementsOf(target, null, Integer.MAX_VALUE);
		entries.forEach((entry) -> this.parts.handlespace().setOwner(entry.key(), this.parts.identifier()));
		this.parts.count(Counters.TAKEOVERS_WON);
		this.parts.listener().takeoverWon(target, entries.size());
		new Adoption(this.parts, entries, (alive) -> this.parts.listener()
			.takeoverFinished(target, alive, Duration.ofNanos(this.parts.runtime().nanoTime() - takeover.startedAt())))
			.start();
	}

	/**
	 * Asks the elements that were this registrar's before it restarted.
	 */
	void adoptOwn() {
		List<Entry> entries = this.parts.handlespace().elementsOf(this.parts.identifier(), null, Integer.MAX_VALUE);
		new Adoption(this.parts, entries, (alive) -> {
		}).start();
	}

	/**
	 * Becomes the home again of an element that was given up in favour of a registrar
	 * that does not know it.
	 */
	void takeBack(ElementKey key) {
		PoolElement element = this.parts.handlespace().setOwner(key, this.parts.identifier());
		if (element != null) {
			this.parts.updates().announce(UpdateAction.ADD_PE, key.poolHandle(), element);
			new Adoption(this.parts, List.of(new Entry(key, element)), (alive) -> {
			}).start();
		}
	}

	/**
	 * Takes over the elements whose owner is no peer, and that nobody else has claimed
	 * for a while.
	 */
	void checkOrphans() {
		long now = this.parts.runtime().nanoTime();
		long patience = this.parts.settings().timers().takeoverTimeout().multipliedBy(2).toNanos();
		Map<Integer, Long> orphaned = new TreeMap<>();
		for (int owner : List.copyOf(this.parts.handlespace().owners())) {
			if (owner != this.parts.identifier() && this.parts.peers().find(owner) == null
					&& !this.takeovers.containsKey(owner)) {
				orphaned.put(owner, this.orphanedSince.getOrDefault(owner, now));
			}
		}
		this.orphanedSince = orphaned;
		for (Map.Entry<Integer, Long> entry : Map.copyOf(orphaned).entrySet()) {
			if (now - entry.getValue() > patience) {
				start(entry.getKey());
			}
		}
	}

}
