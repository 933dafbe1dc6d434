package org.rserpool.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import java.util.random.RandomGenerator;

import org.rserpool.wire.PoolElement;

/**
 * Selects the elements with the lowest rank, and round robin among equals. Round Robin is
 * the case where all are equal (RFC 5356, sections 4.1 and 5.1).
 */
final class RankedSelection implements MemberSelection {

	private final ToLongFunction<PoolElement> rank;

	private final Map<Integer, Entry> entries = new HashMap<>();

	private final TreeSet<Entry> order = new TreeSet<>();

	private long nextTurn;

	RankedSelection(ToLongFunction<PoolElement> rank) {
		this.rank = rank;
	}

	@Override
	public void put(PoolElement element) {
		Entry old = this.entries.get(element.identifier());
		if (old != null) {
			this.order.remove(old);
		}
		place(element, (old != null) ? old.turn : this.nextTurn++);
	}

	private void place(PoolElement element, long turn) {
		Entry entry = new Entry(element, this.rank.applyAsLong(element), turn);
		this.entries.put(element.identifier(), entry);
		this.order.add(entry);
	}

	@Override
	public boolean remove(int identifier) {
		Entry old = this.entries.remove(identifier);
		return (old != null) && this.order.remove(old);
	}

	@Override
	public int size() {
		return this.entries.size();
	}

	@Override
	public List<PoolElement> select(int items, RandomGenerator random) {
		List<PoolElement> selected = new ArrayList<>(Math.min(items, size()));
		Iterator<Entry> iterator = this.order.iterator();
		while (selected.size() < items && iterator.hasNext()) {
			selected.add(iterator.next().element);
		}
		if (!selected.isEmpty()) {
			Entry first = this.order.pollFirst();
			place(first.element, this.nextTurn++);
		}
		return selected;
	}

	/**
	 * An element in the order.
	 *
	 * @param element the element
	 * @param rank the lower, the earlier
	 * @param turn unique; among equals, the lower, the earlier
	 */
	private record Entry(PoolElement element, long rank, long turn) implements Comparable<Entry> {

		@Override
		public int compareTo(Entry other) {
			int byRank = Long.compare(this.rank, other.rank);
			return (byRank != 0) ? byRank : Long.compare(this.turn, other.turn);
		}

	}

}
