package org.rserpool.autoconfigure.health;

import org.rserpool.rpc.RSerPoolNode;

import org.springframework.boot.health.contributor.Health;
import org.springframework.context.Lifecycle;

/**
 * What an application needs of its operation scope.
 *
 * @param node takes part in pools
 * @param registrar whether it is ill health that no registrar answers
 */
record Needs(RSerPoolNode node, boolean registrar) {

	/**
	 * Return whether the application takes part in any pool.
	 * @param builder is told if it does not
	 */
	boolean isUsed(Health.Builder builder) {
		if (this.node instanceof Lifecycle lifecycle && !lifecycle.isRunning()) {
			builder.unknown().withDetail("reason", "The application takes part in no pool");
			return false;
		}
		return true;
	}

	/**
	 * Says what it means that something cannot be while there is no registrar.
	 * @param builder is told
	 * @param lost whether there was a registrar before
	 */
	void withoutRegistrar(Health.Builder builder, boolean lost) {
		if (!this.registrar) {
			builder.unknown();
		}
		else if (lost) {
			builder.down();
		}
		else {
			builder.outOfService();
		}
	}

}
