package org.rserpool.wire;

import java.util.AbstractCollection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.ConcurrentModificationException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

import org.jspecify.annotations.Nullable;

/**
 * A map from identifiers, in their unsigned order. The identifiers lie side by side in
 * short sorted blocks, so that a search touches little memory, and an entry costs about
 * twelve octets. Every operation takes O(log n) time, and a share of the number of blocks
 * when a block is split. Not thread-safe.
 *
 * @param <V> what there is for each identifier
 * @since 0.1
 */
public final class IdentifierMap<V> {

	private final List<IdentifierBlock<V>> blocks = new ArrayList<>(1);

	/** The lowest key that each block may hold, but for the first, which may hold any. */
	private int[] lowest = new int[1];

	private int size;

	private int changes;

	/**
	 * Return the number of entries.
	 * @return the number of entries
	 */
	public int size() {
		return this.size;
	}

	/**
	 * Return whether there is no entry.
	 * @return whether there is none
	 */
	public boolean isEmpty() {
		return this.size == 0;
	}

	/**
	 * Finds a value.
	 * @param identifier the identifier
	 * @return its value, or {@code null} if there is none
	 */
	public @Nullable V get(int identifier) {
		if (this.size == 0) {
			return null;
		}
		int key = key(identifier);
		IdentifierBlock<V> block = this.blocks.get(blockFor(key));
		int index = block.search(key);
		return block.has(index, key) ? block.value(index) : null;
	}

	/**
	 * Adds a value, or replaces the one with the same identifier.
	 * @param identifier the identifier
	 * @param value the value
	 * @return the value that was replaced, or {@code null}
	 */
	public @Nullable V put(int identifier, V value) {
		int key = key(identifier);
		if (this.blocks.isEmpty()) {
			this.blocks.add(new IdentifierBlock<>());
		}
		int number = blockFor(key);
		IdentifierBlock<V> block = this.blocks.get(number);
		int index = block.search(key);
		if (block.has(index, key)) {
			return block.replace(index, value);
		}
		if (block.isFull()) {
			split(number, block, key);
			block = this.blocks.get(blockFor(key));
			index = block.search(key);
		}
		block.insert(index, key, value);
		this.size++;
		this.changes++;
		return null;
	}

	/**
	 * Removes a value.
	 * @param identifier the identifier
	 * @return the value that was removed, or {@code null} if there was none
	 */
	public @Nullable V remove(int identifier) {
		if (this.size == 0) {
			return null;
		}
		int key = key(identifier);
		int number = blockFor(key);
		IdentifierBlock<V> block = this.blocks.get(number);
		int index = block.search(key);
		if (!block.has(index, key)) {
			return null;
		}
		V removed = block.remove(index);
		this.size--;
		this.changes++;
		if (number + 1 < this.blocks.size() && block.takesIn(this.blocks.get(number + 1))) {
			removeBlock(number + 1);
		}
		else if (block.isEmpty()) {
			removeBlock(number);
		}
		return removed;
	}

	/**
	 * Return the values.
	 * @return a view, in the order of identifiers
	 */
	public Collection<V> values() {
		return new AbstractCollection<>() {

			@Override
			public Iterator<V> iterator() {
				return valuesAfter(null);
			}

			@Override
			public int size() {
				return IdentifierMap.this.size;
			}

		};
	}

	/**
	 * Return the values from behind an identifier on.
	 * @param identifier the last that is not wanted, or {@code null} to start at the
	 * first
	 * @return the values in the order of identifiers; no entry may be added or removed
	 * before the last is reached
	 */
	public Iterator<V> valuesAfter(@Nullable Integer identifier) {
		Cursor cursor = new Cursor(identifier);
		return new Iterator<>() {

			@Override
			public boolean hasNext() {
				return cursor.hasNext();
			}

			@Override
			public V next() {
				return cursor.next().value(cursor.index);
			}

		};
	}

	/**
	 * Return the identifiers from behind one on.
	 * @param identifier the last that is not wanted, or {@code null} to start at the
	 * first
	 * @return the identifiers in their order; no entry may be added or removed before the
	 * last is reached
	 */
	public Iterator<Integer> identifiersAfter(@Nullable Integer identifier) {
		Cursor cursor = new Cursor(identifier);
		return new Iterator<>() {

			@Override
			public boolean hasNext() {
				return cursor.hasNext();
			}

			@Override
			public Integer next() {
				return key(cursor.next().key(cursor.index));
			}

		};
	}

	/**
	 * Turns an identifier into a number whose signed order is the unsigned order of
	 * identifiers, and back.
	 */
	private static int key(int identifier) {
		return identifier ^ Integer.MIN_VALUE;
	}

	private int blockFor(int key) {
		int number = 0;
		int length = this.blocks.size();
		while (length > 1) {
			int half = length >>> 1;
			number = (this.lowest[number + half] <= key) ? number + half : number;
			length -= half;
		}
		return number;
	}

	private void split(int number, IdentifierBlock<V> block, int key) {
		IdentifierBlock<V> upper = block.split(key);
		int count = this.blocks.size();
		if (count == this.lowest.length) {
			this.lowest = Arrays.copyOf(this.lowest, 2 * count);
		}
		System.arraycopy(this.lowest, number + 1, this.lowest, number + 2, count - number - 1);
		this.lowest[number + 1] = upper.isEmpty() ? key : upper.key(0);
		this.blocks.add(number + 1, upper);
	}

	private void removeBlock(int number) {
		this.blocks.remove(number);
		System.arraycopy(this.lowest, number + 1, this.lowest, number, this.blocks.size() - number);
	}

	/**
	 * Goes from entry to entry.
	 */
	private final class Cursor {

		private final int expectedChanges = IdentifierMap.this.changes;

		private int number;

		private int index = -1;

		Cursor(@Nullable Integer after) {
			if (after != null && IdentifierMap.this.size > 0) {
				int key = key(after);
				this.number = blockFor(key);
				int found = block().search(key);
				this.index = (block().key(found) <= key) ? found : found - 1;
			}
		}

		private IdentifierBlock<V> block() {
			return IdentifierMap.this.blocks.get(this.number);
		}

		boolean hasNext() {
			return this.number < IdentifierMap.this.blocks.size()
					&& (this.index + 1 < block().size() || this.number + 1 < IdentifierMap.this.blocks.size());
		}

		/**
		 * Goes on.
		 * @return the block in which the index is that of the next entry
		 */
		IdentifierBlock<V> next() {
			if (this.expectedChanges != IdentifierMap.this.changes) {
				throw new ConcurrentModificationException("An entry was added or removed");
			}
			if (!hasNext()) {
				throw new NoSuchElementException();
			}
			if (++this.index == block().size()) {
				this.number++;
				this.index = 0;
			}
			return block();
		}

	}

}
