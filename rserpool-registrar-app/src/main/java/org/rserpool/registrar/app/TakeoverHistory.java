package org.rserpool.registrar.app;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.rserpool.registrar.RegistrarListener;
import org.rserpool.wire.Identifiers;

/**
 * Remembers the latest takeovers.
 */
class TakeoverHistory implements RegistrarListener {

	static final int LENGTH = 32;

	private final Clock clock;

	private final Deque<Entry> entries = new ArrayDeque<>();

	TakeoverHistory(Clock clock) {
		this.clock = clock;
	}

	@Override
	public void takeoverWon(int target, int elements) {
		add(new Entry(this.clock.instant(), target, null, elements));
	}

	@Override
	public void takenOver(int target, int winner, int elements) {
		add(new Entry(this.clock.instant(), target, winner, elements));
	}

	private synchronized void add(Entry entry) {
		if (this.entries.size() == LENGTH) {
			this.entries.removeLast();
		}
		this.entries.addFirst(entry);
	}

	/**
	 * Shows what is remembered, the latest first.
	 * @param registrar the identifier of this registrar
	 */
	synchronized List<PastTakeover> latestFirst(int registrar) {
		return this.entries.stream()
			.map((entry) -> new PastTakeover(entry.time(), Identifiers.toString(entry.target()),
					Identifiers.toString((entry.winner() != null) ? entry.winner() : registrar), entry.elements()))
			.toList();
	}

	private record Entry(Instant time, int target, @Nullable Integer winner, int elements) {
	}

	/**
	 * A takeover that is over.
	 *
	 * @param time when the new home was told
	 * @param target identifier of the registrar that was thought dead
	 * @param winner identifier of the registrar that took over
	 * @param elements how many elements the target owned, as far as this registrar knew
	 */
	record PastTakeover(Instant time, String target, String winner, int elements) {
	}

}
