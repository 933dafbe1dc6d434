package org.rserpool.rpc;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.rserpool.runtime.Association;
import org.rserpool.runtime.DownReason;
import org.rserpool.runtime.EndpointListener;
import org.rserpool.runtime.RoleRuntime;
import org.rserpool.runtime.Timer;
import org.rserpool.runtime.UserMessage;
import org.rserpool.wire.PoolHandle;

/**
 * Serves the calls that arrive for the pool elements of this process.
 */
final class RpcServer implements EndpointListener {

	private static final Logger logger = LoggerFactory.getLogger(RpcServer.class);

	private final RoleRuntime runtime;

	private final Executor loop;

	private final int maxInProgress;

	private final RpcCallers callers;

	private final CompletableFuture<Void> left = new CompletableFuture<>();

	private boolean leaving;

	private @Nullable Timer patience;

	private final Map<PoolHandle, Map<Integer, Served>> pools = new HashMap<>();

	/**
	 * Makes a server without elements.
	 * @param runtime its surroundings
	 * @param loop runs tasks on its loop
	 * @param maxInProgress how many calls of one association are carried out at a time
	 */
	RpcServer(RoleRuntime runtime, Executor loop, int maxInProgress) {
		this.runtime = runtime;
		this.loop = loop;
		this.maxInProgress = maxInProgress;
		this.callers = new RpcCallers(maxInProgress);
	}

	/**
	 * Begins to serve an element.
	 * @param pool its pool
	 * @param identifier its identifier
	 * @param handler carries its calls out
	 * @param executor where the handler runs
	 */
	void add(PoolHandle pool, int identifier, RpcHandler handler, Executor executor) {
		Map<Integer, Served> elements = this.pools.computeIfAbsent(pool, (created) -> new LinkedHashMap<>());
		elements.put(identifier, new Served(handler, executor));
	}

	/**
	 * Refuses new calls to an element; those in progress go on.
	 * @param pool its pool
	 * @param identifier its identifier
	 */
	void drain(PoolHandle pool, int identifier) {
		Map<Integer, Served> elements = this.pools.get(pool);
		if (elements != null) {
			elements.remove(identifier);
		}
	}

	/**
	 * Serves no more, and ends the associations with all callers in order, so that each
	 * of them knows which of its calls were not carried out. Calls in progress may still
	 * end; new ones are refused.
	 * @param limit how long calls in progress may take; then they are cancelled
	 * @return done when there is no association any more
	 */
	CompletableFuture<Void> leave(Duration limit) {
		if (!this.leaving) {
			this.leaving = true;
			this.pools.values().forEach(Map::clear);
			this.patience = this.runtime.schedule(limit, () -> abandon(limit));
			this.callers.leave();
			completeLeave();
		}
		return this.left;
	}

	private void abandon(Duration limit) {
		int abandoned = this.callers.abandon();
		if (abandoned > 0) {
			logger.warn("{} calls are cancelled: they did not end within {} ms after their elements left", abandoned,
					limit.toMillis());
		}
	}

	private void completeLeave() {
		if (this.leaving && this.callers.isEmpty()) {
			stopPatience();
			this.left.complete(null);
		}
	}

	private void stopPatience() {
		if (this.patience != null) {
			this.patience.cancel();
		}
	}

	/**
	 * Ends at once. Calls in progress are cancelled, and nobody is told.
	 */
	void stop() {
		stopPatience();
		this.pools.clear();
		this.callers.cancelAll();
		this.left.complete(null);
	}

	long nanoTime() {
		return this.runtime.nanoTime();
	}

	@Override
	public void up(Association association) {
		ServedCaller caller = this.callers.of(association);
		if (this.leaving) {
			caller.leave();
		}
	}

