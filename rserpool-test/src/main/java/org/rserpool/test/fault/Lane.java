package org.rserpool.test.fault;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import org.rserpool.runtime.RoleRuntime;

/**
 * One direction of an association: what is put in comes out as late as the link is slow,
 * and not at all while the link is a black hole.
 */
final class Lane {

	private static final long FIRST_REPETITION = Duration.ofMillis(200).toNanos();

	private static final int MAX_REPETITIONS = 8;

	private final RoleRuntime runtime;

	private final Supplier<LinkState> link;

	private final boolean ordered;

	private final PriorityQueue<Item> underWay = new PriorityQueue<>();

	private final Deque<BooleanSupplier> arrived = new ArrayDeque<>();

	private final Map<Integer, Long> lastOfStream = new HashMap<>();

	private long last;

	private long barrier;

	private long count;

	private boolean closed;

	/**
	 * Makes a lane.
	 * @param runtime has the time and the chance
	 * @param link says what is wrong at the moment
	 * @param ordered whether nothing overtakes anything, whatever its stream
	 */
	Lane(RoleRuntime runtime, Supplier<LinkState> link, boolean ordered) {
		this.runtime = runtime;
		this.link = link;
		this.ordered = ordered;
		this.last = runtime.nanoTime();
		this.barrier = this.last;
	}

	/** Return whether something put in now comes out at once. */
	boolean isFree() {
		LinkState state = this.link.get();
		return this.underWay.isEmpty() && this.arrived.isEmpty() && !state.blackHole() && !state.isSlow();
	}

	/**
	 * Puts a message in.
	 * @param stream its stream
	 * @param unordered whether it may overtake others of its stream
	 * @param arrival what to do when it comes out; answers whether it could be done, and
	 * if not, is asked again by {@link #flush}
	 */
	void put(int stream, boolean unordered, BooleanSupplier arrival) {
		long arrives = Math.max(this.runtime.nanoTime() + latency(), this.barrier);
		if (this.ordered) {
			arrives = Math.max(arrives, this.last);
		}
		else if (!unordered) {
			arrives = Math.max(arrives, this.lastOfStream.getOrDefault(stream, arrives));
			this.lastOfStream.put(stream, arrives);
		}
		this.last = Math.max(this.last, arrives);
		send(arrives, arrival);
	}

	/**
	 * Puts something in that overtakes nothing, and that nothing overtakes.
	 * @param arrival what to do when it comes out
	 */
	void putLast(Runnable arrival) {
		this.last = Math.max(this.last, this.runtime.nanoTime() + latency());
		this.barrier = this.last;
		send(this.last, () -> {
			arrival.run();
			return true;
		});
	}

	private void send(long arrives, BooleanSupplier arrival) {
		if (isFree()) {
			this.arrived.add(arrival);
			flush();
			return;
		}
		this.underWay.add(new Item(arrives, this.count++, arrival));
		this.runtime.schedule(Duration.ofNanos(arrives - this.runtime.nanoTime()), this::flush);
	}

	/** Lets out what is due, as far as the link allows. */
	void flush() {
		long now = this.runtime.nanoTime();
		for (Item next = this.underWay.peek(); next != null && next.arrives() <= now; next = this.underWay.peek()) {
			this.underWay.poll();
			this.arrived.add(next.arrival());
		}
		while (!this.closed && !this.link.get().blackHole()) {
			BooleanSupplier next = this.arrived.poll();
			if (next == null) {
				return;
			}
			if (!next.getAsBoolean()) {
				this.arrived.addFirst(next);
				return;
			}
		}
	}

	/** Loses everything. */
	void close() {
		this.closed = true;
		this.underWay.clear();
		this.arrived.clear();
	}

	private long latency() {
		LinkState state = this.link.get();
		long latency = state.delay().toNanos();
		if (!state.jitter().isZero()) {
			latency += this.runtime.random().nextLong(state.jitter().toNanos() + 1);
		}
		long repetition = FIRST_REPETITION;
		for (int i = 0; i < MAX_REPETITIONS && this.runtime.random().nextDouble() < state.loss(); i++) {
			latency += repetition;
			repetition *= 2;
		}
		return latency;
	}

	private record Item(long arrives, long number, BooleanSupplier arrival) implements Comparable<Item> {

		private static final Comparator<Item> ORDER = Comparator.comparingLong(Item::arrives)
			.thenComparingLong(Item::number);

		@Override
		public int compareTo(Item other) {
			return ORDER.compare(this, other);
		}

	}

}
