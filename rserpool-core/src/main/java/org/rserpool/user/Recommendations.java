package org.rserpool.user;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;

import org.jspecify.annotations.Nullable;

import org.rserpool.wire.PoolElement;

/**
 * Which elements of a pool stand in for one that fails, as it recommended itself (RFC
 * 5352, section 3.9 BC2).
 */
final class Recommendations {

	private static final int MAXIMUM_SENDERS = 128;

	private static final int MAXIMUM_RECOMMENDED = 32;

	/** By sender, in the order in which they sent. */
	private final Map<Integer, List<PoolElement>> orders = new LinkedHashMap<>();

	/**
	 * Takes an order, in place of an earlier one.
	 * @param sender the element that recommends
	 * @param elements whom it recommends; it may name itself
	 */
	void put(int sender, List<PoolElement> elements) {
		this.orders.remove(sender);
		List<PoolElement> others = elements.stream()
			.filter((element) -> element.identifier() != sender)
			.limit(MAXIMUM_RECOMMENDED)
			.toList();
		if (others.isEmpty()) {
			return;
		}
		if (this.orders.size() == MAXIMUM_SENDERS) {
			Iterator<Integer> oldest = this.orders.keySet().iterator();
			oldest.next();
			oldest.remove();
		}
		this.orders.put(sender, others);
	}

	/**
	 * Return who stands in for elements that failed.
	 * @param failed the elements that must not be chosen, because they failed
	 * @param avoided tells which others are to be avoided
	 * @return the first that the one among them recommends that sent last, or
	 * {@code null} if there is none
	 */
	@Nullable PoolElement standIn(Set<Integer> failed, IntPredicate avoided) {
		if (this.orders.isEmpty() || failed.isEmpty()) {
			return null;
		}
		List<Integer> senders = new ArrayList<>(this.orders.keySet());
		for (int i = senders.size() - 1; i >= 0; i--) {
			if (failed.contains(senders.get(i))) {
				for (PoolElement element : this.orders.getOrDefault(senders.get(i), List.of())) {
					if (!failed.contains(element.identifier()) && !avoided.test(element.identifier())) {
						return element;
					}
				}
			}
		}
		return null;
	}

}
