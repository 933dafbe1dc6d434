package org.rserpool.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

import org.rserpool.wire.PolicyField;
import org.rserpool.wire.PoolElement;

/**
 * Weighted Round Robin (RFC 5356, section 4.2): each element has a turn every
 * {@code 1/weight} of a round, so its turns lie evenly spread between those of others.
 * Elements of weight 0 are served only when there are no others.
 */
final class WeightedRoundRobinSelection implements MemberSelection {

	/**
	 * The distance between two turns of an element of weight 1. Positions wrap around;
	 * all that are compared lie within one such distance of each other.
	 */
	private static final long ROUND = 1L << 62;

	private final Map<Integer, Entry> entries = new HashMap<>();

	private final TreeSet<Entry> order = new TreeSet<>();

	private final RankedSelection withoutService = new RankedSelection((element) -> 0);

	private long position;

	private long nextSequence;

	@Override
	public void put(PoolElement element) {
		Entry old = take(element.identifier());
		long weight = element.policy().value(PolicyField.WEIGHT);
		if (weight == 0) {
			this.withoutService.put(element);
			return;
		}
		this.withoutService.remove(element.identifier());
		long stride = ROUND / weight;
		long wait = (old != null) ? Math.min(old.turn - this.position, stride) : stride / 2;
		place(new Entry(element, stride, this.position + wait, (old != null) ? old.sequence : this.nextSequence++));
	}

	private @Nullable Entry take(int identifier) {
		Entry old = this.entries.remove(identifier);
		if (old != null) {
			this.order.remove(old);
		}
		return old;
	}

	private void place(Entry entry) {
		this.entries.put(entry.element.identifier(), entry);
		this.order.add(entry);
	}

	@Override
	public boolean remove(int identifier) {
		return this.withoutService.remove(identifier) || take(identifier) != null;
	}

	@Override
	public int size() {
		return this.entries.size() + this.withoutService.size();
	}

	@Override
	public List<PoolElement> select(int items, RandomGenerator random) {
		if (this.order.isEmpty()) {
			return this.withoutService.select(items, random);
		}
		List<PoolElement> selected = new ArrayList<>(Math.min(items, this.order.size()));
		Iterator<Entry> iterator = this.order.iterator();
		while (selected.size() < items && iterator.hasNext()) {
			selected.add(iterator.next().element);
		}
		if (!selected.isEmpty()) {
			Entry first = this.order.pollFirst();
			this.position = first.turn;
			place(new Entry(first.element, first.stride, first.turn + first.stride, first.sequence));
		}
		return selected;
	}

	/**
	 * An element in the order.
	 *
	 * @param element the element
	 * @param stride the distance between its turns
	 * @param turn the position of its next turn
	 * @param sequence unique; decides between turns at the same position
	 */
	private record Entry(PoolElement element, long stride, long turn, long sequence) implements Comparable<Entry> {

		@Override
		public int compareTo(Entry other) {
			int byTurn = Long.signum(this.turn - other.turn);
			return (byTurn != 0) ? byTurn : Long.compare(this.sequence, other.sequence);
		}

	}

}
