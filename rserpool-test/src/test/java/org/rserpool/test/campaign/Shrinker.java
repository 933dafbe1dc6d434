package org.rserpool.test.campaign;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * Finds a short history that still fails, by leaving out faults and processes (delta
 * debugging).
 */
final class Shrinker {

	private final Predicate<History> fails;

	private int budget;

	private History shortest;

	/**
	 * Makes a shrinker.
	 * @param failed a history that fails
	 * @param fails plays a history
	 * @param budget how many histories may be played
	 */
	Shrinker(History failed, Predicate<History> fails, int budget) {
		this.shortest = failed;
		this.fails = fails;
		this.budget = budget;
	}

	History shrink() {
		boolean shorter = true;
		while (shorter && this.budget > 0) {
			shorter = leaveOutFaults() | leaveOutProcesses();
		}
		return this.shortest;
	}

	private boolean leaveOutFaults() {
		boolean any = false;
		for (int chunk = Math.max(1, this.shortest.faults().size() / 2); chunk >= 1; chunk /= 2) {
			int from = 0;
			while (from < this.shortest.faults().size()) {
				List<Fault> rest = new ArrayList<>(this.shortest.faults());
				rest.subList(from, Math.min(from + chunk, rest.size())).clear();
				if (attempt(this.shortest.with(rest))) {
					any = true;
				}
				else {
					from += chunk;
				}
			}
		}
		return any;
	}

	private boolean leaveOutProcesses() {
		boolean any = false;
		History now = this.shortest;
		any |= attempt(now.with(now.registrars(), now.elements(), 0));
		for (int divisor : new int[] { 8, 4, 2 }) {
			now = this.shortest;
			any |= attempt(now.with(now.registrars(), Math.max(1, now.elements() / divisor), now.users()));
			now = this.shortest;
			any |= attempt(now.with(now.registrars(), now.elements(), now.users() / divisor));
		}
		now = this.shortest;
		any |= attempt(now.with(now.registrars(), now.elements() - 1, now.users()));
		now = this.shortest;
		any |= attempt(now.with(now.registrars() - 1, now.elements(), now.users()));
		return any;
	}

	private boolean attempt(@Nullable History candidate) {
		if (candidate == null || candidate.equals(this.shortest) || candidate.registrars() < 1
				|| candidate.elements() < 1 || this.budget <= 0) {
			return false;
		}
		this.budget--;
		if (this.fails.test(candidate)) {
			this.shortest = candidate;
			return true;
		}
		return false;
	}

}
