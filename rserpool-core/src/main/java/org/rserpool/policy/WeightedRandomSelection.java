package org.rserpool.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

import org.rserpool.wire.IdentifierMap;
import org.rserpool.wire.PoolElement;

/**
 * Draws elements at random, each with a chance in proportion to its weight, and none
 * twice (RFC 5356, sections 4.4 and 5.4). It takes no element of weight 0.
 */
final class WeightedRandomSelection implements MemberSelection {

	private final Formula formula;

	private final IdentifierMap<Lot> lots = new IdentifierMap<>();

	private final Lottery lottery = new Lottery();

	/** For {@link #select}, empty between calls. */
	private final List<Lot> drawn = new ArrayList<>(2);

	WeightedRandomSelection(Formula formula) {
		this.formula = formula;
	}

	@Override
	public void put(PoolElement element) {
		long weight = this.formula.initial(element.policy());
		Lot lot = this.lots.get(element.identifier());
		if (lot != null) {
			lot.element = element;
			this.lottery.change(lot, weight);
		}
		else {
			lot = new Lot(element);
			this.lots.put(element.identifier(), lot);
			this.lottery.add(lot, weight);
		}
		lot.step = this.formula.degradation(element.policy());
	}

	@Override
	public boolean replace(PoolElement element) {
		Lot lot = this.lots.get(element.identifier());
		if (lot == null) {
			return false;
		}
		lot.element = element;
		return true;
	}

	@Override
	public boolean remove(int identifier) {
		Lot lot = this.lots.remove(identifier);
		if (lot == null) {
			return false;
		}
		this.lottery.remove(lot);
		return true;
	}

	@Override
	public int size() {
		return this.lots.size();
	}

	@Override
	public List<PoolElement> select(int items, RandomGenerator random) {
		int count = Math.min(items, size());
		List<PoolElement> selected = new ArrayList<>(count);
		if (count == 0) {
			return selected;
		}
		Lot first = this.lottery.draw(random);
		take(first, selected);
		while (selected.size() < count) {
			Lot lot = this.lottery.draw(random);
			if (lot.drawn) {
				drawWithoutReplacement(count, random, selected);
			}
			else {
				take(lot, selected);
			}
		}
		for (int i = 0; i < count; i++) {
			this.drawn.get(i).drawn = false;
		}
		this.drawn.clear();
		degrade(first);
		return selected;
	}

	@Override
	public @Nullable PoolElement selectOne(RandomGenerator random) {
		if (size() == 0) {
			return null;
		}
		Lot lot = this.lottery.draw(random);
		degrade(lot);
		return lot.element;
	}

	private void degrade(Lot lot) {
		if (lot.step > 0) {
			this.lottery.change(lot, Math.max(1, lot.weight - lot.step));
		}
	}

	/**
	 * Goes on where a lot was drawn again. That seldom happens, and a draw costs less
	 * than to take each drawn lot out of the lottery and to put it back.
	 */
	private void drawWithoutReplacement(int count, RandomGenerator random, List<PoolElement> selected) {
		int out = 0;
		while (selected.size() < count) {
			for (; out < this.drawn.size(); out++) {
				this.lottery.takeOut(this.drawn.get(out));
			}
			take(this.lottery.draw(random), selected);
		}
		for (int i = 0; i < out; i++) {
			this.lottery.putBack(this.drawn.get(i));
		}
	}

	private void take(Lot lot, List<PoolElement> selected) {
		lot.drawn = true;
		this.drawn.add(lot);
		selected.add(lot.element);
	}

}
