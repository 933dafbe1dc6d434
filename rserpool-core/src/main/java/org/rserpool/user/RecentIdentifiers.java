package org.rserpool.user;

import org.rserpool.wire.Identifiers;

/**
 * Remembers identifiers of pool elements, and forgets some where there are very many. It
 * takes no memory for what it knows already, as each selection asks it.
 */
final class RecentIdentifiers {

	private static final int FIRST_LENGTH = 8;

	private static final int MAXIMUM_LENGTH = 4_096;

	/** Where an identifier may be: its slot and the next ones. */
	private static final int PROBES = 8;

	private int[] slots = new int[FIRST_LENGTH];

	/**
	 * Adds an identifier.
	 * @param identifier an identifier, not {@link Identifiers#NONE}
	 */
	void add(int identifier) {
		while (!put(identifier)) {
			if (this.slots.length == MAXIMUM_LENGTH) {
				this.slots[slot(identifier, 0)] = identifier;
				return;
			}
			grow();
		}
	}

	boolean contains(int identifier) {
		if (identifier == Identifiers.NONE) {
			return false;
		}
		for (int probe = 0; probe < PROBES; probe++) {
			if (this.slots[slot(identifier, probe)] == identifier) {
				return true;
			}
		}
		return false;
	}

	private boolean put(int identifier) {
		int free = -1;
		for (int probe = 0; probe < PROBES; probe++) {
			int slot = slot(identifier, probe);
			if (this.slots[slot] == identifier) {
				return true;
			}
			if (free < 0 && this.slots[slot] == Identifiers.NONE) {
				free = slot;
			}
		}
		if (free >= 0) {
			this.slots[free] = identifier;
		}
		return free >= 0;
	}

	private int slot(int identifier, int probe) {
		// Multiplied by 2^32 divided by the golden ratio, which spreads any identifiers.
		return ((identifier * 0x9e3779b9 >>> 16) + probe) & (this.slots.length - 1);
	}

	private void grow() {
		int[] known = this.slots;
		boolean all;
		do {
			this.slots = new int[2 * this.slots.length];
			all = true;
			for (int identifier : known) {
				all &= identifier == Identifiers.NONE || put(identifier);
			}
		}
		while (!all && this.slots.length < MAXIMUM_LENGTH);
	}

}
