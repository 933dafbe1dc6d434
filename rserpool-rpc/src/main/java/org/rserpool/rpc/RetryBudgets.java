package org.rserpool.rpc;

import java.util.LinkedHashMap;
import java.util.Map;

import org.rserpool.wire.PoolHandle;

/**
 * The retry budgets of the pools that were called lately.
 */
final class RetryBudgets {

	private static final int MAXIMUM = 1_000;

	private final Map<PoolHandle, RetryBudget> budgets = new LinkedHashMap<>(16, 0.75f, true) {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<PoolHandle, RetryBudget> eldest) {
			return size() > MAXIMUM;
		}

	};

	RetryBudget of(PoolHandle pool) {
		return this.budgets.computeIfAbsent(pool, (created) -> new RetryBudget());
	}

}
