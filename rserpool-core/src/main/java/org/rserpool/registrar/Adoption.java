package org.rserpool.registrar;

import java.time.Duration;
import java.util.List;
import java.util.function.IntConsumer;

import org.rserpool.handlespace.Handlespace.Entry;
import org.rserpool.wire.PoolElement;

/**
 * Asks elements whose home this registrar has become, a few at a time.
 */
final class Adoption {

	private static final int AT_ONCE = 200;

	private static final Duration PAUSE = Duration.ofMillis(5);

	private final Parts parts;

	private final List<Entry> entries;

	private final IntConsumer finished;

	private int next;

	private int answered;

	private int alive;

	Adoption(Parts parts, List<Entry> entries, IntConsumer finished) {
		this.parts = parts;
		this.entries = entries;
		this.finished = finished;
	}

	void start() {
		if (this.entries.isEmpty()) {
			this.finished.accept(0);
		}
		else {
			askSome();
		}
	}

	private void askSome() {
		int end = Math.min(this.next + AT_ONCE, this.entries.size());
		while (this.next < end) {
			Entry entry = this.entries.get(this.next++);
			PoolElement element = this.parts.elements().find(entry.key());
			if (element != null && element.homeRegistrar() == this.parts.identifier()
					&& !this.parts.monitor().isRegistered(entry.key())) {
				this.parts.monitor().claim(entry.key(), element, this::answered);
			}
			else {
				answered(element != null);
			}
		}
		if (this.next < this.entries.size()) {
			this.parts.schedule(PAUSE, this::askSome);
		}
	}

	private void answered(boolean lives) {
		this.alive += lives ? 1 : 0;
		if (++this.answered == this.entries.size()) {
			this.finished.accept(this.alive);
		}
	}

}
