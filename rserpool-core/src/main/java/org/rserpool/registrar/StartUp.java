package org.rserpool.registrar;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import org.rserpool.registrar.RegistrarSnapshot.State;
import org.rserpool.runtime.Timer;
import org.rserpool.wire.EnrpMessage;
import org.rserpool.wire.Identifiers;

/**
 * Copies the peer list and the handlespace from a mentor before service starts (RFC 5353,
 * section 3.2). When all peers are just starting too, the one with the highest identifier
 * goes ahead, and the others copy from it.
 */
final class StartUp {

	private final Parts parts;

	/** The peers that did not serve as mentor, since the last pause. */
	private final Set<Integer> tried = new TreeSet<>();

	private boolean outranked;

	private boolean refused;

	private boolean late;

	private int mentor = Identifiers.NONE;

	private boolean copying;

	private @Nullable Timer timer;

	StartUp(Parts parts) {
		this.parts = parts;
	}

	void start() {
		if (!this.parts.contacts().hasConfigured() && !this.parts.multicastPresences().isActive()) {
			run(false);
			return;
		}
		this.parts.schedule(this.parts.settings().timers().mentorTimeout(), () -> {
			this.late = true;
			if (!this.copying) {
				run(false);
			}
		});
	}

	private boolean isOver() {
		return this.parts.state() != State.STARTING;
	}

	void peerUp(Peer peer) {
		if (!isOver() && this.mentor == Identifiers.NONE && !this.tried.contains(peer.identifier())) {
			ask(peer);
		}
	}

	void peerLost(int identifier) {
		if (!isOver() && identifier == this.mentor) {
			failed();
		}
	}

	void contactSettled() {
		if (!isOver() && this.mentor == Identifiers.NONE) {
			goAheadIfFirst();
		}
	}

	void receive(Peer peer, EnrpMessage.ListResponse response) {
		if (isOver() || peer.identifier() != this.mentor || this.copying) {
			return;
		}
		if (response.rejected()) {
			refused(peer);
		}
		else {
			this.copying = true;
			requestTable(peer);
		}
	}

	void receive(Peer peer, EnrpMessage.HandleTableResponse response) {
		if (isOver() || peer.identifier() != this.mentor || !this.copying) {
			return;
		}
		if (response.rejected()) {
			refused(peer);
			return;
		}
		response.pools()
			.forEach((pool) -> pool.elements()
				.forEach((element) -> this.parts.updates().copy(pool.poolHandle(), element)));
		if (response.more()) {
			requestTable(peer);
		}
		else {
			run(true);
		}
	}

	/**
	 * This registrar has another identifier: begins again.
	 */
	void identifierChanged() {
		if (!isOver()) {
			after(null, () -> {
			});
			this.mentor = Identifiers.NONE;
			this.copying = false;
			retry();
		}
	}

	private void ask(Peer peer) {
		this.mentor = peer.identifier();
		this.copying = false;
		this.parts.peers().send(peer, new EnrpMessage.ListRequest(this.parts.identifier(), peer.identifier()));
		after(this.parts.settings().timers().maxTimeNoResponse(), this::failed);
	}

	private void requestTable(Peer peer) {
		this.parts.peers()
			.send(peer, new EnrpMessage.HandleTableRequest(false, this.parts.identifier(), peer.identifier()));
		after(this.parts.settings().timers().maxTimeNoResponse(), this::failed);
	}

	private void refused(Peer peer) {
		this.refused = true;
		this.outranked |= Integer.compareUnsigned(peer.identifier(), this.parts.identifier()) > 0;
		this.parts.contacts().settled(peer);
		failed();
	}

	private void failed() {
		after(null, () -> {
		});
		this.tried.add(this.mentor);
		this.mentor = Identifiers.NONE;
		this.copying = false;
		if (this.late) {
			run(false);
			return;
		}
		for (Peer peer : this.parts.peers().alive()) {
			if (!this.tried.contains(peer.identifier())) {
				ask(peer);
				return;
			}
		}
		goAheadIfFirst();
		after(this.parts.settings().timers().startRetryDelay(), this::retry);
	}

	private void goAheadIfFirst() {
		if (this.refused && !this.outranked && this.parts.contacts().areSettled()) {
			run(false);
		}
	}

	private void retry() {
		this.tried.clear();
		this.refused = false;
		this.outranked = false;
		for (Peer peer : this.parts.peers().alive()) {
			ask(peer);
			return;
		}
	}

	private void after(@Nullable Duration delay, Runnable task) {
		if (this.timer != null) {
			this.timer.cancel();
		}
		this.timer = (delay != null && !isOver()) ? this.parts.schedule(delay, task) : null;
	}

	private void run(boolean copied) {
		if (isOver()) {
			return;
		}
		if (!copied) {
			this.parts.restored().begin();
		}
		this.parts.become(State.RUNNING);
		this.parts.restored().forget();
		after(null, () -> {
		});
		this.parts.takeovers().adoptOwn();
		this.parts.announcements().begin();
	}

}
