package org.rserpool.rpc;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.rserpool.transport.RoleLoop;
import org.rserpool.user.CachedPool;
import org.rserpool.user.ResolutionFailure;
import org.rserpool.user.SelectionCallback;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;

/**
 * Hands what any thread asks for to the pool user role on its loop.
 */
final class LoopSelector implements ElementSelector {

	private static final Logger logger = LoggerFactory.getLogger(LoopSelector.class);

	private final RoleLoop loop;

	private final UserElements elements;

	private final RetryBudgets budgets;

	private final Reach reach;

	private final CallListener listener;

	private final Set<CompletableFuture<?>> pending = ConcurrentHashMap.newKeySet();

	private volatile boolean stopped;

	LoopSelector(RoleLoop loop, UserElements elements, RetryBudgets budgets, Reach reach, CallListener listener) {
		this.loop = loop;
		this.elements = elements;
		this.budgets = budgets;
		this.reach = reach;
		this.listener = listener;
	}

	/**
	 * Fails all that waits for an element, and all that is asked for later. To be called
	 * on the loop.
	 */
	void stop() {
		this.stopped = true;
		this.reach.stop();
		this.pending.forEach((result) -> result.completeExceptionally(left()));
	}

	@Override
	public FailoverCall begin(FailoverRequest request) {
		Duration left = CallContext.bound(request.deadline());
		// A call that is over already is still begun, so that it fails as others do.
		FailoverRequest bounded = request.withDeadline(left.isZero() ? Duration.ofNanos(1) : left);
		return new Failover(this.loop, this.loop, this.elements, bounded, this.budgets, this.reach, this.listener,
				this::future);
	}

	@Override
	public CompletableFuture<List<PoolElement>> resolve(PoolHandle pool) {
		CompletableFuture<List<PoolElement>> result = future();
		ask(result, () -> this.elements.select(pool, Set.of(), new Selected(pool, result, (element) -> {
			CachedPool known = this.elements.known(pool);
			boolean any = known != null && !known.elements().isEmpty();
			result.complete((any && known != null) ? known.elements() : List.of(element));
		})));
		return result;
	}

	@Override
	public CompletableFuture<PoolElement> select(PoolHandle pool, Set<Integer> excluded) {
		CompletableFuture<PoolElement> result = future();
		Set<Integer> others = Set.copyOf(excluded);
		ask(result, () -> this.elements.select(pool, others, new Selected(pool, result, result::complete)));
		return result;
	}

	@Override
	public CompletableFuture<List<PoolHandle>> pools() {
		CompletableFuture<List<PoolHandle>> result = future();
		ask(result,
				() -> result.complete(this.elements.known()
					.stream()
					.filter((known) -> !known.elements().isEmpty())
					.map(CachedPool::pool)
					.toList()));
		return result;
	}

	@Override
	public void reportUnreachable(PoolHandle pool, int identifier) {
		tell((source) -> source.reportUnreachable(pool, identifier));
	}

	@Override
	public void avoid(PoolHandle pool, int identifier) {
		tell((source) -> source.avoid(pool, identifier));
	}

	@Override
	public void confirm(PoolHandle pool, int identifier) {
		tell((source) -> source.confirm(pool, identifier));
	}

	private void tell(Consumer<UserElements> task) {
		try {
			this.loop.execute(() -> task.accept(this.elements));
		}
		catch (RejectedExecutionException ex) {
			logger.debug("{} is closed, and is told nothing of an element any more", this.loop, ex);
		}
	}

	private void ask(CompletableFuture<?> result, Runnable task) {
		try {
			this.loop.execute(task);
		}
		catch (RejectedExecutionException ex) {
			result.completeExceptionally(left());
		}
	}

	private <T> CompletableFuture<T> future() {
		CompletableFuture<T> result = new CallFuture<>(this.loop);
		this.pending.add(result);
		result.whenComplete((value, failure) -> this.pending.remove(result));
		if (this.stopped) {
			result.completeExceptionally(left());
		}
		return result;
	}

	private static RSerPoolException left() {
		return new RSerPoolException("This process left the operation scope", null, List.of(), null);
	}

	/**
	 * Takes the outcome of a selection.
	 *
	 * @param pool the pool
	 * @param result fails if none was selected
	 * @param taken takes the element
	 */
	private record Selected(PoolHandle pool, CompletableFuture<?> result,
			Consumer<PoolElement> taken) implements SelectionCallback {

		@Override
		public void selected(PoolElement element) {
			this.taken.accept(element);
		}

		@Override
		public void failed(ResolutionFailure failure) {
			this.result.completeExceptionally(new NoPoolElementException(
					"Pool " + this.pool + " could not be resolved: " + failure.detail(), this.pool, List.of()));
		}

	}

}
