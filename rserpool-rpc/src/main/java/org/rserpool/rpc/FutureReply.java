package org.rserpool.rpc;

import java.util.concurrent.CompletableFuture;

/**
 * Takes one result.
 *
 * @param future completed with it
 */
record FutureReply(CompletableFuture<byte[]> future) implements Reply {

	@Override
	public boolean isDone() {
		return this.future.isDone();
	}

	@Override
	public void complete(byte[] payload) {
		this.future.complete(payload);
	}

	@Override
	public void fail(RSerPoolException failure) {
		this.future.completeExceptionally(failure);
	}

}
