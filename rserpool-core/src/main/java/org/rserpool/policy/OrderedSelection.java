package org.rserpool.policy;

import java.util.List;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

import org.rserpool.wire.IdentifierMap;
import org.rserpool.wire.PoolElement;

/**
 * Selects elements in an order that changes with each selection.
 */
abstract class OrderedSelection implements MemberSelection {

	private final IdentifierMap<Candidate> candidates = new IdentifierMap<>();

	private final CandidateOrder order = new CandidateOrder();

	private long nextTurn;

	/**
	 * Ranks a candidate that is new.
	 */
	abstract void enter(Candidate candidate);

	/**
	 * Ranks a candidate whose registration was renewed.
	 */
	abstract void renew(Candidate candidate);

	/**
	 * Ranks a candidate that was selected.
	 */
	abstract void charge(Candidate candidate);

	final long nextTurn() {
		return this.nextTurn++;
	}

	@Override
	public final void put(PoolElement element) {
		Candidate known = this.candidates.get(element.identifier());
		if (known != null) {
			known.element = element;
			renew(known);
			this.order.changed(known);
		}
		else {
			Candidate candidate = new Candidate(element, nextTurn());
			this.candidates.put(element.identifier(), candidate);
			enter(candidate);
			this.order.add(candidate);
		}
	}

	@Override
	public final boolean replace(PoolElement element) {
		Candidate known = this.candidates.get(element.identifier());
		if (known == null) {
			return false;
		}
		known.element = element;
		return true;
	}

	@Override
	public final boolean remove(int identifier) {
		Candidate known = this.candidates.remove(identifier);
		if (known == null) {
			return false;
		}
		this.order.remove(known);
		return true;
	}

	@Override
	public final int size() {
		return this.candidates.size();
	}

	@Override
	public final List<PoolElement> select(int items, RandomGenerator random) {
		int count = Math.min(items, size());
		List<PoolElement> selected = this.order.list(count);
		if (count > 0) {
			useFirst();
		}
		return selected;
	}

	@Override
	public final @Nullable PoolElement selectOne(RandomGenerator random) {
		return (size() > 0) ? useFirst() : null;
	}

	private PoolElement useFirst() {
		Candidate first = this.order.first();
		charge(first);
		this.order.changed(first);
		return first.element;
	}

}
