package org.rserpool.rpc;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.rserpool.runtime.Association.SendResult;
import org.rserpool.runtime.DownReason;
import org.rserpool.runtime.EndpointException;
import org.rserpool.runtime.RoleRuntime;
import org.rserpool.runtime.UserMessage;
import org.rserpool.session.ElementChannel;
import org.rserpool.session.ElementChannelListener;
import org.rserpool.user.ResolutionFailure;
import org.rserpool.user.ResolutionFailure.Kind;
import org.rserpool.user.SelectionCallback;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;

/**
 * Makes calls: selects elements, sends requests, takes answers, and decides by what is
 * known of each attempt whether another element may be tried.
 */
final class RpcCaller implements ElementChannelListener {

	private static final Logger logger = LoggerFactory.getLogger(RpcCaller.class);

	private static final Duration FIRST_PAUSE = Duration.ofMillis(50);

	private static final int MAXIMUM_DOUBLINGS = 4;

	private final RoleRuntime runtime;

	private final ElementSource elements;

	private final ChannelSource channels;

	private final Runnable onEnd;

	private final CallListener listener;

	private final Map<Long, Call> sent = new HashMap<>();

	private final Set<Call> active = new HashSet<>();

	private long lastCallId;

	private boolean stopped;

	/**
	 * Makes a caller.
	 * @param runtime its surroundings
	 * @param elements where elements come from
	 * @param channels where channels come from; tells this caller what happens on them
	 * @param onEnd run once for each call, when it has ended
	 * @param listener told of each call that ended
	 */
	RpcCaller(RoleRuntime runtime, ElementSource elements, ChannelSource channels, Runnable onEnd,
			CallListener listener) {
		this.runtime = runtime;
		this.elements = elements;
		this.channels = channels;
		this.onEnd = onEnd;
		this.listener = listener;
	}

	void start(Call call) {
		if (call.result().isDone()) {
			this.onEnd.run();
			return;
		}
		this.active.add(call);
		if (this.stopped) {
			fail(call, CallOutcome.NOT_SENT, closed(call.request().pool()));
			return;
		}
		long left = call.leftNanos(this.runtime.nanoTime());
		if (left <= 0) {
			expired(call);
			return;
		}
		call.limit(this.runtime.schedule(Duration.ofNanos(left), () -> expired(call)));
		select(call);
	}

	/**
	 * Ends a call whose result nobody waits for any more.
	 * @param call the call
	 */
	void cancelled(Call call) {
		if (this.active.contains(call)) {
			sendCancel(call);
			end(call);
		}
	}

	/**
	 * Fails all calls, and those that are still to be started.
	 */
	void stop() {
		this.stopped = true;
		List.copyOf(this.active).forEach((call) -> fail(call, CallOutcome.NOT_SENT, closed(call.request().pool())));
	}

	@Override
	public void message(ElementChannel channel, UserMessage message) {
		if (message.payloadProtocol() != RpcFrameCodec.PAYLOAD_PROTOCOL) {
			return;
		}
		try {
			answered(channel, RpcFrameCodec.decode(message.data()));
		}
		catch (RpcFrameException ex) {
			logger.warn("The channel to {} is closed: it sent what is no answer: {}", channel.element(),
					ex.getMessage());
			channel.close();
		}
	}

	@Override
	public boolean inUse(ElementChannel channel) {
		return this.sent.values().stream().anyMatch((call) -> call.channel() == channel);
	}

	@Override
	public void sendFailed(ElementChannel channel, UserMessage message) {
		if (message.payloadProtocol() != RpcFrameCodec.PAYLOAD_PROTOCOL) {
			return;
		}
		long callId = RpcFrameCodec.callId(message.data());
		Call call = this.sent.get(callId);
		if (call != null && call.channel() == channel) {
			call.markUnsent();
			// The end of the channel, which mostly follows at once, tells the cause.
			this.runtime.schedule(Duration.ZERO, () -> {
				if (this.sent.remove(callId, call)) {
					attemptEnded(call, channel.element(), CallOutcome.NOT_SENT, "it was not sent");
				}
			});
		}
	}

