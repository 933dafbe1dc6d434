package org.rserpool.rpc;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.rserpool.runtime.Association.SendResult;
import org.rserpool.runtime.EndpointException;
import org.rserpool.runtime.RoleRuntime;
import org.rserpool.session.ElementChannel;
import org.rserpool.user.ResolutionFailure;
import org.rserpool.user.ResolutionFailure.Kind;
import org.rserpool.user.SelectionCallback;
import org.rserpool.wire.PoolElement;

/**
 * Makes the attempts of calls, and decides by what is known of each whether there is
 * another one, and where.
 */
final class Attempts {

	private static final Logger logger = LoggerFactory.getLogger(Attempts.class);

	private static final Duration FIRST_PAUSE = Duration.ofMillis(50);

	private static final int MAXIMUM_DOUBLINGS = 4;

	private final RoleRuntime runtime;

	private final ElementSource elements;

	private final ChannelSource channels;

	private final CallTable table;

	private final CallErrors errors;

	private final Replays replays;

	private final RetryBudgets budgets = new RetryBudgets();

	private long lastCallId;

	Attempts(RoleRuntime runtime, ElementSource elements, ChannelSource channels, CallTable table, CallErrors errors,
			Replays replays) {
		this.runtime = runtime;
		this.elements = elements;
		this.channels = channels;
		this.table = table;
		this.errors = errors;
		this.replays = replays;
		table.next(this::begin);
	}

	RetryBudgets budgets() {
		return this.budgets;
	}

	void first(Call call) {
		this.budgets.of(call.request().pool()).called(call.request().retryBudget());
		if (call.session() == null || call.session().add(call)) {
			begin(call);
		}
	}

	private void begin(Call call) {
		UserSession session = call.session();
		if (session != null) {
			call.number(session.nextNumber());
			PoolElement with = session.element();
			if (with != null) {
				send(call, with, false, null);
				return;
			}
		}
		select(call);
	}

	/**
	 * An element does not know the session of a call, and wants its cookie.
	 */
	void withCookie(Call call, PoolElement element) {
		send(call, element, call.suspect(), null);
	}

	/**
	 * An attempt ended without an answer, at an element that said so or was never
	 * reached.
	 * @param call the call
	 * @param element the element
	 * @param outcome what is known of the attempt
	 * @param free whether another attempt takes nothing from the retry budget
	 * @param error what went wrong
	 */
	void ended(Call call, PoolElement element, CallOutcome outcome, boolean free, String error) {
		note(call, element, outcome, free, error);
		this.replays.ended(call.replay());
		RpcRequest request = call.request();
		if (call.begun()) {
			this.table.fail(call, CallOutcome.UNKNOWN, this.errors.broken(call));
		}
		else if (outcome == CallOutcome.UNKNOWN && !call.repeatable()) {
			this.table.fail(call, CallOutcome.UNKNOWN, this.errors.unknown(call));
		}
		else if (call.exhausted()) {
			giveUp(call, "no element of pool " + request.pool() + " could be called in " + request.maxAttempts()
					+ " attempts");
		}
		else {
			select(call);
		}
	}

	/**
	 * The channel of an attempt ended.
	 * @param call the call
	 * @param element the element
	 * @param unsent whether the request surely did not reach it
	 * @param error what went wrong
	 * @param instance the process that was there, or 0 if it did not say
	 * @param silent whether the element may still be silent
	 */
	void lost(Call call, PoolElement element, boolean unsent, String error, long instance, boolean silent) {
		CallOutcome outcome = unsent ? CallOutcome.NOT_SENT : CallOutcome.UNKNOWN;
		RpcFrame.Replay named = call.replay();
		boolean doubt = !unsent || (named != null && named.instance() != 0);
		long known = (named != null && named.instance() != 0) ? named.instance() : instance;
		if (call.session() != null && !unsent && !silent && call.goBack()) {
			note(call, element, outcome, true, error);
			send(call, element, false, null);
			return;
		}
		if (named == null || !doubt || known == 0) {
			ended(call, element, outcome, true, error);
			return;
		}
		note(call, element, outcome, false, error);
		if (call.attempts().size() >= call.request().maxAttempts() || !takeToken(call)) {
			this.table.fail(call, CallOutcome.UNKNOWN, this.errors.unknown(call));
			return;
		}
		RpcFrame.Replay again = this.replays.again(named, known);
		pause(call, () -> send(call, element, false, again));
	}

