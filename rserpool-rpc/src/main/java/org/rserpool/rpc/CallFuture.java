package org.rserpool.rpc;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

import org.rserpool.transport.RoleLoop;

/**
 * The result of a call. What follows it runs on the loop that completes it, so waiting
 * there would wait for ever; that is refused.
 *
 * @param <T> the type of the result
 * @since 0.1
 */
public final class CallFuture<T> extends CompletableFuture<T> {

	private final RoleLoop loop;

	private volatile @Nullable Runnable onCancel;

	/**
	 * Makes a future that is not done.
	 * @param loop the loop that completes it
	 */
	public CallFuture(RoleLoop loop) {
		this.loop = loop;
	}

	void onCancel(Runnable action) {
		this.onCancel = action;
	}

	@Override
	public boolean cancel(boolean mayInterruptIfRunning) {
		boolean cancelled = super.cancel(mayInterruptIfRunning);
		Runnable action = this.onCancel;
		if (cancelled && action != null) {
			action.run();
		}
		return cancelled;
	}

	@Override
	public <U> CompletableFuture<U> newIncompleteFuture() {
		return new CallFuture<>(this.loop);
	}

	@Override
	public T get() throws InterruptedException, ExecutionException {
		checkThread();
		return super.get();
	}

	@Override
	public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
		checkThread();
		return super.get(timeout, unit);
	}

	@Override
	public T join() {
		checkThread();
		return super.join();
	}

	private void checkThread() {
		if (!isDone() && this.loop.inLoop()) {
			throw new IllegalStateException("Waiting for a call on " + this.loop
					+ " would block the loop that makes the call; use thenApplyAsync, or another thread");
		}
	}

}
