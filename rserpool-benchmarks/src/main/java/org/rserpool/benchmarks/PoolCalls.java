package org.rserpool.benchmarks;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

import org.rserpool.rpc.NodeSettings;
import org.rserpool.rpc.RSerPoolNode;
import org.rserpool.rpc.RpcRequest;

/**
 * Calls of a pool.
 */
final class PoolCalls implements Calls {

	private final RSerPoolNode node;

	private final int together;

	private final RpcRequest request;

	private final AtomicInteger left = new AtomicInteger();

	private final Semaphore answered = new Semaphore(0);

	private volatile @Nullable Throwable failure;

	PoolCalls(int registrarPort, int payload, int together) {
		this.node = RSerPoolNode.start(NodeSettings.builder(List.of(CallPeer.address(registrarPort))).build());
		this.together = together;
		this.request = new RpcRequest(CallPeer.POOL, CallPeer.METHOD, new byte[payload], Map.of(), true,
				Duration.ofSeconds(30), RpcRequest.DEFAULT_MAX_ATTEMPTS);
	}

	@Override
	public void make(int count) throws InterruptedException {
		int first = Math.min(count, this.together);
		this.left.set(count - first);
		for (int i = 0; i < first; i++) {
			call();
		}
		this.answered.acquire(count);
		if (this.failure != null) {
			throw new IllegalStateException("A call failed", this.failure);
		}
	}

	private void call() {
		this.node.client().call(this.request).whenComplete((answer, cause) -> {
			if (cause != null) {
				this.failure = cause;
			}
			if (this.left.getAndDecrement() > 0) {
				call();
			}
			this.answered.release();
		});
	}

	@Override
	public void close() {
		this.node.close();
	}

}
