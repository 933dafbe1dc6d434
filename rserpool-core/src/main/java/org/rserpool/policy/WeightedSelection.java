package org.rserpool.policy;

import java.util.List;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

import org.rserpool.wire.PolicyField;
import org.rserpool.wire.PoolElement;

/**
 * Selects by weight. An element of weight 0 wants no service: it is selected only where
 * the pool has no other.
 */
final class WeightedSelection implements MemberSelection {

	private final MemberSelection served;

	private final MemberSelection withoutService;

	WeightedSelection(MemberSelection served, MemberSelection withoutService) {
		this.served = served;
		this.withoutService = withoutService;
	}

	@Override
	public void put(PoolElement element) {
		boolean serves = serves(element);
		(serves ? this.withoutService : this.served).remove(element.identifier());
		(serves ? this.served : this.withoutService).put(element);
	}

	@Override
	public void begin(List<PoolElement> listed) {
		this.served.begin(listed.stream().filter(WeightedSelection::serves).toList());
		this.withoutService.begin(listed.stream().filter((element) -> !serves(element)).toList());
	}

	private static boolean serves(PoolElement element) {
		return element.policy().value(PolicyField.WEIGHT) > 0;
	}

	@Override
	public boolean replace(PoolElement element) {
		return this.served.replace(element) || this.withoutService.replace(element);
	}

	@Override
	public boolean remove(int identifier) {
		return this.served.remove(identifier) || this.withoutService.remove(identifier);
	}

	@Override
	public int size() {
		return this.served.size() + this.withoutService.size();
	}

	@Override
	public List<PoolElement> select(int items, RandomGenerator random) {
		return effective().select(items, random);
	}

	@Override
	public @Nullable PoolElement selectOne(RandomGenerator random) {
		return effective().selectOne(random);
	}

	private MemberSelection effective() {
		return (this.served.size() > 0) ? this.served : this.withoutService;
	}

}
