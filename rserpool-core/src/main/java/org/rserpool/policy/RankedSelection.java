package org.rserpool.policy;

/**
 * Selects the elements with the lowest rank, and round robin among equals (RFC 5356,
 * sections 4.5 and 5.1 to 5.3).
 */
final class RankedSelection extends OrderedSelection {

	private final Formula rank;

	RankedSelection(Formula rank) {
		this.rank = rank;
	}

	@Override
	void enter(Candidate candidate) {
		candidate.rank = this.rank.initial(candidate.element.policy());
		candidate.step = this.rank.degradation(candidate.element.policy());
	}

	@Override
	void renew(Candidate candidate) {
		enter(candidate);
	}

	@Override
	void charge(Candidate candidate) {
		candidate.rank = Math.min(Formula.MAX, candidate.rank + candidate.step);
		candidate.turn = nextTurn();
	}

}
