package org.rserpool.rpc;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.rserpool.runtime.Timer;

/**
 * A call that is being carried out. It runs on the executor of its element, and can be
 * cancelled from the loop.
 */
final class Execution implements Runnable, BiConsumer<byte @Nullable [], @Nullable Throwable> {

	private static final Logger logger = LoggerFactory.getLogger(Execution.class);

	private final RpcServer server;

	private final ServedCaller caller;

	private final RpcFrame.Request request;

	private final RpcHandler handler;

	private final long deadlineNanos;

	private @Nullable Timer deadline;

	private @Nullable Thread runner;

	private @Nullable CompletionStage<byte[]> stage;

	private boolean cancelled;

	Execution(RpcServer server, ServedCaller caller, RpcFrame.Request request, RpcHandler handler, long now) {
		this.server = server;
		this.caller = caller;
		this.request = request;
		this.handler = handler;
		this.deadlineNanos = now + request.remainingMillis() * 1_000_000L;
	}

	ServedCaller caller() {
		return this.caller;
	}

	long callId() {
		return this.request.callId();
	}

	void limit(Timer timer) {
		this.deadline = timer;
	}

	void stopTimer() {
		if (this.deadline != null) {
			this.deadline.cancel();
		}
	}

	@Override
	public void run() {
		synchronized (this) {
			if (this.cancelled) {
				return;
			}
			this.runner = Thread.currentThread();
		}
		CompletionStage<byte[]> begun = null;
		try {
			begun = begin();
		}
		catch (Throwable ex) {
			// Whatever a handler throws, its caller is to know.
			accept(null, ex);
		}
		finally {
			ended(begun);
		}
		if (begun != null) {
			try {
				begun.whenComplete(this);
			}
			catch (RuntimeException ex) {
				accept(null, ex);
			}
		}
	}

	/**
	 * Ends the execution, as far as the handler takes notice: its thread is interrupted,
	 * or its stage is cancelled.
	 */
	void cancel() {
		CompletionStage<byte[]> running;
		synchronized (this) {
			this.cancelled = true;
			if (this.runner != null) {
				this.runner.interrupt();
			}
			running = this.stage;
		}
		if (running != null) {
			try {
				running.toCompletableFuture().cancel(true);
			}
			catch (UnsupportedOperationException ex) {
				logger.debug("The result of call {} cannot be cancelled", callId(), ex);
			}
		}
	}

	@Override
	public void accept(byte @Nullable [] result, @Nullable Throwable failure) {
		if (failure == null) {
			finish(new RpcFrame.Response(callId(), (result != null) ? result : new byte[0]));
			return;
		}
		Throwable cause = failure;
		while ((cause instanceof CompletionException || cause instanceof ExecutionException)
				&& cause.getCause() != null) {
			cause = cause.getCause();
		}
		if (cause instanceof Error) {
			logger.error("A call of {} failed", this.request.method(), cause);
		}
		finish(failure(callId(), cause));
	}

	static RpcFrame.Failure failure(long callId, Throwable cause) {
		StringWriter stack = new StringWriter();
		cause.printStackTrace(new PrintWriter(stack));
		return new RpcFrame.Failure(callId, cause.getClass().getName(), cause.getMessage(), stack.toString());
	}

	private @Nullable CompletionStage<byte[]> begin() {
		long left = this.deadlineNanos - this.server.nanoTime();
		if (left <= 0) {
			finish(new RpcFrame.Refusal(callId(), RefusalReason.EXPIRED,
					"the time was up while the call waited to be begun"));
			return null;
		}
		CompletionStage<byte[]> begun = this.handler
			.handle(new RpcInvocation(this.request.pool(), this.request.method(), this.request.payload(),
					this.request.metadata(), Duration.ofNanos(left), this.caller.address()));
		if (begun == null) {
			throw new IllegalStateException("The handler of " + this.request.pool() + " returned no stage");
		}
		return begun;
	}

	private synchronized void ended(@Nullable CompletionStage<byte[]> begun) {
		this.runner = null;
		this.stage = begun;
		if (this.cancelled) {
			// The interrupt was meant for this call, not for what the thread does next.
			Thread.interrupted();
		}
	}

	private void finish(RpcFrame frame) {
		ByteBuffer encoded = RpcFrameCodec.encode(frame);
		this.server.finished(this, encoded);
	}

}
