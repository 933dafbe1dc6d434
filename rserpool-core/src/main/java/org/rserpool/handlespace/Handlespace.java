package org.rserpool.handlespace;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

import org.rserpool.wire.Dialect;
import org.rserpool.wire.IdentifierMap;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;

/**
 * A registrar's copy of the handlespace: all pools of an operation scope with their
 * elements, each owned by its home registrar. Every change keeps the owners' checksums
 * right at once. Not thread-safe. All iteration is in the order of keys.
 *
 * @since 0.1
 */
public final class Handlespace {

	private final PoolMap<Pool> pools = new PoolMap<>();

	private final Map<Integer, Owner> owners = new TreeMap<>(Integer::compareUnsigned);

	private int size;

	/**
	 * Return the number of elements.
	 * @return the number of elements in all pools
	 */
	public int size() {
		return this.size;
	}

	/**
	 * Return the pools.
	 * @return a view; no pool is empty
	 */
	public Collection<Pool> pools() {
		return this.pools.values();
	}

	/**
	 * List pools, from behind one on.
	 * @param after the last that is not wanted, or {@code null} to start at the first
	 * @param limit how many at most
	 * @return the pools in the order of pool handles
	 */
	public List<Pool> pools(@Nullable PoolHandle after, int limit) {
		return this.pools.from(after)
			.values()
			.stream()
			.filter((pool) -> !pool.handle().equals(after))
			.limit(limit)
			.toList();
	}

	/**
	 * Find a pool.
	 * @param poolHandle its name
	 * @return the pool, or {@code null} if there is none
	 */
	public @Nullable Pool pool(PoolHandle poolHandle) {
		return this.pools.get(poolHandle);
	}

	/**
	 * Find an element.
	 * @param key the element
	 * @return the element, or {@code null} if there is none
	 */
	public @Nullable PoolElement find(ElementKey key) {
		Pool pool = this.pools.get(key.poolHandle());
		return (pool != null) ? pool.byIdentifier().get(key.identifier()) : null;
	}

	/**
	 * Checks whether an element fits into a pool.
	 * @param poolHandle the pool, which need not exist
	 * @param element the element
	 * @return why it does not fit, or {@code null} if it does
	 */
	public @Nullable Inconsistency check(PoolHandle poolHandle, PoolElement element) {
		Pool pool = this.pools.get(poolHandle);
		return (pool != null) ? pool.check(element) : null;
	}

	/**
	 * Adds an element, or replaces the one with the same key and all its attributes. The
	 * pool is created if it does not exist. Nothing is checked, so that what another
	 * registrar accepted can always be copied.
	 * @param poolHandle the pool
	 * @param element the element, owned by its home registrar
	 * @return the element that was replaced, or {@code null}
	 */
	public @Nullable PoolElement put(PoolHandle poolHandle, PoolElement element) {
		Pool pool = this.pools.get(poolHandle);
		if (pool == null) {
			pool = new Pool(poolHandle, element);
			this.pools.put(poolHandle, pool);
		}
		PoolElement old = pool.put(element);
		if (old == null) {
			this.size++;
			owner(element.homeRegistrar()).add(pool, element.identifier());
		}
		else {
			move(pool, element.identifier(), old.homeRegistrar(), element.homeRegistrar());
		}
		return old;
	}

	/**
	 * Removes an element, and its pool if that is empty then.
	 * @param key the element
	 * @return what was removed, or {@code null} if there was nothing
	 */
	public @Nullable PoolElement remove(ElementKey key) {
		Pool pool = this.pools.get(key.poolHandle());
		PoolElement removed = (pool != null) ? pool.remove(key.identifier()) : null;
		if (pool == null || removed == null) {
			return null;
		}
		if (pool.byIdentifier().isEmpty()) {
			this.pools.remove(key.poolHandle());
		}
		this.size--;
		leave(pool, key.identifier(), removed.homeRegistrar());
		return removed;
	}

	/**
	 * Gives an element another owner.
	 * @param key the element
	 * @param registrar the identifier of its new home registrar
	 * @return the element as it is now, or {@code null} if there is none
	 */
	public @Nullable PoolElement setOwner(ElementKey key, int registrar) {
		Pool pool = this.pools.get(key.poolHandle());
		PoolElement old = (pool != null) ? pool.byIdentifier().get(key.identifier()) : null;
		if (pool == null || old == null) {
			return null;
		}
		PoolElement moved = old.withHomeRegistrar(registrar);
		pool.replace(moved);
		move(pool, key.identifier(), old.homeRegistrar(), registrar);
		return moved;
	}

	/**
	 * Marks an element as suspect: it is selected only when its pool has no other. The
	 * mark goes when the element is put again or trusted.
	 * @param key the element; nothing happens if there is none
	 */
	public void suspect(ElementKey key) {
		Pool pool = this.pools.get(key.poolHandle());
		PoolElement element = find(key);
		if (pool != null && element != null) {
			pool.suspect(element);
		}
	}

	/**
	 * Takes the mark of {@link #suspect} from an element.
	 * @param key the element; nothing happens if there is none
	 */
	public void trust(ElementKey key) {
		Pool pool = this.pools.get(key.poolHandle());
		PoolElement element = find(key);
		if (pool != null && element != null) {
			pool.trust(element);
		}
	}

	/**
	 * Selects elements by the pool's policy.
	 * @param poolHandle the pool
	 * @param items how many are wanted
	 * @param random where a random policy draws from
	 * @return distinct elements in the order of selection; none if there is no such pool
	 */
	public List<PoolElement> select(PoolHandle poolHandle, int items, RandomGenerator random) {
		Pool pool = this.pools.get(poolHandle);
		return (pool != null) ? pool.select(items, random) : List.of();
	}

