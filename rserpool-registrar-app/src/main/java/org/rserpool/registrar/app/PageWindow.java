package org.rserpool.registrar.app;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Picks one page out of many things in an order, and counts them. Holds no more than the
 * page and what stands before it.
 *
 * @param <T> what is picked
 */
final class PageWindow<T> {

	/** How far a page may reach. Further on, a filter finds more than a look does. */
	static final int MAX_END = 10_000;

	/** How many things a page may have. */
	static final int MAX_LIMIT = 200;

	private final int offset;

	private final int limit;

	private final Comparator<? super T> order;

	private final PriorityQueue<T> kept;

	private int count;

	/**
	 * Makes a page.
	 * @param offset how many things stand before the page
	 * @param limit how many things stand on the page at most
	 * @param order how things are ordered
	 * @throws InvalidQueryException if the page is too long or too far
	 */
	PageWindow(int offset, int limit, Comparator<? super T> order) {
		if (limit < 1 || limit > MAX_LIMIT) {
			throw new InvalidQueryException("The limit is from 1 to " + MAX_LIMIT + ", not " + limit);
		}
		if (offset < 0 || offset > MAX_END - limit) {
			throw new InvalidQueryException("The offset is at least 0, and with the limit at most " + MAX_END + ", not "
					+ offset + "; a filter finds what stands further on");
		}
		this.offset = offset;
		this.limit = limit;
		this.order = order;
		this.kept = new PriorityQueue<T>(order.reversed());
	}

	void add(T thing) {
		this.count++;
		if (this.kept.size() < this.offset + this.limit) {
			this.kept.add(thing);
		}
		else if (this.order.compare(thing, this.kept.element()) < 0) {
			this.kept.remove();
			this.kept.add(thing);
		}
	}

	/**
	 * Returns how many things were added.
	 */
	int count() {
		return this.count;
	}

	/**
	 * Returns whether nothing that comes later in the order can stand on the page.
	 */
	boolean isFull() {
		return this.kept.size() == this.offset + this.limit;
	}

	/**
	 * Returns what stands on the page.
	 */
	List<T> page() {
		List<T> sorted = new ArrayList<>(this.kept);
		sorted.sort(this.order);
		return sorted.subList(Math.min(this.offset, sorted.size()), sorted.size());
	}

}
