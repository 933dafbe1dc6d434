package org.rserpool.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

import org.rserpool.wire.IdentifierMap;
import org.rserpool.wire.PoolElement;

/**
 * Random (RFC 5356, section 4.3): every element has the same chance. An answer of k
 * elements takes O(k): those drawn change places with the first k.
 */
final class RandomSelection implements MemberSelection {

	private final IdentifierMap<Place> places = new IdentifierMap<>();

	private final List<Place> row = new ArrayList<>(2);

	@Override
	public void put(PoolElement element) {
		if (!replace(element)) {
			Place place = new Place(element, this.row.size());
			this.places.put(element.identifier(), place);
			this.row.add(place);
		}
	}

	@Override
	public boolean replace(PoolElement element) {
		Place place = this.places.get(element.identifier());
		if (place == null) {
			return false;
		}
		place.element = element;
		return true;
	}

	@Override
	public boolean remove(int identifier) {
		Place place = this.places.remove(identifier);
		if (place == null) {
			return false;
		}
		int last = this.row.size() - 1;
		exchange(place.index, last);
		this.row.remove(last);
		return true;
	}

	@Override
	public int size() {
		return this.row.size();
	}

	@Override
	public List<PoolElement> select(int items, RandomGenerator random) {
		int count = Math.min(items, size());
		List<PoolElement> selected = new ArrayList<>(count);
		for (int i = 0; i < count; i++) {
			exchange(i, random.nextInt(i, size()));
			selected.add(this.row.get(i).element);
		}
		return selected;
	}

	@Override
	public @Nullable PoolElement selectOne(RandomGenerator random) {
		return (size() > 0) ? this.row.get(random.nextInt(0, size())).element : null;
	}

	private void exchange(int i, int k) {
		Place first = this.row.get(i);
		Place second = this.row.get(k);
		this.row.set(i, second);
		second.index = i;
		this.row.set(k, first);
		first.index = k;
	}

	/**
	 * An element's place in the row.
	 */
	private static final class Place {

		private PoolElement element;

		private int index;

		Place(PoolElement element, int index) {
			this.element = element;
			this.index = index;
		}

	}

}