	/**
	 * Return who owns elements.
	 * @return a view of registrar identifiers
	 */
	public Set<Integer> owners() {
		return Collections.unmodifiableSet(this.owners.keySet());
	}

	/**
	 * Return how many elements a registrar owns.
	 * @param registrar its identifier
	 * @return the number of elements
	 */
	public int owned(int registrar) {
		Owner owner = this.owners.get(registrar);
		return (owner != null) ? owner.size : 0;
	}

	/**
	 * Return the checksum of the elements that a registrar owns, as the RFC says.
	 * @param registrar its identifier
	 * @return 16 bits
	 */
	public int checksum(int registrar) {
		Owner owner = this.owners.get(registrar);
		return (owner != null) ? owner.checksum.value() : HandlespaceChecksum.EMPTY;
	}

	/**
	 * Return the checksum of the elements that a registrar owns, as a dialect sends it.
	 * @param registrar its identifier
	 * @param dialect the dialect
	 * @return 16 bits
	 */
	public int checksum(int registrar, Dialect dialect) {
		Owner owner = this.owners.get(registrar);
		return (owner != null) ? owner.checksum.value(dialect) : HandlespaceChecksum.EMPTY;
	}

	/**
	 * Return whether a checksum is that of the elements that a registrar owns.
	 * @param registrar its identifier
	 * @param reported the checksum that was sent
	 * @param dialect the dialect that it was sent in
	 * @return whether it matches
	 * @see HandlespaceChecksum#matches
	 */
	public boolean matches(int registrar, int reported, Dialect dialect) {
		Owner owner = this.owners.get(registrar);
		return (owner != null) ? owner.checksum.matches(reported, dialect) : reported == HandlespaceChecksum.EMPTY;
	}

	/**
	 * List elements that a registrar owns, from behind a key on.
	 * @param registrar its identifier
	 * @param after the last key that is not wanted, or {@code null} to start at the first
	 * @param limit how many at most
	 * @return the elements in the order of keys; a copy
	 */
	public List<Entry> elementsOf(int registrar, @Nullable ElementKey after, int limit) {
		List<Entry> page = new ArrayList<>();
		Owner owner = this.owners.get(registrar);
		if (owner == null) {
			return page;
		}
		for (Pool pool : owner.poolsFrom(after).values()) {
			IdentifierMap<Boolean> owned = pool.ownedBy(registrar);
			if (owned == null) {
				continue;
			}
			Iterator<Integer> identifiers = owned.identifiersAfter(identifierIn(pool, after));
			while (identifiers.hasNext()) {
				if (page.size() == limit) {
					return page;
				}
				ElementKey key = pool.key(identifiers.next());
				PoolElement element = pool.byIdentifier().get(key.identifier());
				if (element != null) {
					page.add(new Entry(key, element));
				}
			}
		}
		return page;
	}

	/**
	 * List all elements, from behind a key on.
	 * @param after the last key that is not wanted, or {@code null} to start at the first
	 * @param limit how many at most
	 * @return the elements in the order of keys; a copy
	 */
	public List<Entry> elements(@Nullable ElementKey after, int limit) {
		List<Entry> page = new ArrayList<>();
		for (Pool pool : this.pools.from((after != null) ? after.poolHandle() : null).values()) {
			Iterator<PoolElement> elements = pool.byIdentifier().valuesAfter(identifierIn(pool, after));
			while (elements.hasNext()) {
				if (page.size() == limit) {
					return page;
				}
				PoolElement element = elements.next();
				page.add(new Entry(pool.key(element.identifier()), element));
			}
		}
		return page;
	}

	private static @Nullable Integer identifierIn(Pool pool, @Nullable ElementKey after) {
		return (after != null && pool.handle().equals(after.poolHandle())) ? after.identifier() : null;
	}

	private void move(Pool pool, int identifier, int from, int to) {
		if (from != to) {
			leave(pool, identifier, from);
			owner(to).add(pool, identifier);
		}
	}

	private Owner owner(int registrar) {
		Owner owner = this.owners.get(registrar);
		if (owner == null) {
			owner = new Owner(registrar);
			this.owners.put(registrar, owner);
		}
		return owner;
	}

	private void leave(Pool pool, int identifier, int registrar) {
		Owner owner = owner(registrar);
		owner.remove(pool, identifier);
		if (owner.size == 0) {
			this.owners.remove(registrar);
		}
	}

	/**
	 * An element with its key.
	 *
	 * @param key the key
	 * @param element the element
	 */
	public record Entry(ElementKey key, PoolElement element) {
	}

	private static final class Owner {

		private final int registrar;

		/** The pools of which it owns elements. */
		private final NavigableMap<PoolHandle, Pool> pools = new TreeMap<>();

		private final HandlespaceChecksum checksum = new HandlespaceChecksum();

		private int size;

		Owner(int registrar) {
			this.registrar = registrar;
		}

		NavigableMap<PoolHandle, Pool> poolsFrom(@Nullable ElementKey key) {
			return (key != null) ? this.pools.tailMap(key.poolHandle(), true) : this.pools;
		}

		void add(Pool pool, int identifier) {
			if (pool.own(this.registrar, identifier)) {
				this.pools.put(pool.handle(), pool);
			}
			this.checksum.add(pool.checksumPart(), identifier);
			this.size++;
		}

		void remove(Pool pool, int identifier) {
			if (pool.disown(this.registrar, identifier)) {
				this.pools.remove(pool.handle());
			}
			this.checksum.remove(pool.checksumPart(), identifier);
			this.size--;
		}

	}

}
