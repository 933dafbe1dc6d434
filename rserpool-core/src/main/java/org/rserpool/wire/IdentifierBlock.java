package org.rserpool.wire;

import java.util.Arrays;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Some entries of an {@link IdentifierMap}, whose keys follow each other.
 *
 * @param <V> what there is for each key
 */
final class IdentifierBlock<V> {

	private static final int CAPACITY = 64;

	private int[] keys;

	private @Nullable Object[] values;

	private int size;

	IdentifierBlock() {
		this(new int[2], new @Nullable Object[2], 0);
	}

	private IdentifierBlock(int[] keys, @Nullable Object[] values, int size) {
		this.keys = keys;
		this.values = values;
		this.size = size;
	}

	int size() {
		return this.size;
	}

	boolean isEmpty() {
		return this.size == 0;
	}

	boolean isFull() {
		return this.size == CAPACITY;
	}

	/**
	 * Return the index of the last key that is not higher, or 0 if all are.
	 */
	int search(int key) {
		int index = 0;
		int length = this.size;
		while (length > 1) {
			int half = length >>> 1;
			index = (this.keys[index + half] <= key) ? index + half : index;
			length -= half;
		}
		return index;
	}

	boolean has(int index, int key) {
		return index < this.size && this.keys[index] == key;
	}

	int key(int index) {
		return this.keys[index];
	}

	@SuppressWarnings("unchecked")
	V value(int index) {
		return (V) Objects.requireNonNull(this.values[index]);
	}

	V replace(int index, V value) {
		V old = value(index);
		this.values[index] = value;
		return old;
	}

	/**
	 * Inserts an entry in a block that is not full.
	 * @param found where the search for the key ended
	 */
	void insert(int found, int key, V value) {
		if (this.size == this.keys.length) {
			grow(Math.min(CAPACITY, 2 * this.size));
		}
		int index = (found < this.size && this.keys[found] < key) ? found + 1 : found;
		System.arraycopy(this.keys, index, this.keys, index + 1, this.size - index);
		System.arraycopy(this.values, index, this.values, index + 1, this.size - index);
		this.keys[index] = key;
		this.values[index] = value;
		this.size++;
	}

	V remove(int index) {
		V removed = value(index);
		this.size--;
		System.arraycopy(this.keys, index + 1, this.keys, index, this.size - index);
		System.arraycopy(this.values, index + 1, this.values, index, this.size - index);
		this.values[this.size] = null;
		return removed;
	}

	/**
	 * Splits a full block to make room for a key. Keys that come in their order fill each
	 * block before the next is begun.
	 * @return the block of the upper keys, which may be empty
	 */
	IdentifierBlock<V> split(int key) {
		if (key > this.keys[this.size - 1]) {
			return new IdentifierBlock<>();
		}
		int half = this.size / 2;
		IdentifierBlock<V> upper = new IdentifierBlock<>(Arrays.copyOfRange(this.keys, half, CAPACITY + half),
				Arrays.copyOfRange(this.values, half, CAPACITY + half), this.size - half);
		Arrays.fill(this.values, half, this.size, null);
		this.size = half;
		return upper;
	}

	/**
	 * Takes the entries of the next block in if both are nearly empty.
	 * @return whether it did
	 */
	boolean takesIn(IdentifierBlock<V> next) {
		if (this.size + next.size > CAPACITY / 2) {
			return false;
		}
		int sum = this.size + next.size;
		if (sum > this.keys.length) {
			grow(sum);
		}
		System.arraycopy(next.keys, 0, this.keys, this.size, next.size);
		System.arraycopy(next.values, 0, this.values, this.size, next.size);
		this.size = sum;
		return true;
	}

	private void grow(int capacity) {
		this.keys = Arrays.copyOf(this.keys, capacity);
		this.values = Arrays.copyOf(this.values, capacity);
	}

}
