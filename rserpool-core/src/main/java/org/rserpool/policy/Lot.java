package org.rserpool.policy;

import org.rserpool.wire.PoolElement;

/**
 * An element with its chance in a lottery.
 */
final class Lot {

	PoolElement element;

	long weight;

	/** What each selection takes from the weight. */
	long step;

	/** Where the lottery keeps it. */
	int index;

	/** Whether it is in the answer already. */
	boolean drawn;

	Lot(PoolElement element) {
		this.element = element;
	}

}
