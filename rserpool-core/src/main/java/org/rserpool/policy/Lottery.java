package org.rserpool.policy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

import org.rserpool.wire.PoolElement;

/**
 * Draws elements in proportion to their tickets. The tickets lie in a binary indexed
 * tree, so a change and a draw take O(log n).
 */
final class Lottery {

	private final Map<Integer, Integer> slots = new HashMap<>();

	private final Deque<Integer> freeSlots = new ArrayDeque<>();

	private @Nullable PoolElement[] elements = new @Nullable PoolElement[8];

	private long[] tickets = new long[8];

	/** At index i, the tickets of the {@code i & -i} slots that end with slot i - 1. */
	private long[] sums = new long[9];

	private int used;

	private long total;

	void put(PoolElement element, long count) {
		Integer slot = this.slots.get(element.identifier());
		if (slot == null) {
			slot = freeSlot();
			this.slots.put(element.identifier(), slot);
		}
		this.elements[slot] = element;
		change(slot, count - this.tickets[slot]);
	}

	boolean remove(int identifier) {
		Integer slot = this.slots.remove(identifier);
		if (slot == null) {
			return false;
		}
		change(slot, -this.tickets[slot]);
		this.elements[slot] = null;
		this.freeSlots.push(slot);
		return true;
	}

	int size() {
		return this.slots.size();
	}

	List<PoolElement> draw(int items, RandomGenerator random) {
		int count = Math.min(items, size());
		List<PoolElement> drawn = new ArrayList<>(count);
		int[] takenSlots = new int[count];
		long[] takenTickets = new long[count];
		for (int i = 0; i < count; i++) {
			int slot = find(random.nextLong(this.total));
			PoolElement element = this.elements[slot];
			if (element != null) {
				drawn.add(element);
			}
			takenSlots[i] = slot;
			takenTickets[i] = this.tickets[slot];
			change(slot, -this.tickets[slot]);
		}
		for (int i = 0; i < count; i++) {
			change(takenSlots[i], takenTickets[i]);
		}
		return drawn;
	}

	private int freeSlot() {
		Integer free = this.freeSlots.poll();
		if (free != null) {
			return free;
		}
		if (this.used == this.elements.length) {
			grow();
		}
		return this.used++;
	}

	private void grow() {
		int capacity = 2 * this.used;
		this.elements = Arrays.copyOf(this.elements, capacity);
		long[] old = this.tickets;
		this.tickets = new long[capacity];
		this.sums = new long[capacity + 1];
		this.total = 0;
		for (int slot = 0; slot < old.length; slot++) {
			change(slot, old[slot]);
		}
	}

	private void change(int slot, long difference) {
		this.tickets[slot] += difference;
		this.total += difference;
		for (int i = slot + 1; i < this.sums.length; i += i & -i) {
			this.sums[i] += difference;
		}
	}

	private int find(long ticket) {
		int slot = 0;
		long rest = ticket;
		for (int step = this.elements.length; step > 0; step /= 2) {
			if (slot + step < this.sums.length && this.sums[slot + step] <= rest) {
				slot += step;
				rest -= this.sums[slot];
			}
		}
		return slot;
	}

}
