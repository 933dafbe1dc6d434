package org.rserpool.integration;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.rserpool.spring.Idempotent;

/**
 * A service that is called through a pool; not public, as those of many applications.
 */
interface Orders {

	int place(Order order) throws RefusedException;

	@Idempotent
	Optional<Order> find(int number);

	@Idempotent
	CompletableFuture<List<Order>> all();

	/**
	 * An order.
	 *
	 * @param number its number
	 * @param lines what is ordered
	 */
	record Order(int number, List<Line> lines) {
	}

	/**
	 * What is ordered.
	 *
	 * @param item the item
	 * @param count how many of it
	 */
	record Line(String item, int count) {
	}

	/**
	 * The order is not accepted.
	 */
	class RefusedException extends Exception {

		private static final long serialVersionUID = 1L;

		RefusedException(String message) {
			super(message);
		}

	}

}
