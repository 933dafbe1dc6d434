package org.rserpool.test;

import java.util.Comparator;
import java.util.PriorityQueue;

import org.jspecify.annotations.Nullable;

import org.rserpool.runtime.Timer;

/**
 * What is to happen, ordered by time; at the same time, in the order of being scheduled.
 */
final class EventQueue {

	private final PriorityQueue<Event> events = new PriorityQueue<>(
			Comparator.comparingLong(Event::time).thenComparingLong(Event::sequence));

	private long now;

	private long sequence;

	private int pending;

	long now() {
		return this.now;
	}

	Timer schedule(long time, Runnable action) {
		Event event = new Event(Math.max(time, this.now), this.sequence++, action);
		this.events.add(event);
		this.pending++;
		return event;
	}

	/**
	 * Return how many events are to come that were not cancelled.
	 */
	int pending() {
		return this.pending;
	}

	/**
	 * Runs the next event.
	 * @param limit the time up to which events run
	 * @return whether there was one; if not, the time is {@code limit} now
	 */
	boolean step(long limit) {
		Event next = this.events.peek();
		if (next == null || next.time() > limit) {
			this.now = Math.max(this.now, limit);
			return false;
		}
		this.events.remove();
		this.now = next.time();
		next.run();
		return true;
	}

	private final class Event implements Timer {

		private final long time;

		private final long sequence;

		private @Nullable Runnable action;

		private Event(long time, long sequence, Runnable action) {
			this.time = time;
			this.sequence = sequence;
			this.action = action;
		}

		private long time() {
			return this.time;
		}

		private long sequence() {
			return this.sequence;
		}

		private void run() {
			Runnable due = this.action;
			if (due != null) {
				cancel();
				due.run();
			}
		}

		@Override
		public void cancel() {
			if (this.action != null) {
				this.action = null;
				EventQueue.this.pending--;
			}
		}

	}

}
