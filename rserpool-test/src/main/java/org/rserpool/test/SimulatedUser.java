package org.rserpool.test;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import org.rserpool.hunt.HuntSettings;
import org.rserpool.hunt.RegistrarHunt;
import org.rserpool.runtime.Association.SendResult;
import org.rserpool.runtime.DownReason;
import org.rserpool.runtime.RoleRuntime;
import org.rserpool.runtime.UserMessage;
import org.rserpool.session.ElementChannel;
import org.rserpool.session.ElementChannelListener;
import org.rserpool.session.ElementChannels;
import org.rserpool.session.SessionSettings;
import org.rserpool.user.PoolUserRole;
import org.rserpool.user.ResolutionFailure;
import org.rserpool.user.SelectionCallback;
import org.rserpool.user.UserSettings;
import org.rserpool.wire.Dialect;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;
import org.rserpool.wire.WireCodec;

/**
 * A simulated process with a pool user, which makes a steady stream of calls to a pool. A
 * call whose element breaks is made again with another one.
 *
 * @since 0.1
 */
public final class SimulatedUser {

	/** The payload protocol of the calls. */
	public static final int CALL = 0x52534101;

	private static final Duration TRY_AGAIN = Duration.ofMillis(50);

	private final SimulatedScope scope;

	private final SimulatedProcess process;

	private final PoolHandle pool;

	private final List<InetSocketAddress> registrars;

	private final Duration interval;

	private final Duration patience;

	private final Map<Long, Call> calls = new LinkedHashMap<>();

	private @Nullable RoleRuntime runtime;

	private UnaryOperator<HuntSettings> hunting = UnaryOperator.identity();

	private @Nullable PoolUserRole role;

	private @Nullable ElementChannels channels;

	private long nextCall;

	private long succeeded;

	private final List<String> failures = new ArrayList<>();

	private long lastSuccessNanos;

	private long longestGapNanos;

	private long longestCallNanos;

	/**
	 * Adds a user to a scope, not started.
	 * @param scope the scope
	 * @param name the name of its process
	 * @param pool the pool that is called
	 * @param registrars the addresses of registrars
	 * @param interval the time from one call to the next
	 * @param patience how long a call may take before it has failed
	 */
	public SimulatedUser(SimulatedScope scope, String name, PoolHandle pool, List<InetSocketAddress> registrars,
			Duration interval, Duration patience) {
		this.scope = scope;
		this.pool = pool;
		this.registrars = List.copyOf(registrars);
		this.interval = interval;
		this.patience = patience;
		this.process = scope.process(name, this::run);
	}

	/**
	 * Changes how the user looks for registrars, from its next start on.
	 * @param settings changes the default settings
	 */
	public void hunting(UnaryOperator<HuntSettings> settings) {
		this.hunting = settings;
	}

	/**
	 * Return the process.
	 * @return the process
	 */
	public SimulatedProcess process() {
		return this.process;
	}

	/**
	 * Return the pool.
	 * @return the pool that is called
	 */
	public PoolHandle pool() {
		return this.pool;
	}

	/**
	 * Return the role.
	 * @return the role of the present run of the process
	 * @throws IllegalStateException if the process was never started
	 */
	public PoolUserRole role() {
		if (this.role == null) {
			throw new IllegalStateException(this.process + " was never started");
		}
		return this.role;
	}

	/**
	 * Return how many calls were answered.
	 * @return the number
	 */
	public long succeeded() {
		return this.succeeded;
	}

	/**
	 * Return the calls that were not answered in time.
	 * @return each with what was said last about it
	 */
	public List<String> failures() {
		return List.copyOf(this.failures);
	}

	/**
	 * Return the longest time between two answers.
	 * @return the longest gap since {@link #forgetGaps()}
	 */
	public Duration longestGap() {
		return Duration.ofNanos(Math.max(this.longestGapNanos, this.scope.nanoTime() - this.lastSuccessNanos));
	}

	/**
	 * Return how long there has been no answer.
	 * @return the time since the last answer, or since the process started
	 */
	public Duration silence() {
		return Duration.ofNanos(this.scope.nanoTime() - this.lastSuccessNanos);
	}

	/**
	 * Return the longest time that a call took, or takes until now.
	 * @return the time from the start of a call to its answer, since
	 * {@link #forgetGaps()}
	 */
	public Duration longestCall() {
		long now = this.scope.nanoTime();
		long oldest = this.calls.values().stream().mapToLong((call) -> now - call.startedNanos).max().orElse(0);
		return Duration.ofNanos(Math.max(this.longestCallNanos, oldest));
	}

