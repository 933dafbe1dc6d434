package org.rserpool.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Draws lots with a chance in proportion to their weights. The weights lie in a binary
 * indexed tree, so a change and a draw take O(log n).
 */
final class Lottery {

	private final List<Lot> lots = new ArrayList<>(2);

	/**
	 * At index i, the sum of the {@code i & -i} weights that end with that of lot i - 1.
	 * The length is a power of two, and one more.
	 */
	private long[] sums = new long[3];

	private long total;

	void add(Lot lot, long weight) {
		if (this.lots.size() == this.sums.length - 1) {
			grow();
		}
		lot.index = this.lots.size();
		this.lots.add(lot);
		change(lot, weight);
	}

	private void grow() {
		this.sums = Arrays.copyOf(this.sums, 2 * this.lots.size() + 1);
		this.sums[2 * this.lots.size()] = this.total;
	}

	void remove(Lot lot) {
		takeOut(lot);
		Lot last = this.lots.remove(this.lots.size() - 1);
		if (last != lot) {
			takeOut(last);
			last.index = lot.index;
			this.lots.set(last.index, last);
			putBack(last);
		}
	}

	/**
	 * Gives a lot another weight.
	 */
	void change(Lot lot, long weight) {
		long difference = weight - lot.weight;
		lot.weight = weight;
		add(lot.index, difference);
	}

	/**
	 * Takes a lot out, until {@link #putBack}.
	 */
	void takeOut(Lot lot) {
		add(lot.index, -lot.weight);
	}

	void putBack(Lot lot) {
		add(lot.index, lot.weight);
	}

	private void add(int index, long difference) {
		this.total += difference;
		for (int i = index + 1; i < this.sums.length; i += i & -i) {
			this.sums[i] += difference;
		}
	}

	/**
	 * Draws a lot that is not taken out. There must be one whose weight is not 0.
	 */
	Lot draw(RandomGenerator random) {
		long rest = random.nextLong(this.total);
		int index = 0;
		for (int step = this.sums.length / 2; step > 0; step /= 2) {
			long sum = this.sums[index + step];
			// Not a branch, as half of them would be predicted wrong
			long goesOn = ~((rest - sum) >> 63);
			index += step & (int) goesOn;
			rest -= sum & goesOn;
		}
		return this.lots.get(index);
	}

}
