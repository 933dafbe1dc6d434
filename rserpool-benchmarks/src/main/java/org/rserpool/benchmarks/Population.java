package org.rserpool.benchmarks;

import java.util.SplittableRandom;

import org.rserpool.handlespace.ElementKey;
import org.rserpool.handlespace.Handlespace;
import org.rserpool.wire.PolicyType;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;

/**
 * Elements with random identifiers, spread over pools.
 */
final class Population {

	private final PoolHandle[] handles;

	private final PoolElement[] elements;

	Population(int elements, int pools, PolicyType policy) {
		SplittableRandom random = new SplittableRandom(elements);
		this.handles = new PoolHandle[elements];
		this.elements = new PoolElement[elements];
		for (int i = 0; i < elements; i++) {
			// Each message brings its own copy of the pool handle.
			this.handles[i] = Samples.pool(i % pools);
			this.elements[i] = Samples.element(policy, random);
		}
	}

	int size() {
		return this.elements.length;
	}

	PoolHandle handle(int index) {
		return this.handles[index];
	}

	ElementKey key(int index) {
		return new ElementKey(this.handles[index], this.elements[index].identifier());
	}

	Handlespace registerAll(Handlespace handlespace) {
		for (int i = 0; i < this.elements.length; i++) {
			handlespace.check(this.handles[i], this.elements[i]);
			handlespace.put(this.handles[i], this.elements[i]);
		}
		return handlespace;
	}

	/**
	 * Replaces the elements by equal ones, as registrations that are decoded again.
	 */
	void renew() {
		for (int i = 0; i < this.elements.length; i++) {
			this.elements[i] = Samples.copy(this.elements[i]);
		}
	}

	Handlespace deregisterAll(Handlespace handlespace) {
		for (int i = 0; i < this.elements.length; i++) {
			handlespace.remove(key(i));
		}
		return handlespace;
	}

}
