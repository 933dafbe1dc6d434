package org.rserpool.registrar;

import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import org.rserpool.runtime.Timer;

/**
 * This registrar's attempt to take over from another one.
 */
final class Takeover {

	private final int target;

	private final long startedAt;

	private final Set<Integer> outstanding = new TreeSet<>(Integer::compareUnsigned);

	private int attempts;

	private @Nullable Timer deadline;

	Takeover(int target, long startedAt) {
		this.target = target;
		this.startedAt = startedAt;
	}

	int target() {
		return this.target;
	}

	long startedAt() {
		return this.startedAt;
	}

	/**
	 * Return the peers that have not acknowledged yet.
	 */
	Set<Integer> outstanding() {
		return this.outstanding;
	}

	int nextAttempt() {
		return ++this.attempts;
	}

	void deadline(@Nullable Timer timer) {
		if (this.deadline != null) {
			this.deadline.cancel();
		}
		this.deadline = timer;
	}

}
