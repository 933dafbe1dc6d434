package org.rserpool.rpc;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.rserpool.runtime.DownReason;
import org.rserpool.runtime.RoleRuntime;
import org.rserpool.runtime.UserMessage;
import org.rserpool.session.ElementChannel;
import org.rserpool.session.ElementChannelListener;
import org.rserpool.wire.PoolHandle;
import org.rserpool.wire.Transport;

/**
 * Makes calls: sends what {@link Attempts} decides, takes answers, and keeps deadlines.
 */
final class RpcCaller implements ElementChannelListener {

	private static final Logger logger = LoggerFactory.getLogger(RpcCaller.class);

	/** How many octets of calls may wait where too much waits to be sent already. */
	private static final long MAXIMUM_WAITING = 64L << 20;

	private final RoleRuntime runtime;

	private final ElementSource elements;

	private final ChannelSource channels;

	private final Runnable onEnd;

	private final Replays replays;

	private final Backlog backlog;

	private final CallTable table;

	private final CallErrors errors;

	private final Attempts attempts;

	/** Channels over several streams whose element leaves. */
	private final Set<ElementChannel> leaving = new HashSet<>();

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
		this.replays = new Replays(runtime);
		this.backlog = new Backlog(runtime, MAXIMUM_WAITING);
		this.table = new CallTable(runtime, this.replays, this.backlog, onEnd, listener);
		this.errors = new CallErrors(elements);
		this.attempts = new Attempts(runtime, elements, channels, this.table, this.errors, this.replays, this.backlog);
	}

	/**
	 * Return the retry budgets of pools, which all ways to call share.
	 * @return the budgets; on the loop only
	 */
	RetryBudgets budgets() {
		return this.attempts.budgets();
	}

	void start(Call call) {
		if (call.reply().isDone()) {
			this.onEnd.run();
			return;
		}
		this.table.begin(call);
		if (this.stopped) {
			this.table.fail(call, CallOutcome.NOT_SENT, this.errors.closed(call.request().pool()));
			return;
		}
		long left = call.leftNanos(this.runtime.nanoTime());
		if (left <= 0) {
			expired(call);
			return;
		}
		call.limit(this.runtime.schedule(Duration.ofNanos(left), () -> expired(call)));
		this.attempts.first(call);
	}

	/**
	 * Ends a call whose result nobody waits for any more.
	 * @param call the call
	 */
	void cancelled(Call call) {
		if (this.table.active(call)) {
			sendCancel(call);
			this.table.end(call);
		}
	}

	/**
	 * Lets the element of a stream send more, if it has the call already.
	 * @param call the call
	 */
	void credit(Call call) {
		ElementChannel channel = call.channel();
		if (channel != null && this.table.active(call)) {
			int credit = call.reply().takeCredit();
			if (credit > 0) {
				send(channel, new RpcFrame.Credit(call.callId(), credit));
			}
		}
	}

	/**
	 * Opens channels to the elements of a pool that a registrar names.
	 * @param pool the pool
	 */
	void prepare(PoolHandle pool) {
		if (!this.stopped) {
			new Preparation(pool, this.elements, this.channels).next();
		}
	}

	/**
	 * Fails all calls, and those that are still to be started.
	 */
	void stop() {
		this.stopped = true;
		this.table.all()
			.forEach((call) -> this.table.fail(call, CallOutcome.NOT_SENT, this.errors.closed(call.request().pool())));
	}

	@Override
	public void message(ElementChannel channel, UserMessage message) {
		if (message.payloadProtocol() != RpcFrameCodec.PAYLOAD_PROTOCOL) {
			return;
		}
		try {
			received(channel, RpcFrameCodec.decode(message.data()));
		}
		catch (RpcFrameException ex) {
			logger.warn("The channel to {} is closed: it sent what is no answer: {}", channel.element(),
					ex.getMessage());
			channel.close();
		}
	}

	@Override
	public boolean inUse(ElementChannel channel) {
		return this.table.inUse(channel) || this.backlog.isFull(channel);
	}

	@Override
	public void writable(ElementChannel channel) {
		this.backlog.writable(channel);
	}

	@Override
	public void sendFailed(ElementChannel channel, UserMessage message) {
		if (message.payloadProtocol() != RpcFrameCodec.PAYLOAD_PROTOCOL) {
			return;
		}
		long callId = RpcFrameCodec.callId(message.data());
		Call call = this.table.sent(callId);
		if (call != null && call.channel() == channel && RpcFrameCodec.isRequest(message.data())) {
			call.markUnsent();
			// The end of the channel, which mostly follows at once, tells the cause.
			this.runtime.schedule(Duration.ZERO, () -> {
				if (this.table.sent(callId) == call && this.table.unsent(call)) {
					this.attempts.lost(call, channel.element(), call.replay(), true, "it was not sent", 0, false);
				}
			});
		}
	}

	@Override
	public void down(ElementChannel channel, DownReason reason, String detail) {
		long instance = this.replays.gone(channel);
		List<Call> affected = this.table.takeFrom(channel);
		if (this.leaving.remove(channel) && reason == DownReason.SHUTDOWN) {
			affected.forEach((call) -> notBegun(call, channel));
			this.backlog.down(channel).forEach((waiting) -> this.attempts.lost(waiting, detail, instance));
			return;
		}
		boolean told = (reason != DownReason.SHUTDOWN || !affected.isEmpty())
				&& this.elements.reportUnreachable(channel.pool(), channel.element().identifier());
		for (Call call : affected) {
			if (told) {
				this.table.observe(call, CallObserver::elementReported);
			}
			this.attempts.lost(call, channel.element(), call.replay(), call.unsent(), detail, instance,
					reason == DownReason.TIMEOUT);
		}
		this.backlog.down(channel).forEach((waiting) -> this.attempts.lost(waiting, detail, instance));
	}

	private void received(ElementChannel channel, RpcFrame frame) {
		if (frame instanceof RpcFrame.Leaving leaving) {
			left(channel, leaving.abandoned());
		}
		else if (frame instanceof RpcFrame.Welcome welcome) {
			this.replays.welcomed(channel, welcome.instance());
		}
		else {
			Call call = this.table.sent(frame.callId());
			if (call != null && call.channel() == channel) {
				answered(call, channel, frame);
			}
		}
	}

	private void answered(Call call, ElementChannel channel, RpcFrame frame) {
		if (frame instanceof RpcFrame.Refusal refusal) {
			refused(call, channel, refusal);
			return;
		}
		if (call.suspect() && !call.begun()) {
			this.elements.trust(channel.pool(), channel.element().identifier());
		}
		if (call.session() != null && !taken(call.session(), channel, frame)) {
			this.table.fail(call, CallOutcome.UNKNOWN, this.errors.outdated(call, channel));
		}
		else if (frame instanceof RpcFrame.Response response) {
			this.table.answered(call);
			call.reply().complete(response.payload());
		}
		else if (frame instanceof RpcFrame.Failure failure) {
			this.table.answered(call);
			call.reply()
				.fail(new RemoteInvocationException(call.request().pool(), failure.className(), failure.message(),
						failure.stack()));
		}
		else if (frame instanceof RpcFrame.Item item) {
			call.markBegun();
			if (!call.reply().item(item.payload())) {
				sendCancel(call);
				this.table.fail(call, CallOutcome.ANSWERED, this.errors.unasked(call));
			}
			credit(call);
		}
		else if (frame instanceof RpcFrame.End) {
			this.table.answered(call);
			call.reply().end();
		}
	}

	private static boolean taken(UserSession session, ElementChannel channel, RpcFrame frame) {
		if (frame instanceof RpcFrame.Response response) {
			return session.answered(channel, response.saved());
		}
		return !(frame instanceof RpcFrame.Failure failure) || session.answered(channel, failure.saved());
	}

	private void refused(Call call, ElementChannel channel, RpcFrame.Refusal refusal) {
		int element = channel.element().identifier();
		this.table.unsent(call);
		if (call.session() != null && refusedSession(call, call.session(), channel, refusal)) {
			return;
		}
		CallOutcome outcome = CallOutcome.NOT_SENT;
		boolean gone = false;
		switch (refusal.reason()) {
			case UNKNOWN_POOL -> {
				if (this.elements.reportUnreachable(channel.pool(), element)) {
					this.table.observe(call, CallObserver::elementReported);
				}
				gone = true;
			}
			case DRAINING -> {
				this.elements.avoid(channel.pool(), element);
				gone = true;
			}
			case OVERLOADED -> {
				if (call.suspect()) {
					this.elements.trust(channel.pool(), element);
				}
			}
			case FORGOTTEN -> outcome = CallOutcome.UNKNOWN;
			case EXPIRED, BAD_FRAME, COOKIE_WANTED, KEY_UNKNOWN, SESSION_REFUSED -> {
			}
		}
		if (outcome == CallOutcome.NOT_SENT && call.replay() != null) {
			call.resolved();
		}
		this.attempts.ended(call, channel.element(), outcome, gone, refusal.reason() + " (" + refusal.detail() + ")");
	}

	/**
	 * An element does not go on with a session.
	 * @return whether that is all there is to do
	 */
	private boolean refusedSession(Call call, UserSession session, ElementChannel channel, RpcFrame.Refusal refusal) {
		switch (refusal.reason()) {
			case COOKIE_WANTED -> {
				if (session.isHome(channel) && session.hasCookie()) {
					session.unknown();
					this.attempts.withCookie(call, channel.element());
					return true;
				}
			}
			case SESSION_REFUSED -> {
				this.table.fail(call, CallOutcome.NOT_SENT, this.errors.refused(call, channel, refusal.detail()));
				return true;
			}
			case FORGOTTEN -> {
				this.table.fail(call, CallOutcome.UNKNOWN, this.errors.forgotten(call, refusal.detail()));
				return true;
			}
			default -> {
			}
		}
		return false;
	}

	private void left(ElementChannel channel, Set<Long> abandoned) {
		this.elements.avoid(channel.pool(), channel.element().identifier());
		for (long callId : abandoned) {
			Call call = this.table.sent(callId);
			if (call != null && call.channel() == channel && this.table.unsent(call)) {
				this.attempts.ended(call, channel.element(), CallOutcome.UNKNOWN, true,
						"the element left before the call ended");
			}
		}
		if (channel.element().userTransport() instanceof Transport.Sctp) {
			// Answers by other streams may still come, until the association has ended.
			this.leaving.add(channel);
			return;
		}
		List<Call> others = this.table.takeFrom(channel);
		channel.close();
		others.forEach((call) -> notBegun(call, channel));
	}

	private void notBegun(Call call, ElementChannel channel) {
		if (call.replay() != null) {
			call.resolved();
		}
		this.attempts.ended(call, channel.element(), CallOutcome.NOT_SENT, true, "the element leaves");
	}

	private void expired(Call call) {
		ElementChannel channel = call.channel();
		String stage = this.backlog.has(call) ? "while too much waited to be sent to the elements already"
				: "while it looked for an element";
		if (channel != null) {
			sendCancel(call);
			this.table.unsent(call);
			this.table.observe(call, call.attemptEnded(channel.element(), CallOutcome.DEADLINE, false, "no answer",
					this.runtime.nanoTime()));
			stage = "while it waited for an answer";
		}
		this.table.fail(call, CallOutcome.DEADLINE, this.errors.expired(call, stage));
	}

	private void sendCancel(Call call) {
		ElementChannel channel = call.channel();
		if (channel != null) {
			send(channel, new RpcFrame.Cancel(call.callId()));
		}
	}

	private void send(ElementChannel channel, RpcFrame frame) {
		this.backlog.send(channel, RpcFrameCodec.message(RpcFrameCodec.encode(frame)));
	}

}
