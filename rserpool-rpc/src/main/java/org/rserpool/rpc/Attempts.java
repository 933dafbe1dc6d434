package org.rserpool.rpc;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.rserpool.runtime.Association.SendResult;
import org.rserpool.runtime.EndpointException;
import org.rserpool.runtime.RoleRuntime;
import org.rserpool.session.ElementChannel;
import org.rserpool.user.ResolutionFailure;
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

	private final Backlog backlog;

	private final RetryBudgets budgets = new RetryBudgets();

	private long lastCallId;

	Attempts(RoleRuntime runtime, ElementSource elements, ChannelSource channels, CallTable table, CallErrors errors,
			Replays replays, Backlog backlog) {
		this.runtime = runtime;
		this.elements = elements;
		this.channels = channels;
		this.table = table;
		this.errors = errors;
		this.replays = replays;
		this.backlog = backlog;
		table.next(this::begin);
		backlog.next(this::goOn);
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
				send(call, Target.bound(with, false, null));
				return;
			}
		}
		select(call);
	}

	private void goOn(Backlog.Waiting waiting) {
		if (waiting.target() != null) {
			send(waiting.call(), waiting.target());
		}
		else {
			select(waiting.call());
		}
	}

	/**
	 * An element does not know the session of a call, and wants its cookie.
	 */
	void withCookie(Call call, PoolElement element) {
		send(call, Target.bound(element, call.suspect(), null));
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
	 * @param named how the attempt named the call, or {@code null}
	 * @param unsent whether the request surely did not reach it
	 * @param error what went wrong
	 * @param instance the process that was there, or 0 if it did not say
	 * @param silent whether the element may still be silent
	 */
	void lost(Call call, PoolElement element, RpcFrame.@Nullable Replay named, boolean unsent, String error,
			long instance, boolean silent) {
		CallOutcome outcome = unsent ? CallOutcome.NOT_SENT : CallOutcome.UNKNOWN;
		boolean doubt = !unsent || (named != null && named.instance() != 0);
		long known = (named != null && named.instance() != 0) ? named.instance() : instance;
		if (call.session() != null && !unsent && !silent && call.goBack()) {
			note(call, element, outcome, true, error);
			send(call, Target.bound(element, false, null));
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
		pause(call, Long.MAX_VALUE, () -> send(call, Target.bound(element, false, again)));
	}

	/**
	 * The channel ended at which a call waited that no other element may have.
	 * @param waiting the call
	 * @param error what went wrong
	 * @param instance the process that was there, or 0 if it did not say
	 */
	void lost(Backlog.Waiting waiting, String error, long instance) {
		Target target = waiting.target();
		if (target != null) {
			started(waiting.call(), target.element());
			lost(waiting.call(), target.element(), target.again(), true, error, instance, true);
		}
	}

	private void note(Call call, PoolElement element, CallOutcome outcome, boolean free, String error) {
		CallAttempt attempt = call.attemptEnded(element, outcome, free, error, this.runtime.nanoTime());
		call.reply().returnCredit();
		this.table.observe(call, attempt);
	}

	private void select(Call call) {
		Set<Integer> full = this.backlog.full(call.request().pool());
		Set<Integer> excluded = call.tried();
		if (!full.isEmpty()) {
			excluded = new HashSet<>(excluded);
			excluded.addAll(full);
		}
		this.elements.select(call.request().pool(), excluded, new Selection(call));
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
		send(call, Target.selected(element, suspect));
	}

	private boolean takeToken(Call call) {
		return this.budgets.of(call.request().pool()).take(call.request().retryBudget(), this.runtime.nanoTime());
	}

	private void send(Call call, Target target) {
		PoolElement element = target.element();
		ElementChannel channel;
		try {
			channel = this.channels.channel(call.request().pool(), element);
		}
		catch (IllegalArgumentException | EndpointException ex) {
			started(call, element);
			notSent(call, target, null, String.valueOf(ex.getMessage()));
			return;
		}
		if (this.backlog.isFull(channel)) {
			full(call, target, channel);
			return;
		}
		RpcFrame.Replay named = target.again();
		if (named == null && call.named()) {
			named = this.replays.next();
		}
		Map<String, String> more = started(call, element);
		long callId = ++this.lastCallId;
		SendResult sendResult;
		try {
			ByteBuffer frame = call.frame(more, channel);
			RpcFrameCodec.address(frame, callId, leftMillis(call), element.identifier());
			RpcFrameCodec.options(frame, call.reply().takeCredit(), named);
			sendResult = channel.send(RpcFrameCodec.message(frame, call.early()));
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
				call.sent(callId, channel, target.suspect(), named);
				this.table.sent(call);
			}
			case WOULD_BLOCK -> {
				this.backlog.block(channel);
				call.reply().returnCredit();
				if (target.again() == null) {
					this.replays.ended(named);
				}
				this.table.observe(call, call.attempt(element, CallOutcome.NOT_SENT,
						"too much waits to be sent to it already", this.runtime.nanoTime()));
				full(call, target, channel);
			}
			case CLOSED -> notSent(call, target, named, "its channel is closed");
		}
	}

	/**
	 * An element takes no more at the moment, which is no attempt: the call goes
	 * elsewhere, or waits.
	 */
	private void full(Call call, Target target, ElementChannel channel) {
		if (target.bound()) {
			await(new Backlog.Waiting(call, target, channel));
		}
		else {
			select(call);
		}
	}

	private void await(Backlog.Waiting waiting) {
		if (!this.backlog.add(waiting)) {
			Call call = waiting.call();
			giveUp(call, "too much waits to be sent to its elements already, and so do calls of "
					+ (this.backlog.limit() >> 20) + " MiB, which is all that may wait");
		}
	}

	private void notSent(Call call, Target target, RpcFrame.@Nullable Replay named, String error) {
		RpcFrame.Replay again = target.again();
		if (again != null) {
			lost(call, target.element(), again, true, error, again.instance(), true);
		}
		else {
			this.replays.ended(named);
			ended(call, target.element(), CallOutcome.NOT_SENT, true, error);
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
	private void pause(Call call, long longestNanos, Runnable next) {
		long range = FIRST_PAUSE.toNanos() << Math.min(call.nextRound(), MAXIMUM_DOUBLINGS);
		long nanos = Math.min(this.runtime.random().nextLong(range), longestNanos);
		call.pause(this.runtime.schedule(Duration.ofNanos(nanos), next));
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
			if (failure.kind() == ResolutionFailure.Kind.NO_OTHER_ELEMENT
					&& !Attempts.this.backlog.full(this.call.request().pool()).isEmpty()) {
				await(new Backlog.Waiting(this.call, null, null));
				return;
			}
			long patience = patienceNanos(failure);
			if (patience > 0) {
				pause(this.call, patience, () -> select(this.call));
			}
			else {
				giveUp(this.call, failure.detail());
			}
		}

		/**
		 * How long to wait for an element. Without an attempt, all were lost since a
		 * registrar named them. A pool that is not known is about to have its first
		 * element, or lost its last, or is misspelt.
		 */
		private long patienceNanos(ResolutionFailure failure) {
			return switch (failure.kind()) {
				case NO_OTHER_ELEMENT -> Long.MAX_VALUE;
				case UNKNOWN_POOL ->
					Attempts.this.elements.patience().toNanos() - this.call.ageNanos(Attempts.this.runtime.nanoTime());
				default -> 0;
			};
		}

	}

}
