package org.rserpool.rpc;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.rserpool.rpc.state.StateCookies;
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

	private static final int MAXIMUM_REPLAY_OCTETS = 16 * 1024 * 1024;

	private final RpcCallers callers;

	private final ReplayCache replays = new ReplayCache(MAXIMUM_REPLAY_OCTETS);

	private final long instance;

	private CompletableFuture<Void> left = new CompletableFuture<>();

	private boolean leaving;

	private @Nullable Timer patience;

	private final Map<PoolHandle, Map<Integer, ServedElement>> pools = new HashMap<>();

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
		long drawn = runtime.random().nextLong();
		this.instance = (drawn != 0) ? drawn : 1;
	}

	/**
	 * Begins to serve an element.
	 * @param pool its pool
	 * @param identifier its identifier
	 * @param handler carries its calls out
	 * @param executor where the handler runs
	 * @param limit how many calls may be in progress at a time
	 * @return the element
	 */
	ServedElement add(PoolHandle pool, int identifier, RpcHandler handler, Executor executor, int limit) {
		return add(pool, identifier, handler, executor, limit, null);
	}

	/**
	 * Begins to serve an element that may keep the state of sessions.
	 * @param pool its pool
	 * @param identifier its identifier
	 * @param handler carries its calls out
	 * @param executor where the handler runs
	 * @param limit how many calls may be in progress at a time
	 * @param cookies makes the cookies of its sessions, or {@code null} if it has none
	 * @return the element
	 */
	ServedElement add(PoolHandle pool, int identifier, RpcHandler handler, Executor executor, int limit,
			@Nullable StateCookies cookies) {
		ServedElement element = new ServedElement(handler, executor, limit,
				(cookies != null) ? new ServedSessions(cookies) : null);
		this.pools.computeIfAbsent(pool, (created) -> new LinkedHashMap<>()).put(identifier, element);
		return element;
	}

	/**
	 * Begins to serve an element without a limit of its own.
	 * @param pool its pool
	 * @param identifier its identifier
	 * @param handler carries its calls out
	 * @param executor where the handler runs
	 */
	void add(PoolHandle pool, int identifier, RpcHandler handler, Executor executor) {
		add(pool, identifier, handler, executor, ElementSpecification.UNLIMITED);
	}

	/**
	 * Refuses new calls to an element; those in progress go on.
	 * @param pool its pool
	 * @param identifier its identifier
	 */
	void drain(PoolHandle pool, int identifier) {
		Map<Integer, ServedElement> elements = this.pools.get(pool);
		if (elements != null) {
			elements.remove(identifier);
		}
	}

	/**
	 * Serves no more, and ends the associations with all callers in order, so that each
	 * of them knows which of its calls were not carried out. Calls in progress may still
	 * end; new ones are refused. Callers that come later are left, too, as they come.
	 * @param limit how long calls in progress may take, from the first time that this is
	 * called; then they are cancelled
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
		else if (this.left.isDone() && !this.callers.isEmpty()) {
			this.left = new CompletableFuture<>();
		}
		return this.left;
	}

	private void abandon(Duration limit) {
		List<Execution> abandoned = this.callers.abandon();
		abandoned.forEach(this::cancel);
		if (!abandoned.isEmpty()) {
			logger.warn("{} calls are cancelled: they did not end within {} ms after their elements left",
					abandoned.size(), limit.toMillis());
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
		this.callers.allGone().forEach(this::cancel);
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
				cancelled(caller, cancel.callId());
			}
			else if (frame instanceof RpcFrame.Credit credit
					&& caller.execution(credit.callId()) instanceof StreamExecution stream) {
				stream.allow(credit.items());
			}
			else if (frame instanceof RpcFrame.SessionEnd end) {
				SessionDispatch.end(served(end.pool(), end.element()), end, association);
			}
		}
		catch (RpcFrameException ex) {
			if (ex.request()) {
				caller.answer(RpcFrameCodec.encode(
						new RpcFrame.Refusal(ex.callId(), RefusalReason.BAD_FRAME, String.valueOf(ex.getMessage()))));
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
		for (Execution orphan : this.callers.gone(association)) {
			// A named call, or one of a session, may come again by another association.
			if (orphan.request().replay() == null && orphan.request().session() == null) {
				cancel(orphan);
			}
		}
		completeLeave();
	}

	/**
	 * Sends the answer of an execution, unless nobody waits for it any more. May be
	 * called on any thread.
	 * @param execution the execution
	 * @param answer the frame
	 */
	void finished(Execution execution, ByteBuffer answer) {
		if (!onLoop(() -> answered(execution, answer))) {
			logger.debug("The answer to call {} is dropped: this process leaves the operation scope",
					execution.callId());
		}
	}

	/**
	 * Runs a task on the loop, unless that is closed. May be called on any thread.
	 * @param task the task
	 * @return whether it will run
	 */
	boolean onLoop(Runnable task) {
		try {
			this.loop.execute(task);
			return true;
		}
		catch (RejectedExecutionException ex) {
			logger.debug("The loop is closed", ex);
			return false;
		}
	}

	private void answered(Execution execution, ByteBuffer answer) {
		boolean attached = execution.caller().remove(execution);
		RpcFrame.Replay replay = execution.request().replay();
		if (execution instanceof SessionExecution call) {
			SessionDispatch.answered(call, answer, attached);
		}
		else if (replay != null) {
			execution.stopTimer();
			answerNamed(replay, answer);
			execution.caller().leaveWhenIdle();
		}
		else if (attached) {
			execution.caller().answer(answer);
		}
	}

	private void answerNamed(RpcFrame.Replay replay, ByteBuffer answer) {
		ReplayCache.Waiting waiting = this.replays.answered(replay, answer, this.runtime.nanoTime());
		if (waiting != null && !waiting.caller().isGone()) {
			waiting.caller().answer(RpcFrameCodec.readdressed(answer, waiting.callId()));
		}
	}

	private void cancelled(ServedCaller caller, long callId) {
		Execution execution = caller.execution(callId);
		if (execution != null) {
			caller.remove(execution);
			cancel(execution);
			caller.leaveWhenIdle();
		}
	}

	private void expired(Execution execution) {
		boolean attached = execution.caller().remove(execution);
		boolean queued = cancel(execution);
		if (queued && attached && execution.request().replay() == null) {
			execution.caller().answer(RpcFrameCodec.encode(execution.expired()));
		}
		execution.caller().leaveWhenIdle();
	}

	private boolean cancel(Execution execution) {
		execution.stopTimer();
		boolean queued = execution.cancel();
		RpcFrame.Replay replay = execution.request().replay();
		if (replay != null) {
			RefusalReason reason = queued ? RefusalReason.EXPIRED : RefusalReason.FORGOTTEN;
			answerNamed(replay, RpcFrameCodec
				.encode(new RpcFrame.Refusal(execution.callId(), reason, "the call was cancelled before it ended")));
		}
		if (queued && execution instanceof SessionExecution call) {
			// It may wait for its session, where the executor does not release it.
			execution.release();
			SessionDispatch.ended(call);
		}
		return queued;
	}

	private void serve(ServedCaller caller, RpcFrame.Request request) {
		RpcFrame.Replay replay = request.replay();
		if (SessionDispatch.repeated(served(request.pool(), request.element()), caller, request)) {
			logger.debug("{} came again while it is carried out", request.session());
		}
		else if (replay == null || isNew(caller, request, replay)) {
			RpcFrame.Refusal refusal = refusal(caller, request);
			if (refusal != null) {
				refuse(caller, request, refusal);
			}
		}
	}

	private boolean isNew(ServedCaller caller, RpcFrame.Request request, RpcFrame.Replay replay) {
		caller.welcome(this.instance);
		if (replay.instance() != 0 && replay.instance() != this.instance) {
			forgotten(caller, request, "another process took the place of the one that got the call before");
			return false;
		}
		ReplayCache.Arrival arrival = this.replays.arrived(replay, caller, request.callId(), this.runtime.nanoTime());
		switch (arrival.kind()) {
			case NEW -> {
				return true;
			}
			case FORGOTTEN -> forgotten(caller, request, "it is not known any more what became of the call");
			case IN_PROGRESS -> logger.debug("Call {} came again while it is carried out", replay);
			case ANSWERED -> {
				if (arrival.answer() != null) {
					caller.answer(RpcFrameCodec.readdressed(arrival.answer(), request.callId()));
				}
			}
		}
		return false;
	}

	private RpcFrame.@Nullable Refusal refusal(ServedCaller caller, RpcFrame.Request request) {
		long callId = request.callId();
		ServedElement served = served(request.pool(), request.element());
		if (served == null) {
			return this.pools.containsKey(request.pool())
					? new RpcFrame.Refusal(callId, RefusalReason.DRAINING, "the element left pool " + request.pool())
					: new RpcFrame.Refusal(callId, RefusalReason.UNKNOWN_POOL,
							"no element of pool " + request.pool() + " is here");
		}
		if (caller.full()) {
			return new RpcFrame.Refusal(callId, RefusalReason.OVERLOADED,
					this.maxInProgress + " calls of one association are in progress");
		}
		if (served.full()) {
			return new RpcFrame.Refusal(callId, RefusalReason.OVERLOADED,
					served.limit() + " calls of the element are in progress");
		}
		if (request.remainingMillis() == 0) {
			return new RpcFrame.Refusal(callId, RefusalReason.EXPIRED, "no time was left when the call arrived");
		}
		RpcFrame.Refusal none = SessionDispatch.refusal(served, request);
		return (none != null) ? none : begin(caller, request, served);
	}

	private RpcFrame.@Nullable Refusal begin(ServedCaller caller, RpcFrame.Request request, ServedElement served) {
		if (caller.execution(request.callId()) != null) {
			return new RpcFrame.Refusal(request.callId(), RefusalReason.BAD_FRAME,
					"call identifier " + request.callId() + " is in use");
		}
		long now = this.runtime.nanoTime();
		Execution execution = SessionDispatch.execution(this, caller, request, served, now);
		caller.add(execution);
		execution.limit(this.runtime.schedule(Duration.ofMillis(request.remainingMillis()), () -> expired(execution)));
		if (execution instanceof SessionExecution call) {
			SessionDispatch.begin(call);
			return null;
		}
		try {
			served.executor().execute(execution);
		}
		catch (RejectedExecutionException ex) {
			caller.remove(execution);
			execution.release();
			return new RpcFrame.Refusal(request.callId(), RefusalReason.OVERLOADED,
					"the executor of the element takes no more");
		}
		catch (RuntimeException ex) {
			execution.failed(ex);
		}
		return null;
	}

	private @Nullable ServedElement served(PoolHandle pool, int element) {
		Map<Integer, ServedElement> elements = this.pools.get(pool);
		if (elements == null || elements.isEmpty()) {
			return null;
		}
		ServedElement exact = elements.get(element);
		// Another element of the pool serves just as well.
		return (exact != null) ? exact : elements.values().iterator().next();
	}

	private void refuse(ServedCaller caller, RpcFrame.Request request, RpcFrame.Refusal refusal) {
		ByteBuffer frame = RpcFrameCodec.encode(refusal);
		if (request.replay() != null) {
			// A copy of the request that is still under way must not be carried out.
			answerNamed(request.replay(), frame);
		}
		else {
			caller.answer(frame);
		}
	}

	private static void forgotten(ServedCaller caller, RpcFrame.Request request, String detail) {
		caller.answer(RpcFrameCodec.encode(new RpcFrame.Refusal(request.callId(), RefusalReason.FORGOTTEN, detail)));
	}

}