	@Override
	public void down(ElementChannel channel, DownReason reason, String detail) {
		List<Call> affected = this.sent.values().stream().filter((call) -> call.channel() == channel).toList();
		if (reason != DownReason.SHUTDOWN || !affected.isEmpty()) {
			this.elements.reportUnreachable(channel.pool(), channel.element().identifier());
		}
		affected.forEach((call) -> this.sent.remove(call.callId()));
		for (Call call : affected) {
			attemptEnded(call, channel.element(), call.unsent() ? CallOutcome.NOT_SENT : CallOutcome.UNKNOWN, detail);
		}
	}

	private void answered(ElementChannel channel, RpcFrame frame) {
		if (frame instanceof RpcFrame.Leaving leaving) {
			left(channel, leaving.abandoned());
			return;
		}
		Call call = this.sent.get(frame.callId());
		if (call == null || call.channel() != channel) {
			return;
		}
		if (frame instanceof RpcFrame.Response response) {
			end(call);
			tell(call, CallOutcome.ANSWERED);
			call.result().complete(response.payload());
		}
		else if (frame instanceof RpcFrame.Failure failure) {
			fail(call, CallOutcome.ANSWERED, new RemoteInvocationException(call.request().pool(), failure.className(),
					failure.message(), failure.stack()));
		}
		else if (frame instanceof RpcFrame.Refusal refusal) {
			this.sent.remove(frame.callId());
			if (refusal.reason() == RefusalReason.UNKNOWN_POOL) {
				this.elements.reportUnreachable(channel.pool(), channel.element().identifier());
			}
			else if (refusal.reason() == RefusalReason.DRAINING) {
				this.elements.avoid(channel.pool(), channel.element().identifier());
			}
			attemptEnded(call, channel.element(), CallOutcome.NOT_SENT,
					refusal.reason() + " (" + refusal.detail() + ")");
		}
	}

	private void left(ElementChannel channel, Set<Long> abandoned) {
		List<Call> affected = this.sent.values().stream().filter((call) -> call.channel() == channel).toList();
		affected.forEach((call) -> this.sent.remove(call.callId()));
		this.elements.avoid(channel.pool(), channel.element().identifier());
		channel.close();
		for (Call call : affected) {
			if (abandoned.contains(call.callId())) {
				attemptEnded(call, channel.element(), CallOutcome.UNKNOWN, "the element left before the call ended");
			}
			else {
				attemptEnded(call, channel.element(), CallOutcome.NOT_SENT, "the element leaves");
			}
		}
	}

	private void select(Call call) {
		this.elements.select(call.request().pool(), call.tried(), new Selection(call));
	}

	private void send(Call call, PoolElement element) {
		ElementChannel channel;
		try {
			channel = this.channels.channel(call.request().pool(), element);
		}
		catch (IllegalArgumentException | EndpointException ex) {
			attemptEnded(call, element, CallOutcome.NOT_SENT, String.valueOf(ex.getMessage()));
			return;
		}
		long callId = ++this.lastCallId;
		ByteBuffer frame = call.frame();
		RpcFrameCodec.address(frame, callId, leftMillis(call), element.identifier());
		SendResult sendResult;
		try {
			sendResult = channel.send(RpcFrameCodec.message(frame));
		}
		catch (IllegalArgumentException ex) {
			fail(call, CallOutcome.NOT_SENT,
					new RSerPoolException(
							"The call of " + call.request().method() + " in pool " + call.request().pool()
									+ " cannot be sent: " + ex.getMessage(),
							call.request().pool(), call.attempts(), ex));
			return;
		}
		switch (sendResult) {
			case QUEUED -> {
				call.sent(callId, channel);
				this.sent.put(callId, call);
			}
			case WOULD_BLOCK ->
				attemptEnded(call, element, CallOutcome.NOT_SENT, "too much waits to be sent to it already");
			case CLOSED -> attemptEnded(call, element, CallOutcome.NOT_SENT, "its channel is closed");
		}
	}

