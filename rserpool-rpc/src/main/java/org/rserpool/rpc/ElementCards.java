package org.rserpool.rpc;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.rserpool.session.BusinessCards;
import org.rserpool.user.PoolUserRole;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;

/**
 * The business cards of a node's pool elements. Whom they recommend is given by
 * identifiers, and found in the pool when a registrar tells of it.
 */
final class ElementCards {

	private final PoolUserRole user;

	private final BusinessCards cards;

	private final Map<Key, Presented> elements = new LinkedHashMap<>();

	ElementCards(PoolUserRole user, BusinessCards cards) {
		this.user = user;
		this.cards = cards;
	}

	/**
	 * Presents an element from now on.
	 */
	void begin(PoolHandle pool, PoolElement element) {
		this.elements.put(new Key(pool, element.identifier()), new Presented(element, List.of()));
		this.cards.put(pool, element, List.of());
	}

	/**
	 * Presents an element no more.
	 */
	void end(PoolHandle pool, int identifier) {
		this.elements.remove(new Key(pool, identifier));
		this.cards.remove(pool, identifier);
	}

	/**
	 * Changes whom an element recommends.
	 */
	void recommend(PoolHandle pool, int identifier, List<Integer> order) {
		Presented presented = this.elements.computeIfPresent(new Key(pool, identifier),
				(key, present) -> new Presented(present.element(), List.copyOf(order)));
		if (presented != null && order.isEmpty()) {
			this.cards.put(pool, presented.element(), List.of());
		}
		else if (presented != null) {
			look(pool);
		}
	}

	/**
	 * An element was registered, so its pool is known to registrars.
	 */
	void registered(PoolHandle pool) {
		if (this.elements.entrySet()
			.stream()
			.anyMatch((each) -> each.getKey().pool().equals(pool) && !each.getValue().order().isEmpty())) {
			look(pool);
		}
	}

	private void look(PoolHandle pool) {
		this.user.watch(pool, (known) -> update(pool, known));
	}

	private void update(PoolHandle pool, List<PoolElement> known) {
		this.elements.forEach((key, presented) -> {
			if (key.pool().equals(pool)) {
				List<PoolElement> recommended = new ArrayList<>();
				for (Integer wanted : presented.order()) {
					known.stream().filter((each) -> each.identifier() == wanted).forEach(recommended::add);
				}
				this.cards.put(pool, presented.element(), recommended);
			}
		});
	}

	/**
	 * An element in its pool.
	 */
	private record Key(PoolHandle pool, int identifier) {
	}

	/**
	 * An element, and whom it recommends.
	 *
	 * @param element the element
	 * @param order the identifiers of those that it recommends
	 */
	private record Presented(PoolElement element, List<Integer> order) {
	}

}
