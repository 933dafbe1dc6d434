package org.rserpool.integration;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;

import org.rserpool.spring.PoolElement;

/**
 * Keeps orders.
 */
@PoolElement("orders")
class OrderElement implements Orders {

	private final Map<Integer, Order> orders = new ConcurrentSkipListMap<>();

	@Override
	public int place(Order order) throws RefusedException {
		if (order.lines().isEmpty()) {
			throw new RefusedException("Order " + order.number() + " is empty");
		}
		this.orders.put(order.number(), order);
		return order.lines().stream().mapToInt(Line::count).sum();
	}

	@Override
	public Optional<Order> find(int number) {
		return Optional.ofNullable(this.orders.get(number));
	}

	@Override
	public CompletableFuture<List<Order>> all() {
		return CompletableFuture.completedFuture(List.copyOf(this.orders.values()));
	}

}