	private void attemptEnded(Call call, PoolElement element, CallOutcome outcome, String error) {
		call.attemptEnded(element, outcome, error, this.runtime.nanoTime());
		RpcRequest request = call.request();
		if (outcome == CallOutcome.UNKNOWN && !request.idempotent()) {
			fail(call, CallOutcome.UNKNOWN,
					new CallOutcomeUnknownException(
							"Nobody knows whether the call of " + request.method() + " in pool " + request.pool()
									+ " was carried out; it is not idempotent, so it was not made again",
							request.pool(), call.attempts()));
		}
		else if (call.attempts().size() >= request.maxAttempts()) {
			giveUp(call, "no element of pool " + request.pool() + " could be called in " + request.maxAttempts()
					+ " attempts");
		}
		else {
			select(call);
		}
	}

	private void giveUp(Call call, String reason) {
		RpcRequest request = call.request();
		String message = "The call of " + request.method() + " in pool " + request.pool() + " failed: " + reason;
		fail(call, call.anyUnknown() ? CallOutcome.UNKNOWN : CallOutcome.NOT_SENT,
				call.anyUnknown()
						? new CallOutcomeUnknownException(message + "; nobody knows whether it was carried out",
								request.pool(), call.attempts())
						: new NoPoolElementException(message, request.pool(), call.attempts()));
	}

	private void tryAllAgain(Call call) {
		long range = FIRST_PAUSE.toNanos() << Math.min(call.nextRound(), MAXIMUM_DOUBLINGS);
		Duration pause = Duration.ofNanos(this.runtime.random().nextLong(range));
		call.pause(this.runtime.schedule(pause, () -> select(call)));
	}

	private void expired(Call call) {
		RpcRequest request = call.request();
		ElementChannel channel = call.channel();
		String stage = "while it looked for an element";
		if (channel != null) {
			sendCancel(call);
			this.sent.remove(call.callId());
			call.attemptEnded(channel.element(), CallOutcome.DEADLINE, "no answer", this.runtime.nanoTime());
			stage = "while it waited for an answer";
		}
		fail(call, CallOutcome.DEADLINE,
				new DeadlineExceededException(
						"The call of " + request.method() + " in pool " + request.pool() + " did not end within "
								+ request.deadline().toMillis() + " ms: the time was up " + stage,
						request.pool(), call.attempts()));
	}

	private void sendCancel(Call call) {
		ElementChannel channel = call.channel();
		if (channel != null) {
			ByteBuffer frame = RpcFrameCodec.encode(new RpcFrame.Cancel(call.callId()));
			channel.send(RpcFrameCodec.message(frame));
		}
	}

	private int leftMillis(Call call) {
		long millis = (call.leftNanos(this.runtime.nanoTime()) + 999_999) / 1_000_000;
		return (int) Math.max(1, Math.min(millis, Integer.MAX_VALUE));
	}

	private void fail(Call call, CallOutcome outcome, RSerPoolException failure) {
		end(call);
		tell(call, outcome);
		call.result().completeExceptionally(failure);
	}

	private void tell(Call call, CallOutcome outcome) {
		RpcRequest request = call.request();
		try {
			this.listener.callEnded(new EndedCall(request.pool(), request.method(), outcome, call.attempts(),
					Duration.ofNanos(call.ageNanos(this.runtime.nanoTime()))));
		}
		catch (RuntimeException ex) {
			logger.warn("A call listener failed", ex);
		}
	}

	private void end(Call call) {
		if (this.active.remove(call)) {
			call.stopTimers();
			this.sent.remove(call.callId(), call);
			this.onEnd.run();
		}
	}

	private static RSerPoolException closed(@Nullable PoolHandle pool) {
		return new RSerPoolException("The call of pool " + pool + " ended: this process leaves the operation scope",
				pool, List.of(), null);
	}

	/**
	 * Takes the element that was selected for a call.
	 */
	private final class Selection implements SelectionCallback {

		private final Call call;

		Selection(Call call) {
			this.call = call;
		}

		@Override
		public void selected(PoolElement element) {
			if (RpcCaller.this.active.contains(this.call)) {
				send(this.call, element);
			}
		}

		@Override
		public void failed(ResolutionFailure failure) {
			if (!RpcCaller.this.active.contains(this.call)) {
				return;
			}
			if (failure.kind() == Kind.NO_OTHER_ELEMENT && !this.call.tried().isEmpty()) {
				tryAllAgain(this.call);
			}
			else {
				giveUp(this.call, failure.detail());
			}
		}

	}

}
