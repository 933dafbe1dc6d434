package org.rserpool.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.rserpool.wire.PoolElement;

/**
 * Candidates in their order: a binary heap in which each knows its index, so that a
 * change takes O(log n) time and no memory.
 */
final class CandidateOrder {

	private static final int[] NONE = new int[0];

	private final List<Candidate> heap = new ArrayList<>(2);

	/** The ranks, side by side so that most comparisons need not look further. */
	private long[] ranks = new long[2];

	/**
	 * The indexes that {@link #list} visits next, a heap as well. Kept for the next call.
	 */
	private int[] open = NONE;

	void add(Candidate candidate) {
		if (this.heap.size() == this.ranks.length) {
			this.ranks = Arrays.copyOf(this.ranks, 2 * this.ranks.length);
		}
		this.heap.add(candidate);
		rise(candidate, this.heap.size() - 1);
	}

	void remove(Candidate candidate) {
		Candidate last = this.heap.remove(this.heap.size() - 1);
		if (last != candidate) {
			last.index = candidate.index;
			this.heap.set(last.index, last);
			changed(last);
		}
	}

	/**
	 * Moves a candidate to where its rank and its turn belong now.
	 */
	void changed(Candidate candidate) {
		rise(candidate, candidate.index);
		sink(candidate, candidate.index);
	}

	Candidate first() {
		return this.heap.get(0);
	}

	/**
	 * Lists the first candidates, in O(k log k) however many there are.
	 * @param count how many; not more than there are
	 * @return their elements, in their order
	 */
	List<PoolElement> list(int count) {
		List<PoolElement> listed = new ArrayList<>(count);
		if (this.open.length <= count) {
			this.open = new int[count + 1];
		}
		this.open[0] = 0;
		int size = 1;
		while (listed.size() < count) {
			int index = this.open[0];
			listed.add(this.heap.get(index).element);
			sinkOpen(this.open[--size], size);
			for (int child = 2 * index + 1; child <= 2 * index + 2 && child < this.heap.size(); child++) {
				riseOpen(child, size++);
			}
		}
		return listed;
	}

	private void rise(Candidate candidate, int from) {
		int index = from;
		while (index > 0) {
			Candidate parent = this.heap.get((index - 1) / 2);
			if (!candidate.before(parent)) {
				break;
			}
			place(parent, index);
			index = (index - 1) / 2;
		}
		place(candidate, index);
	}

	private void sink(Candidate candidate, int from) {
		int size = this.heap.size();
		int index = from;
		int child = 2 * index + 1;
		while (child < size) {
			if (child + 1 < size && before(child + 1, child)) {
				child++;
			}
			Candidate lower = this.heap.get(child);
			if (!lower.before(candidate)) {
				break;
			}
			place(lower, index);
			index = child;
			child = 2 * index + 1;
		}
		place(candidate, index);
	}

	private void place(Candidate candidate, int index) {
		this.heap.set(index, candidate);
		this.ranks[index] = candidate.rank;
		candidate.index = index;
	}

	private void riseOpen(int entry, int from) {
		int index = from;
		while (index > 0 && before(entry, this.open[(index - 1) / 2])) {
			this.open[index] = this.open[(index - 1) / 2];
			index = (index - 1) / 2;
		}
		this.open[index] = entry;
	}

	private void sinkOpen(int entry, int size) {
		int index = 0;
		int child = 1;
		while (child < size) {
			if (child + 1 < size && before(this.open[child + 1], this.open[child])) {
				child++;
			}
			if (!before(this.open[child], entry)) {
				break;
			}
			this.open[index] = this.open[child];
			index = child;
			child = 2 * index + 1;
		}
		this.open[index] = entry;
	}

	private boolean before(int left, int right) {
		long difference = this.ranks[left] - this.ranks[right];
		return (difference != 0) ? difference < 0 : this.heap.get(left).before(this.heap.get(right));
	}

}
