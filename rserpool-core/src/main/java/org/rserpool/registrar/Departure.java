package org.rserpool.registrar;

import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.rserpool.handlespace.Handlespace.Entry;
import org.rserpool.registrar.RegistrarSnapshot.State;
import org.rserpool.runtime.Timer;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.Transport;

/**
 * Hands the elements of a registrar that leaves over to its peers. Each element is
 * suggested to a peer, which invites it; the element registers there, and so is in every
 * handlespace all the time. Elements that did not move in time are sent off to look for
 * another registrar by themselves.
 */
final class Departure {

	/**
	 * How often the elements that are left are suggested, each time to another peer. In
	 * the last round they are sent off.
	 */
	private static final int ROUNDS = 4;

	/** How many elements are suggested without a pause. */
	private static final int AT_ONCE = 500;

	private static final Duration PAUSE = Duration.ofMillis(5);

	private static final Duration CHECK = Duration.ofMillis(20);

	/** How long peers may take to hear from each other where the elements are. */
	private static final Duration SETTLING = Duration.ofMillis(300);

	private final Parts parts;

	private final Runnable finished;

	private @Nullable Timer suggesting;

	Departure(Parts parts, Runnable finished) {
		this.parts = parts;
		this.finished = finished;
	}

	/**
	 * Starts to hand over, unless there is nobody to hand over to.
	 */
	void start() {
		Duration limit = this.parts.settings().timers().stopTimeout();
		if (!this.parts.isRunning() || limit.isZero() || this.parts.suggestions().ranked(0).isEmpty()) {
			this.finished.run();
			return;
		}
		this.parts.become(State.LEAVING);
		this.parts.schedule(limit, this.finished);
		beginRound(1);
		check();
	}

	/**
	 * Waits until all elements have another home, and until all peers know that.
	 */
	private void check() {
		if (this.parts.handlespace().owned(this.parts.identifier()) == 0) {
			this.parts.schedule(SETTLING, this.finished);
		}
		else {
			this.parts.schedule(CHECK, this::check);
		}
	}

	private void beginRound(int round) {
		if (this.suggesting != null) {
			this.suggesting.cancel();
		}
		List<Entry> left = this.parts.handlespace().elementsOf(this.parts.identifier(), null, Integer.MAX_VALUE);
		suggestSome(round, left.iterator(), new HashMap<>());
		if (round < ROUNDS) {
			this.parts.schedule(this.parts.settings().timers().stopTimeout().dividedBy(ROUNDS),
					() -> beginRound(round + 1));
		}
	}

	private void suggestSome(int round, Iterator<Entry> entries, Map<Transport, Integer> places) {
		boolean ready = true;
		for (int i = 0; i < AT_ONCE && ready && entries.hasNext(); i++) {
			ready = suggest(round, entries.next(), places);
		}
		this.suggesting = entries.hasNext() ? this.parts.schedule(PAUSE, () -> suggestSome(round, entries, places))
				: null;
	}

	/**
	 * Suggests an element to a peer. Elements at one place go to one peer, because they
	 * share a home.
	 * @return whether the peer takes more
	 */
	private boolean suggest(int round, Entry entry, Map<Transport, Integer> places) {
		PoolElement element = this.parts.elements().find(entry.key());
		if (element == null || element.homeRegistrar() != this.parts.identifier()) {
			return true;
		}
		Transport place = element.asapTransport();
		if (place == null || this.parts.suggestions().ranked(0).isEmpty() || round == ROUNDS) {
			this.parts.monitor().sendOff(entry.key());
			return true;
		}
		int representative = places.computeIfAbsent(place, (first) -> element.identifier());
		List<Peer> ranked = this.parts.suggestions().ranked(representative);
		Peer receiver = ranked.get((round - 1) % ranked.size());
		this.parts.updates().suggest(receiver, entry.key().poolHandle(), element);
		PeerLink link = receiver.link();
		return link == null || !link.isBlocked();
	}

}
