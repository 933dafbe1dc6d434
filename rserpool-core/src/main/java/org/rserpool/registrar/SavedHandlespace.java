package org.rserpool.registrar;

import java.time.Duration;
import java.util.List;

import org.rserpool.wire.EnrpMessage.PoolEntry;
import org.rserpool.wire.PoolElement;

/**
 * A copy of a registrar's handlespace that outlives it, so that it can give service at
 * once after a restart. {@link RegistrarSnapshot}, by contrast, is for those who look at
 * a registrar. Immutable.
 *
 * @param registrar the identifier that the registrar had
 * @param pools the pools with their elements, each with its owner as home registrar
 * @since 0.1
 */
public record SavedHandlespace(int registrar, List<PoolEntry> pools) {

	public SavedHandlespace {
		pools = List.copyOf(pools);
	}

	/**
	 * Return how many elements there are.
	 * @return the number of elements in all pools
	 */
	public int size() {
		return this.pools.stream().mapToInt((pool) -> pool.elements().size()).sum();
	}

	/**
	 * Leaves out the elements whose registrations have ended since, unless they were
	 * renewed.
	 * @param age the time since the copy was made
	 * @return the copy without them
	 */
	public SavedHandlespace afterwards(Duration age) {
		return new SavedHandlespace(this.registrar,
				this.pools.stream()
					.map((pool) -> new PoolEntry(pool.poolHandle(),
							pool.elements().stream().filter((element) -> lasts(element, age)).toList()))
					.filter((pool) -> !pool.elements().isEmpty())
					.toList());
	}

	private static boolean lasts(PoolElement element, Duration age) {
		return element.lifetimeMillis() == PoolElement.INFINITE || element.lifetimeMillis() > age.toMillis();
	}

}
