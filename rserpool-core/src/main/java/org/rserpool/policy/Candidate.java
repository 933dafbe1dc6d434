package org.rserpool.policy;

import org.rserpool.wire.PoolElement;

/**
 * An element with its rank.
 */
final class Candidate {

	PoolElement element;

	/** The lower, the earlier. Ranks may wrap around: their difference decides. */
	long rank;

	/** What each selection adds to the rank. */
	long step;

	/** Decides between equal ranks: the lower, the earlier. No two have the same. */
	long turn;

	/** Where the order keeps it. */
	int index;

	Candidate(PoolElement element, long turn) {
		this.element = element;
		this.turn = turn;
	}

	boolean before(long otherRank, long otherTurn) {
		long difference = this.rank - otherRank;
		return (difference != 0) ? difference < 0 : this.turn < otherTurn;
	}

}
