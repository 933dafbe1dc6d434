package org.rserpool.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

import org.rserpool.wire.IdentifierMap;
import org.rserpool.wire.PoolElement;

/**
 * Round Robin (RFC 5356, section 4.1): the elements stand in a circle, and each answer
 * starts one element further.
 */
final class RoundRobinSelection implements MemberSelection {

	private final IdentifierMap<Place> places = new IdentifierMap<>();

	private @Nullable Place head;

	@Override
	public void put(PoolElement element) {
		if (!replace(element)) {
			Place place = new Place(element);
			this.places.put(element.identifier(), place);
			if (this.head != null) {
				place.enterBefore(this.head);
			}
			else {
				this.head = place;
			}
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
		if (place == this.head) {
			this.head = (place.next != place) ? place.next : null;
		}
		place.leave();
		return true;
	}

	@Override
	public int size() {
		return this.places.size();
	}

	@Override
	public List<PoolElement> select(int items, RandomGenerator random) {
		int count = Math.min(items, size());
		List<PoolElement> selected = new ArrayList<>(count);
		Place place = this.head;
		if (place == null || count == 0) {
			return selected;
		}
		this.head = place.next;
		for (int i = 0; i < count; i++) {
			selected.add(place.element);
			place = place.next;
		}
		return selected;
	}

	@Override
	public @Nullable PoolElement selectOne(RandomGenerator random) {
		Place place = this.head;
		if (place == null) {
			return null;
		}
		this.head = place.next;
		return place.element;
	}

	/**
	 * An element's place in the circle.
	 */
	private static final class Place {

		private PoolElement element;

		private Place previous = this;

		private Place next = this;

		Place(PoolElement element) {
			this.element = element;
		}

		void enterBefore(Place other) {
			this.previous = other.previous;
			this.next = other;
			this.previous.next = this;
			other.previous = this;
		}

		void leave() {
			this.previous.next = this.next;
			this.next.previous = this.previous;
		}

	}

}
