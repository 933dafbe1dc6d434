package org.rserpool.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.rserpool.wire.PoolElement;

/**
 * Candidates in their order: a heap in which each knows its index, so that a change takes
 * O(log n) time and no memory. Each has four others below it, whose ranks and turns lie
 * side by side, which touches less memory than a deeper heap.
 */
final class CandidateOrder {

	private static final int BRANCHES = 4;

	private static final int[] NONE = new int[0];

	private final List<Candidate> heap = new ArrayList<>(2);

	/** At 2i the rank of the candidate with index i, and its turn behind it. */
	private long[] keys = new long[4];

	/**
	 * The indexes that {@link #list} visits next, a heap as well. Kept for the next call.
	 */
	private int[] open = NONE;

	void add(Candidate candidate) {
		int index = this.heap.size();
		if (2 * index == this.keys.length) {
			this.keys = Arrays.copyOf(this.keys, 4 * index);
		}
		this.heap.add(candidate);
		rise(candidate, index);
	}

	void remove(Candidate candidate) {
		Candidate last = this.heap.remove(this.heap.size() - 1);
		if (last != candidate) {
			last.index = candidate.index;
			changed(last);
		}
	}

	/**
	 * Moves a candidate to where its rank and its turn belong now.
	 */
	void changed(Candidate candidate) {
		int index = candidate.index;
		if (index > 0 && candidate.before(rank(parent(index)), turn(parent(index)))) {
			rise(candidate, index);
		}
		else {
			sink(candidate, index);
		}
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
		if (this.open.length < BRANCHES * count) {
			this.open = new int[BRANCHES * count];
		}
		int size = 1;
		for (int left = count; left > 0; left--) {
			int index = (left == count) ? 0 : this.open[0];
			listed.add(this.heap.get(index).element);
			if (left > 1) {
				sinkOpen(this.open[--size], size);
				int end = Math.min(BRANCHES * index + BRANCHES, this.heap.size() - 1);
				for (int child = BRANCHES * index + 1; child <= end; child++) {
					riseOpen(child, size++);
				}
			}
		}
		return listed;
	}

	private static int parent(int index) {
		return (index - 1) / BRANCHES;
	}

	private long rank(int index) {
		return this.keys[2 * index];
	}

	private long turn(int index) {
		return this.keys[2 * index + 1];
	}

	private void rise(Candidate candidate, int from) {
		int index = from;
		while (index > 0 && candidate.before(rank(parent(index)), turn(parent(index)))) {
			move(parent(index), index);
			index = parent(index);
		}
		place(candidate, index);
	}

	private void sink(Candidate candidate, int from) {
		int size = this.heap.size();
		int index = from;
		for (int child = BRANCHES * index + 1; child < size; child = BRANCHES * index + 1) {
			int first = (child + BRANCHES <= size) ? firstOfAll(child) : firstOf(child, size);
			if (candidate.before(rank(first), turn(first))) {
				break;
			}
			move(first, index);
			index = first;
		}
		place(candidate, index);
	}

	private int firstOf(int from, int to) {
		int first = from;
		for (int index = from + 1; index < to; index++) {
			if (before(index, first)) {
				first = index;
			}
		}
		return first;
	}

	/**
	 * Return which of four candidates side by side comes first. No branch decides that,
	 * as every second would be predicted wrong.
	 */
	private int firstOfAll(int from) {
		long[] keys = this.keys;
		int at = 2 * from;
		long left = second(keys[at], keys[at + 1], keys[at + 2], keys[at + 3]);
		long right = second(keys[at + 4], keys[at + 5], keys[at + 6], keys[at + 7]);
		long half = second(choose(keys[at], keys[at + 2], left), choose(keys[at + 1], keys[at + 3], left),
				choose(keys[at + 4], keys[at + 6], right), choose(keys[at + 5], keys[at + 7], right));
		return from + (int) choose(-left, 2 - right, half);
	}

	/**
	 * Return -1 if the second of two comes first, else 0.
	 */
	private static long second(long rank, long turn, long secondRank, long secondTurn) {
		long difference = secondRank - rank;
		return ((difference != 0) ? difference : secondTurn - turn) >> 63;
	}

	private static long choose(long first, long second, long isSecond) {
		return first ^ ((first ^ second) & isSecond);
	}

	private void move(int from, int to) {
		Candidate moved = this.heap.get(from);
		this.keys[2 * to] = this.keys[2 * from];
		this.keys[2 * to + 1] = this.keys[2 * from + 1];
		this.heap.set(to, moved);
		moved.index = to;
	}

	private void place(Candidate candidate, int index) {
		this.heap.set(index, candidate);
		this.keys[2 * index] = candidate.rank;
		this.keys[2 * index + 1] = candidate.turn;
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
		long difference = rank(left) - rank(right);
		return (difference != 0) ? difference < 0 : turn(left) < turn(right);
	}

}
