package org.rserpool.rpc;

import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An execution with one result.
 */
class UnaryExecution extends Execution implements BiConsumer<byte @Nullable [], @Nullable Throwable> {

	private static final Logger logger = LoggerFactory.getLogger(UnaryExecution.class);

	private volatile @Nullable CompletionStage<byte[]> stage;

	UnaryExecution(RpcServer server, ServedCaller caller, RpcFrame.Request request, ServedElement element, long now) {
		super(server, caller, request, element, now);
	}

	@Override
	void begin(RpcInvocation invocation) {
		CompletionStage<byte[]> begun = element().handler().handle(invocation);
		if (begun == null) {
			throw new IllegalStateException("The handler of " + request().pool() + " returned no stage");
		}
		this.stage = begun;
	}

	@Override
	void proceed() {
		CompletionStage<byte[]> running = this.stage;
		if (running == null) {
			return;
		}
		if (cancelled()) {
			cancelResult();
		}
		try {
			running.whenComplete(this);
		}
		catch (RuntimeException ex) {
			failed(ex);
		}
	}

	@Override
	void cancelResult() {
		CompletionStage<byte[]> running = this.stage;
		if (running == null) {
			return;
		}
		try {
			running.toCompletableFuture().cancel(true);
		}
		catch (UnsupportedOperationException ex) {
			logger.debug("The result of call {} cannot be cancelled", callId(), ex);
		}
	}

	@Override
	public void accept(byte @Nullable [] result, @Nullable Throwable failure) {
		if (failure == null) {
			finish(new RpcFrame.Response(callId(), (result != null) ? result : new byte[0]));
		}
		else {
			failed(failure);
		}
	}

}