	@Override
	public void message(Association association, UserMessage message) {
		if (message.payloadProtocol() != RpcFrameCodec.PAYLOAD_PROTOCOL) {
			return;
		}
		ServedCaller caller = this.callers.of(association);
		try {
			RpcFrame frame = RpcFrameCodec.decode(message.data());
			if (frame instanceof RpcFrame.Request request) {
				serve(caller, request);
			}
			else if (frame instanceof RpcFrame.Cancel cancel) {
				caller.cancel(cancel.callId());
			}
		}
		catch (RpcFrameException ex) {
			if (ex.request()) {
				refuse(caller, ex.callId(), RefusalReason.BAD_FRAME, String.valueOf(ex.getMessage()));
			}
			else {
				logger.warn("Association {} is aborted: {}", association, ex.getMessage());
				association.abort();
			}
		}
	}

	@Override
	public void writable(Association association) {
		ServedCaller caller = this.callers.known(association);
		if (caller != null) {
			caller.writable();
		}
	}

	@Override
	public void down(Association association, DownReason reason, String detail) {
		this.callers.gone(association);
		completeLeave();
	}

	/**
	 * Sends the answer of an execution, unless nobody waits for it any more. May be
	 * called on any thread.
	 * @param execution the execution
	 * @param answer the frame
	 */
	void finished(Execution execution, ByteBuffer answer) {
		try {
			this.loop.execute(() -> {
				if (execution.caller().remove(execution)) {
					execution.caller().answer(answer);
				}
			});
		}
		catch (RejectedExecutionException ex) {
			logger.debug("The answer to call {} is dropped: this process leaves the operation scope",
					execution.callId(), ex);
		}
	}

	private void serve(ServedCaller caller, RpcFrame.Request request) {
		long callId = request.callId();
		Served served = served(request);
		if (served == null) {
			boolean left = this.pools.containsKey(request.pool());
			refuse(caller, callId, left ? RefusalReason.DRAINING : RefusalReason.UNKNOWN_POOL, left
					? "the element left pool " + request.pool() : "no element of pool " + request.pool() + " is here");
		}
		else if (caller.full()) {
			refuse(caller, callId, RefusalReason.OVERLOADED,
					this.maxInProgress + " calls of one association are in progress");
		}
		else if (request.remainingMillis() == 0) {
			refuse(caller, callId, RefusalReason.EXPIRED, "no time was left when the call arrived");
		}
		else {
			begin(caller, request, served);
		}
	}

	private void begin(ServedCaller caller, RpcFrame.Request request, Served served) {
		Execution execution = new Execution(this, caller, request, served.handler(), this.runtime.nanoTime());
		if (!caller.add(execution)) {
			refuse(caller, request.callId(), RefusalReason.BAD_FRAME,
					"call identifier " + request.callId() + " is in use");
			return;
		}
		execution.limit(this.runtime.schedule(Duration.ofMillis(request.remainingMillis()),
				() -> caller.cancel(request.callId())));
		try {
			served.executor().execute(execution);
		}
		catch (RejectedExecutionException ex) {
			caller.remove(execution);
			refuse(caller, request.callId(), RefusalReason.OVERLOADED, "the executor of the element takes no more");
		}
		catch (RuntimeException ex) {
			execution.accept(null, ex);
		}
	}

	private @Nullable Served served(RpcFrame.Request request) {
		Map<Integer, Served> elements = this.pools.get(request.pool());
		if (elements == null || elements.isEmpty()) {
			return null;
		}
		Served exact = elements.get(request.element());
		// Another element of the pool serves just as well.
		return (exact != null) ? exact : elements.values().iterator().next();
	}

	private static void refuse(ServedCaller caller, long callId, RefusalReason reason, String detail) {
		caller.answer(RpcFrameCodec.encode(new RpcFrame.Refusal(callId, reason, detail)));
	}

	/**
	 * Who carries the calls to an element out, and where.
	 *
	 * @param handler who
	 * @param executor where
	 */
	private record Served(RpcHandler handler, Executor executor) {
	}

}
