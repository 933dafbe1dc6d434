package org.rserpool.spring.user;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import org.rserpool.rpc.ElementSelector;
import org.rserpool.rpc.FailoverCall;
import org.rserpool.rpc.FailoverRequest;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;

/**
 * Resolves by the node of the application.
 */
record SelectorHandleResolver(PoolHandle pool, PoolUserSettings settings,
		Supplier<ElementSelector> selector) implements HandleResolver {

	@Override
	public CompletableFuture<PoolElement> select(Set<Integer> excluded) {
		return this.selector.get().select(this.pool, excluded);
	}

	@Override
	public CompletableFuture<List<PoolElement>> elements() {
		return this.selector.get().resolve(this.pool);
	}

	@Override
	public void reportUnreachable(int identifier) {
		this.selector.get().reportUnreachable(this.pool, identifier);
	}

	@Override
	public void confirm(int identifier) {
		this.selector.get().confirm(this.pool, identifier);
	}

	@Override
	public FailoverCall call(String what, boolean idempotent) {
		return this.selector.get()
			.begin(new FailoverRequest(this.pool, what, idempotent, this.settings.deadline(),
					this.settings.maxAttempts(), this.settings.retryBudget(), null));
	}

}