	private void note(Call call, PoolElement element, CallOutcome outcome, boolean free, String error) {
		CallAttempt attempt = call.attemptEnded(element, outcome, free, error, this.runtime.nanoTime());
		call.reply().returnCredit();
		this.table.observe(call, attempt);
	}

	private void select(Call call) {
		this.elements.select(call.request().pool(), call.tried(), new Selection(call));
	}

	private void selected(Call call, PoolElement element, boolean suspect) {
		if (!this.table.active(call)) {
			return;
		}
		boolean free = call.attempts().isEmpty() || (call.free() && !suspect);
		if (!free && !takeToken(call)) {
			giveUp(call, "the retry budget of pool " + call.request().pool() + " is used up");
			return;
		}
		send(call, element, suspect, null);
	}

	private boolean takeToken(Call call) {
		return this.budgets.of(call.request().pool()).take(call.request().retryBudget(), this.runtime.nanoTime());
	}

	private void send(Call call, PoolElement element, boolean suspect, RpcFrame.@Nullable Replay again) {
		RpcFrame.Replay named = again;
		if (named == null && call.named()) {
			named = this.replays.next();
		}
		Map<String, String> more = started(call, element);
		ElementChannel channel;
		try {
			channel = this.channels.channel(call.request().pool(), element);
		}
		catch (IllegalArgumentException | EndpointException ex) {
			notSent(call, element, named, String.valueOf(ex.getMessage()));
			return;
		}
		long callId = ++this.lastCallId;
		SendResult sendResult;
		try {
			ByteBuffer frame = call.frame(more, channel);
			RpcFrameCodec.address(frame, callId, leftMillis(call), element.identifier());
			RpcFrameCodec.options(frame, call.reply().takeCredit(), named);
			sendResult = channel.send(RpcFrameCodec.message(frame));
		}
		catch (IllegalArgumentException ex) {
			this.replays.ended(named);
			this.table.fail(call, CallOutcome.NOT_SENT, this.errors.unsendable(call, ex));
			return;
		}
		switch (sendResult) {
			case QUEUED -> {
				UserSession session = call.session();
				if (session != null && session.echoes(channel)) {
					this.table.observe(call, CallObserver::cookieEchoed);
				}
				call.sent(callId, channel, suspect, named);
				this.table.sent(call);
			}
			case WOULD_BLOCK -> notSent(call, element, named, "too much waits to be sent to it already");
			case CLOSED -> notSent(call, element, named, "its channel is closed");
		}
	}

	private void notSent(Call call, PoolElement element, RpcFrame.@Nullable Replay named, String error) {
		if (named != null && named.instance() != 0) {
			lost(call, element, true, error, named.instance(), true);
		}
		else {
			this.replays.ended(named);
			ended(call, element, CallOutcome.NOT_SENT, true, error);
		}
	}

	private Map<String, String> started(Call call, PoolElement element) {
		CallObserver observer = call.request().observer();
		if (observer == CallObserver.NONE) {
			return Map.of();
		}
		InetSocketAddress address = Call.address(element);
		try {
			return observer.attemptStarted(element.identifier(), address);
		}
		catch (RuntimeException ex) {
			logger.warn("A call observer failed", ex);
			return Map.of();
		}
	}

	private void giveUp(Call call, String reason) {
		this.table.fail(call, call.unresolved() ? CallOutcome.UNKNOWN : CallOutcome.NOT_SENT,
				this.errors.givenUp(call, reason));
	}

	/**
	 * Waits for a random time, the longer the more often all elements were tried (full
	 * jitter).
	 */
	private void pause(Call call, Runnable next) {
		long range = FIRST_PAUSE.toNanos() << Math.min(call.nextRound(), MAXIMUM_DOUBLINGS);
		Duration pause = Duration.ofNanos(this.runtime.random().nextLong(range));
		call.pause(this.runtime.schedule(pause, next));
	}

	private int leftMillis(Call call) {
		long millis = (call.leftNanos(this.runtime.nanoTime()) + 999_999) / 1_000_000;
		return (int) Math.max(1, Math.min(millis, Integer.MAX_VALUE));
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
			Attempts.this.selected(this.call, element, false);
		}

		@Override
		public void selectedSuspect(PoolElement element) {
			Attempts.this.selected(this.call, element, true);
		}

		@Override
		public void failed(ResolutionFailure failure) {
			if (!Attempts.this.table.active(this.call)) {
				return;
			}
			// Without an attempt, all elements were lost since a registrar named them.
			if (failure.kind() == Kind.NO_OTHER_ELEMENT) {
				pause(this.call, () -> select(this.call));
			}
			else {
				giveUp(this.call, failure.detail());
			}
		}

	}

}
