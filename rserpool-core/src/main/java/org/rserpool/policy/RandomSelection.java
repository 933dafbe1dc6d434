package org.rserpool.policy;

import java.util.List;
import java.util.function.ToLongFunction;
import java.util.random.RandomGenerator;

import org.rserpool.wire.PoolElement;

/**
 * Draws elements at random, each with a chance in proportion to its weight, and none
 * twice (RFC 5356, sections 4.3 and 4.4). Elements of weight 0 are drawn only when there
 * are no others.
 */
final class RandomSelection implements MemberSelection {

	private final ToLongFunction<PoolElement> weight;

	private final Lottery weighted = new Lottery();

	private final Lottery withoutService = new Lottery();

	RandomSelection(ToLongFunction<PoolElement> weight) {
		this.weight = weight;
	}

	@Override
	public void put(PoolElement element) {
		long tickets = this.weight.applyAsLong(element);
		if (tickets > 0) {
			this.withoutService.remove(element.identifier());
			this.weighted.put(element, tickets);
		}
		else {
			this.weighted.remove(element.identifier());
			this.withoutService.put(element, 1);
		}
	}

	@Override
	public boolean remove(int identifier) {
		return this.weighted.remove(identifier) || this.withoutService.remove(identifier);
	}

	@Override
	public int size() {
		return this.weighted.size() + this.withoutService.size();
	}

	@Override
	public List<PoolElement> select(int items, RandomGenerator random) {
		return (this.weighted.size() > 0) ? this.weighted.draw(items, random) : this.withoutService.draw(items, random);
	}

}
