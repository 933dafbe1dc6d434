package org.rserpool.registrar;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import org.rserpool.handlespace.ElementKey;
import org.rserpool.runtime.Timer;

/**
 * How one element is watched.
 */
final class Watch {

	private final ElementKey key;

	/** How old the registrar was when it learnt of the element, in seconds. */
	private final int knownSince;

	/** Whether this registrar is the element's home. */
	boolean own;

	/** Whether this registrar was the element's home, and gave it up. */
	boolean formerlyOwn;

	/** Whether the element registered here, over the present link. */
	boolean registered;

	/** Whether keep-alives are to say that this registrar is the home. */
	boolean claiming;

	/** Whether a keep-alive is not answered yet. */
	boolean probing;

	/** Whether the answer to the present probe is not enough. */
	boolean again;

	/** What users said of the element, if they did. */
	@Nullable ReportCount reports;

	int attempts;

	@Nullable AsapLink link;

	private @Nullable Deadline expiry;

	private @Nullable Timer next;

	private @Nullable Timer answer;

	private List<Consumer<Boolean>> outcomes = List.of();

	Watch(ElementKey key, int knownSince) {
		this.key = key;
		this.knownSince = knownSince;
	}

	ElementKey key() {
		return this.key;
	}

	int knownSince() {
		return this.knownSince;
	}

	@Nullable Deadline expiry() {
		return this.expiry;
	}

	void expiry(@Nullable Deadline deadline) {
		cancel(this.expiry);
		this.expiry = deadline;
	}

	void next(@Nullable Timer timer) {
		cancel(this.next);
		this.next = timer;
	}

	boolean hasNext() {
		return this.next != null;
	}

	void answer(@Nullable Timer timer) {
		cancel(this.answer);
		this.answer = timer;
	}

	/**
	 * Ends the present probe, if there is one.
	 */
	void settle() {
		this.probing = false;
		this.again = false;
		this.attempts = 0;
		answer(null);
	}

	void detach() {
		AsapLink old = this.link;
		this.link = null;
		this.registered = false;
		if (old != null) {
			old.release(this.key);
		}
	}

	void attach(AsapLink newLink) {
		if (this.link != newLink) {
			detach();
			this.link = newLink;
			newLink.elements().add(this.key);
		}
	}

	void onOutcome(Consumer<Boolean> outcome) {
		if (this.outcomes.isEmpty()) {
			this.outcomes = new ArrayList<>();
		}
		this.outcomes.add(outcome);
	}

	boolean isAwaited() {
		return !this.outcomes.isEmpty();
	}

	void tell(boolean alive) {
		List<Consumer<Boolean>> told = this.outcomes;
		this.outcomes = List.of();
		told.forEach((outcome) -> outcome.accept(alive));
	}

	private static void cancel(@Nullable Timer timer) {
		if (timer != null) {
			timer.cancel();
		}
	}

}
