package org.rserpool.registrar.app;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * The latest events, numbered from 1 on. Readers keep their place themselves; who is too
 * slow misses events, and learns how many. So nobody who reads takes memory, or makes
 * wait who adds.
 */
class EventRing {

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition news = this.lock.newCondition();

	private final @Nullable RegistrarEvent[] events;

	private long latest;

	private boolean closed;

	EventRing(int capacity) {
		this.events = new RegistrarEvent[capacity];
	}

	/**
	 * Adds an event. Waits for nothing but others who copy references.
	 */
	void add(RegistrarEvent event) {
		this.lock.lock();
		try {
			this.latest++;
			this.events[index(this.latest)] = event;
			this.news.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Returns the number of the latest event; 0 if there was none.
	 */
	long latest() {
		this.lock.lock();
		try {
			return this.latest;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Reads events, and waits for some if there are none.
	 * @param after the number of the last event that is not wanted
	 * @param limit how many at most
	 * @param patience how long to wait
	 * @return the events; none if nothing came, or {@code null} if the ring is closed
	 */
	@Nullable Batch read(long after, int limit, Duration patience) throws InterruptedException {
		this.lock.lock();
		try {
			long left = patience.toNanos();
			while (this.latest <= after && !this.closed && left > 0) {
				left = this.news.awaitNanos(left);
			}
			return this.closed ? null : batch(after, limit);
		}
		finally {
			this.lock.unlock();
		}
	}

	private Batch batch(long after, int limit) {
		long first = Math.max(after + 1, this.latest - this.events.length + 1);
		List<RegistrarEvent> found = new ArrayList<>();
		for (long number = first; number <= this.latest && found.size() < limit; number++) {
			RegistrarEvent event = this.events[index(number)];
			if (event != null) {
				found.add(event);
			}
		}
		return new Batch(Math.max(0, first - after - 1), first, found);
	}

	private int index(long number) {
		return (int) (number % this.events.length);
	}

	/**
	 * Lets readers come again after {@link #close()}.
	 */
	void open() {
		this.lock.lock();
		try {
			this.closed = false;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Sends all readers away.
	 */
	void close() {
		this.lock.lock();
		try {
			this.closed = true;
			this.news.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Some events in a row.
	 *
	 * @param missed how many events before them are lost
	 * @param first the number of the first
	 * @param events the events
	 */
	record Batch(long missed, long first, List<RegistrarEvent> events) {
	}

}
