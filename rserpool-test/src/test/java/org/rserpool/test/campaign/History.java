package org.rserpool.test.campaign;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What exists in a scope, and what happens to it.
 *
 * @param seed decides what else is left to chance
 * @param registrars how many registrars there are
 * @param elements how many elements
 * @param users how many users
 * @param pools how many pools they share
 * @param twoAddresses whether registrars and elements are reached at two addresses, and
 * those of a registrar are named as if they were of two
 * @param faults what goes wrong, in the order of time
 */
record History(long seed, int registrars, int elements, int users, int pools, boolean twoAddresses,
		List<Fault> faults) {

	History {
		List<Fault> sorted = new ArrayList<>(faults);
		sorted.sort(Comparator.comparing(Fault::at));
		faults = List.copyOf(sorted);
	}

	History with(List<Fault> otherFaults) {
		return new History(this.seed, this.registrars, this.elements, this.users, this.pools, this.twoAddresses,
				otherFaults);
	}

	/**
	 * Return the same with less processes, or {@code null} if a fault needs one of those
	 * that would go.
	 */
	@org.jspecify.annotations.Nullable
	History with(int fewerRegistrars, int fewerElements, int fewerUsers) {
		boolean needed = this.faults.stream()
			.flatMap((fault) -> fault.victims().stream())
			.anyMatch((victim) -> victim.index() >= switch (victim.role()) {
				case REGISTRAR -> fewerRegistrars;
				case ELEMENT -> fewerElements;
				case USER -> fewerUsers;
			});
		return needed ? null : new History(this.seed, fewerRegistrars, fewerElements, fewerUsers,
				Math.min(this.pools, fewerElements), this.twoAddresses, this.faults);
	}

	/**
	 * Return the story as text, a line for each fault.
	 */
	@Override
	public String toString() {
		StringBuilder text = new StringBuilder();
		text.append(String.format("%d registrars, %d elements in %d pools, %d users%s%n", this.registrars,
				this.elements, this.pools, this.users, this.twoAddresses ? ", two addresses each" : ""));
		for (Fault fault : this.faults) {
			text.append(String.format("%8d ms  %s%n", fault.at().toMillis(), fault));
		}
		return text.toString();
	}

}
