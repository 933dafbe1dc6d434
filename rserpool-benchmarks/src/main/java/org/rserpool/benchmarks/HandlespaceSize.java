package org.rserpool.benchmarks;

/**
 * How many elements there are, in how many pools.
 */
public enum HandlespaceSize {

	/** 1000 elements in one pool. */
	SMALL(1_000, 1),

	/** 10 000 elements in one pool. */
	ONE_POOL(10_000, 1),

	/** 100 000 elements in 1000 pools. */
	MANY_POOLS(100_000, 1_000);

	private final int elements;

	private final int pools;

	HandlespaceSize(int elements, int pools) {
		this.elements = elements;
		this.pools = pools;
	}

	int elements() {
		return this.elements;
	}

	int pools() {
		return this.pools;
	}

}
