package org.rserpool.rpc;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.rserpool.runtime.Timer;

/**
 * A call that is being carried out. It runs on the executor of its element, and can be
 * cancelled from the loop.
 */
abstract class Execution implements Runnable {

	private static final Logger logger = LoggerFactory.getLogger(Execution.class);

	private final RpcServer server;

	private final ServedCaller caller;

	private final RpcFrame.Request request;

	private final ServedElement element;

	private final long deadlineNanos;

	private final AtomicBoolean released = new AtomicBoolean();

	private @Nullable Timer deadline;

	private @Nullable Thread runner;

	private boolean started;

	private boolean cancelled;

	Execution(RpcServer server, ServedCaller caller, RpcFrame.Request request, ServedElement element, long now) {
		this.server = server;
		this.caller = caller;
		this.request = request;
		this.element = element;
		this.deadlineNanos = now + request.remainingMillis() * 1_000_000L;
		element.begun();
	}

	RpcServer server() {
		return this.server;
	}

	ServedCaller caller() {
		return this.caller;
	}

	ServedElement element() {
		return this.element;
	}

	RpcFrame.Request request() {
		return this.request;
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
	public final void run() {
		synchronized (this) {
			if (this.cancelled) {
				release();
				return;
			}
			this.started = true;
			this.runner = Thread.currentThread();
		}
		boolean begun = false;
		try {
			begun = beginInTime();
		}
		catch (Throwable ex) {
			// Whatever a handler throws, its caller is to know.
			failed(ex);
		}
		finally {
			ended();
		}
		if (begun) {
			proceed();
		}
	}

	/**
	 * Ends the execution, as far as the handler takes notice: its thread is interrupted,
	 * and what it returned is cancelled.
	 * @return whether the handler did not see the call, and never will
	 */
	final boolean cancel() {
		boolean queued;
		synchronized (this) {
			this.cancelled = true;
			queued = !this.started;
			if (this.runner != null) {
				this.runner.interrupt();
			}
		}
		if (!queued) {
			cancelResult();
		}
		return queued;
	}

	final synchronized boolean cancelled() {
		return this.cancelled;
	}

	/**
	 * Lets the handler begin.
	 * @param invocation the call
	 */
	abstract void begin(RpcInvocation invocation);

	/**
	 * Goes on when the handler returned.
	 */
	void proceed() {
	}

	/**
	 * Cancels what the handler returned, if there is something.
	 */
	abstract void cancelResult();

	final void failed(Throwable failure) {
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

	/**
	 * Sends the last frame.
	 */
	void finish(RpcFrame frame) {
		release();
		this.server.finished(this, RpcFrameCodec.encode(frame));
	}

	/**
	 * Does not count as in progress any more.
	 */
	final void release() {
		if (this.released.compareAndSet(false, true)) {
			this.element.ended();
		}
	}

	static RpcFrame.Failure failure(long callId, Throwable cause) {
		StringWriter stack = new StringWriter();
		cause.printStackTrace(new PrintWriter(stack));
		return new RpcFrame.Failure(callId, cause.getClass().getName(), cause.getMessage(), stack.toString());
	}

	private boolean beginInTime() {
		long left = this.deadlineNanos - this.server.nanoTime();
		if (left <= 0) {
			finish(expired());
			return false;
		}
		CallContext context = new CallContext(this.request.pool(), this.request.method(), this.server::nanoTime,
				this.deadlineNanos, this.caller.association().peerIdentity());
		try (CallContext.Scope scope = context.open()) {
			begin(new RpcInvocation(this.request.pool(), this.request.method(), this.request.payload(),
					this.request.metadata(), Duration.ofNanos(left), this.caller.address()));
		}
		return true;
	}

	RpcFrame.Refusal expired() {
		return new RpcFrame.Refusal(callId(), RefusalReason.EXPIRED,
				"the time was up while the call waited to be begun");
	}

	private synchronized void ended() {
		this.runner = null;
		if (this.cancelled) {
			// The interrupt was meant for this call, not for what the thread does next.
			Thread.interrupted();
		}
	}

}