	/**
	 * Starts to measure gaps and calls anew.
	 */
	public void forgetGaps() {
		this.longestGapNanos = 0;
		this.longestCallNanos = 0;
		this.lastSuccessNanos = this.scope.nanoTime();
	}

	private void run(RoleRuntime newRuntime) {
		RegistrarHunt hunt = new RegistrarHunt(newRuntime, new WireCodec(Dialect.RFC),
				this.hunting.apply(HuntSettings.of(this.registrars)));
		this.runtime = newRuntime;
		this.calls.clear();
		PoolUserRole newRole = new PoolUserRole(newRuntime, hunt, UserSettings.DEFAULT);
		this.role = newRole;
		this.channels = new ElementChannels(newRuntime, SessionSettings.DEFAULT, new Answers());
		hunt.start();
		newRole.start();
		forgetGaps();
		beginCall(newRuntime);
	}

	private void beginCall(RoleRuntime current) {
		Call call = new Call(this.nextCall++, this.scope.nanoTime());
		this.calls.put(call.number, call);
		current.schedule(this.interval, () -> beginCall(current));
		current.schedule(this.patience, () -> giveUp(call));
		attempt(call);
	}

	private void giveUp(Call call) {
		if (this.calls.remove(call.number) != null) {
			this.failures.add("call " + call.number + " at " + this.scope.time().toMillis() + " ms: " + call.said);
			this.scope.trace(this.process.name(), "call " + call.number + " failed: " + call.said);
		}
	}

	private void attempt(Call call) {
		if (this.calls.containsKey(call.number)) {
			role().select(this.pool, call.excluded, new Attempt(call));
		}
	}

	private void attemptAgain(Call call, String said) {
		call.channel = null;
		call.said = said;
		if (this.runtime != null) {
			this.runtime.schedule(TRY_AGAIN, () -> attempt(call));
		}
	}

	private void lost(ElementChannel channel, String detail) {
		int identifier = channel.element().identifier();
		role().reportUnreachable(this.pool, identifier);
		for (Call call : List.copyOf(this.calls.values())) {
			if (call.channel == channel) {
				call.excluded.add(identifier);
				call.channel = null;
				call.said = detail;
				attempt(call);
			}
		}
	}

	private void answered(long number) {
		Call call = this.calls.remove(number);
		if (call != null) {
			long now = this.scope.nanoTime();
			this.longestCallNanos = Math.max(this.longestCallNanos, now - call.startedNanos);
			this.succeeded++;
			this.longestGapNanos = Math.max(this.longestGapNanos, now - this.lastSuccessNanos);
			this.lastSuccessNanos = now;
		}
	}

	@Override
	public String toString() {
		return this.process.name();
	}

	private static final class Call {

		private final long number;

		private final long startedNanos;

		private final Set<Integer> excluded = new LinkedHashSet<>();

		private @Nullable ElementChannel channel;

		private String said = "no answer";

		private Call(long number, long startedNanos) {
			this.number = number;
			this.startedNanos = startedNanos;
		}

	}

	/**
	 * Sends a call to the element that was selected.
	 */
	private final class Attempt implements SelectionCallback {

		private final Call call;

		private Attempt(Call call) {
			this.call = call;
		}

		@Override
		public void selected(PoolElement element) {
			ElementChannels present = SimulatedUser.this.channels;
			if (present == null || !SimulatedUser.this.calls.containsKey(this.call.number)) {
				return;
			}
			ElementChannel channel = present.channel(SimulatedUser.this.pool, element);
			ByteBuffer data = ByteBuffer.allocate(8).putLong(0, this.call.number);
			if (channel.send(new UserMessage(CALL, 0, false, true, data)) == SendResult.QUEUED) {
				this.call.channel = channel;
			}
			else {
				attemptAgain(this.call, "not sent");
			}
		}

		@Override
		public void failed(ResolutionFailure failure) {
			if (failure.kind() == ResolutionFailure.Kind.NO_OTHER_ELEMENT) {
				this.call.excluded.clear();
			}
			attemptAgain(this.call, failure.detail());
		}

	}

	/**
	 * Hears answers.
	 */
	private final class Answers implements ElementChannelListener {

		@Override
		public void message(ElementChannel channel, UserMessage message) {
			if (message.payloadProtocol() == CALL && message.data().remaining() == 8) {
				answered(message.data().getLong(message.data().position()));
			}
		}

		@Override
		public void down(ElementChannel channel, DownReason reason, String detail) {
			if (reason != DownReason.SHUTDOWN) {
				lost(channel, detail);
			}
		}

	}

}
