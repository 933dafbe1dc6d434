package org.rserpool.rpc;

import java.security.SecureRandom;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.rserpool.rpc.state.SessionId;
import org.rserpool.transport.RoleLoop;
import org.rserpool.wire.PoolHandle;

/**
 * Hands calls of any thread to the caller on its loop, and bounds their number.
 */
final class LoopClient implements RpcClient {

	private static final Logger logger = LoggerFactory.getLogger(LoopClient.class);

	private final RoleLoop loop;

	private final int maxPendingCalls;

	private final AtomicInteger pending = new AtomicInteger();

	private final RpcCaller caller;

	/** By weak references: a session that is not closed may still be forgotten. */
	private final Map<LoopSession, Boolean> sessions = Collections.synchronizedMap(new WeakHashMap<>());

	private final SecureRandom random = new SecureRandom();

	LoopClient(RoleLoop loop, int maxPendingCalls, ElementSource elements, ChannelSource channels,
			CallListener listener) {
		this.loop = loop;
		this.maxPendingCalls = maxPendingCalls;
		this.caller = new RpcCaller(loop, elements, channels, this.pending::decrementAndGet, listener);
	}

	RpcCaller caller() {
		return this.caller;
	}

	@Override
	public CompletableFuture<byte[]> call(RpcRequest request) {
		return call(request, null);
	}

	@Override
	public RpcSession session(PoolHandle pool) {
		LoopSession session = new LoopSession(this, new UserSession(SessionId.draw(this.random), pool));
		this.sessions.put(session, true);
		return session;
	}

	void closed(LoopSession session) {
		this.sessions.remove(session);
	}

	/**
	 * Return the sessions that were opened and not closed. On the loop.
	 */
	List<OpenSession> sessions(int limit) {
		synchronized (this.sessions) {
			return this.sessions.keySet().stream().limit(limit).map(LoopSession::open).toList();
		}
	}

	void execute(Runnable task) {
		this.loop.execute(task);
	}

	/**
	 * Makes a call.
	 * @param request the call
	 * @param session the session that it is part of, or {@code null}
	 * @return the encoded result
	 */
	CompletableFuture<byte[]> call(RpcRequest request, @Nullable UserSession session) {
		CallFuture<byte[]> result = new CallFuture<>(this.loop);
		RpcRequest bounded = bounded(request);
		if (this.pending.incrementAndGet() > this.maxPendingCalls) {
			this.pending.decrementAndGet();
			result.completeExceptionally(tooMany(request));
			return result;
		}
		try {
			Call call = new Call(bounded, new FutureReply(result), this.loop.nanoTime(), session);
			result.onCancel(() -> cancel(call));
			this.loop.execute(() -> this.caller.start(call));
		}
		catch (RejectedExecutionException ex) {
			this.pending.decrementAndGet();
			result
				.completeExceptionally(new RSerPoolException(
						"The call of " + request.method() + " in pool " + request.pool()
								+ " was not begun: this process left the operation scope",
						request.pool(), List.of(), ex));
		}
		catch (IllegalArgumentException ex) {
			this.pending.decrementAndGet();
			result.completeExceptionally(
					new RSerPoolException("The call in pool " + request.pool() + " cannot be sent: " + ex.getMessage(),
							request.pool(), List.of(), ex));
		}
		return result;
	}

	@Override
	public Flow.Publisher<byte[]> stream(RpcRequest request) {
		return (subscriber) -> subscriber
			.onSubscribe(new StreamSubscription(this.loop, this, bounded(request), subscriber));
	}

	@Override
	public void prepare(PoolHandle pool) {
		try {
			this.loop.execute(() -> this.caller.prepare(pool));
		}
		catch (RejectedExecutionException ex) {
			logger.debug("Pool {} is not prepared: {} is closed already", pool, this.loop, ex);
		}
	}

	/**
	 * Begins a call of a stream. On the loop.
	 * @param call the call
	 */
	void startOnLoop(Call call) {
		if (this.pending.incrementAndGet() > this.maxPendingCalls) {
			this.pending.decrementAndGet();
			call.reply().fail(tooMany(call.request()));
			return;
		}
		this.caller.start(call);
	}

	private NoPoolElementException tooMany(RpcRequest request) {
		return new NoPoolElementException("The call of " + request.method() + " in pool " + request.pool()
				+ " was not begun: " + this.maxPendingCalls + " calls are pending already", request.pool(), List.of());
	}

	private static RpcRequest bounded(RpcRequest request) {
		return (CallContext.current() != null) ? request.withDeadline(CallContext.bound(request.deadline())) : request;
	}

	private void cancel(Call call) {
		try {
			this.loop.execute(() -> this.caller.cancelled(call));
		}
		catch (RejectedExecutionException ex) {
			logger.debug("A call was cancelled when {} was closed already", this.loop, ex);
		}
	}

}
