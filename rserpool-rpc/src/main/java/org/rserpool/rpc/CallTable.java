package org.rserpool.rpc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.rserpool.runtime.RoleRuntime;
import org.rserpool.session.ElementChannel;

/**
 * The calls that are being made, and how they end.
 */
final class CallTable {

	private static final Logger logger = LoggerFactory.getLogger(CallTable.class);

	private final RoleRuntime runtime;

	private final Replays replays;

	private final Backlog backlog;

	private final Runnable onEnd;

	private final CallListener listener;

	private final Map<Long, Call> sent = new HashMap<>();

	private final Set<Call> active = new HashSet<>();

	private Consumer<Call> next = (call) -> {
	};

	CallTable(RoleRuntime runtime, Replays replays, Backlog backlog, Runnable onEnd, CallListener listener) {
		this.runtime = runtime;
		this.replays = replays;
		this.backlog = backlog;
		this.onEnd = onEnd;
		this.listener = listener;
	}

	/**
	 * Sets what makes the next call of a session.
	 */
	void next(Consumer<Call> begin) {
		this.next = begin;
	}

	void begin(Call call) {
		this.active.add(call);
	}

	boolean active(Call call) {
		return this.active.contains(call);
	}

	List<Call> all() {
		return List.copyOf(this.active);
	}

	void sent(Call call) {
		this.sent.put(call.callId(), call);
	}

	@Nullable Call sent(long callId) {
		return this.sent.get(callId);
	}

	/**
	 * The attempt of a call ended.
	 * @return whether it was in progress
	 */
	boolean unsent(Call call) {
		return this.sent.remove(call.callId(), call);
	}

	boolean inUse(ElementChannel channel) {
		return this.sent.values().stream().anyMatch((call) -> call.channel() == channel);
	}

	/**
	 * Ends the attempts that are in progress on a channel.
	 * @return their calls
	 */
	List<Call> takeFrom(ElementChannel channel) {
		List<Call> affected = new ArrayList<>();
		for (Call call : this.sent.values()) {
			if (call.channel() == channel) {
				affected.add(call);
			}
		}
		affected.forEach(this::unsent);
		return affected;
	}

	/**
	 * Ends a call. Its reply is not told.
	 */
	void end(Call call) {
		if (this.active.remove(call)) {
			call.stopTimers();
			this.sent.remove(call.callId(), call);
			this.backlog.remove(call);
			this.replays.ended(call.replay());
			if (call.session() != null) {
				call.session().ended(call, this.runtime, this.next);
			}
			this.onEnd.run();
		}
	}

	/**
	 * Ends a call that was answered. Its reply is to be told next.
	 */
	void answered(Call call) {
		ElementChannel channel = call.channel();
		end(call);
		if (channel != null && call.request().observer() != CallObserver.NONE) {
			observe(call, new CallAttempt(channel.element().identifier(), Call.address(channel.element()),
					CallOutcome.ANSWERED, "", Duration.ofNanos(call.ageNanos(this.runtime.nanoTime()))));
		}
		tell(call, CallOutcome.ANSWERED);
	}

	void fail(Call call, CallOutcome outcome, RSerPoolException failure) {
		end(call);
		tell(call, outcome);
		call.reply().fail(failure);
	}

	void observe(Call call, CallAttempt attempt) {
		observe(call, (observer) -> observer.attemptEnded(attempt));
	}

	/**
	 * Tells the observer of a call.
	 */
	void observe(Call call, Consumer<CallObserver> event) {
		try {
			event.accept(call.request().observer());
		}
		catch (RuntimeException ex) {
			logger.warn("A call observer failed", ex);
		}
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

}
