package org.rserpool.spring.grpc;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import io.grpc.Attributes;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;
import org.rserpool.rpc.CallOutcome;
import org.rserpool.rpc.FailoverCall;
import org.rserpool.rpc.FailoverRequest;
import org.rserpool.spring.user.PoolUserSettings;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;
import org.rserpool.wire.Transport;

/**
 * A call to a pool: a sequence of attempts, each a call of its own. What was sent is kept
 * until it is known that it need not be sent again.
 *
 * @param <Q> the type of requests
 * @param <R> the type of responses
 */
final class PoolClientCall<Q, R> extends ClientCall<Q, R> implements HeldResponses.Owner {

	/** More is not kept of a stream of requests, which then does not fail over. */
	private static final int MAXIMUM_KEPT = 128;

	private final ReentrantLock lock = new ReentrantLock();

	private final PoolChannels channels;

	private final PoolUserSettings settings;

	private final Executor executor;

	private final MethodDescriptor<Q, R> method;

	private final CallOptions options;

	private final Channel channel;

	/** Attempts belong to it on whatever thread they begin, and end when it does. */
	private final Context context = Context.current();

	private final List<Consumer<ClientCall<Q, R>>> kept = new ArrayList<>();

	private boolean repeatable = true;

	private int requested;

	private boolean cancelled;

	private boolean closed;

	private @Nullable Listener<R> listener;

	private @Nullable Metadata headers;

	private @Nullable FailoverCall failover;

	private CallObservation observation = new CallObservation(null);

	private @Nullable ClientCall<Q, R> current;

	private @Nullable PoolCallAttempt attempt;

	PoolClientCall(PoolChannels channels, PoolUserSettings settings, Executor executor, MethodDescriptor<Q, R> method,
			CallOptions options, Channel channel) {
		this.channels = channels;
		this.settings = settings;
		this.executor = executor;
		this.method = method;
		this.options = options;
		this.channel = channel;
	}

	@Override
	public void start(Listener<R> responses, Metadata sent) {
		this.listener = responses;
		this.headers = sent;
		this.observation = CallObservation.start(this.channels.observations(), this.settings.pool(), this.method);
		Deadline own = this.options.getDeadline();
		Deadline surrounding = this.context.getDeadline();
		Deadline deadline = (own == null || (surrounding != null && surrounding.isBefore(own))) ? surrounding : own;
		if (deadline != null && deadline.isExpired()) {
			Status status = Status.DEADLINE_EXCEEDED.withDescription("the deadline had passed before the call began");
			this.observation.ended(CallOutcome.DEADLINE, status);
			this.executor.execute(() -> close(status, new Metadata()));
			return;
		}
		Duration left = (deadline != null) ? Duration.ofNanos(Math.max(1, deadline.timeRemaining(TimeUnit.NANOSECONDS)))
				: this.settings.deadline();
		FailoverRequest request = new FailoverRequest(PoolHandle.of(this.settings.pool()),
				this.method.getFullMethodName(),
				GrpcMethods.isIdempotent(this.method, this.settings.idempotentMethods()), left,
				this.settings.maxAttempts(), this.settings.retryBudget(), GrpcPoolElementBinding.NAME);
		FailoverCall begun = this.channels.node().selector().begin(this.observation.of(request));
		this.failover = begun;
		next(begun);
	}

	@Override
	public void request(int count) {
		this.lock.lock();
		try {
			this.requested = (int) Math.min(Integer.MAX_VALUE, (long) this.requested + count);
			if (this.current != null) {
				this.current.request(count);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void cancel(@Nullable String message, @Nullable Throwable cause) {
		boolean waiting;
		this.lock.lock();
		try {
			this.cancelled = true;
			waiting = this.current == null && !this.closed;
			if (this.current != null) {
				this.current.cancel(message, cause);
			}
		}
		finally {
			this.lock.unlock();
		}
		if (waiting) {
			end(FailoverCall::cancel);
			this.observation.abandon(cause);
			this.executor
				.execute(() -> close(Status.CANCELLED.withDescription(message).withCause(cause), new Metadata()));
		}
	}

	@Override
	public void halfClose() {
		perform(ClientCall::halfClose);
	}

	@Override
	public void sendMessage(Q message) {
		perform((call) -> call.sendMessage(message));
	}

	@Override
	public void setMessageCompression(boolean enabled) {
		perform((call) -> call.setMessageCompression(enabled));
	}

	@Override
	public boolean isReady() {
		this.lock.lock();
		try {
			return this.current != null && this.current.isReady();
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public Attributes getAttributes() {
		this.lock.lock();
		try {
			return (this.current != null) ? this.current.getAttributes() : Attributes.EMPTY;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void perform(Consumer<ClientCall<Q, R>> action) {
		this.lock.lock();
		try {
			ClientCall<Q, R> call = this.current;
			boolean begun = this.attempt != null && this.attempt.created()
					&& !this.method.getType().clientSendsOneMessage();
			if (call != null && (begun || this.kept.size() >= MAXIMUM_KEPT)) {
				forget();
			}
			if (this.repeatable) {
				this.kept.add(action);
			}
			if (call != null) {
				action.accept(call);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private void forget() {
		this.repeatable = false;
		this.kept.clear();
	}

	private void next(FailoverCall call) {
		call.next().whenComplete((element, failure) -> this.executor.execute(this.context.wrap(() -> {
			if (cancelled()) {
				return;
			}
			if (failure != null) {
				this.observation.failed(failure);
				close(GrpcFailures.status(failure), new Metadata());
			}
			else {
				attempt(call, element);
			}
		})));
	}

	private void attempt(FailoverCall call, PoolElement element) {
		if (!(element.userTransport() instanceof Transport.Tcp tcp)) {
			call.refused("it does not speak gRPC: its transport is " + element.userTransport());
			next(call);
			return;
		}
		try {
			begin(call, new PoolCallAttempt(new InetSocketAddress(tcp.address(), tcp.port()),
					this.channels.connectTimeout()));
		}
		catch (RuntimeException ex) {
			call.cancel();
			this.observation.abandon(ex);
			close(Status.fromThrowable(ex), new Metadata());
		}
	}

	private void begin(FailoverCall call, PoolCallAttempt begun) {
		CallOptions with = begun.options(this.options);
		Deadline own = with.getDeadline();
		if (own != null || this.method.getType() == MethodDescriptor.MethodType.UNARY) {
			Deadline left = Deadline.after(call.left().toNanos(), TimeUnit.NANOSECONDS);
			with = with.withDeadline((own != null) ? own.minimum(left) : left);
		}
		Metadata sent = new Metadata();
		sent.merge(Objects.requireNonNull(this.headers));
		sent.put(PoolMetadata.POOL, PoolMetadata.encode(this.settings.pool()));
		this.observation.propagate(sent);
		this.lock.lock();
		try (Observation.Scope scope = this.observation.openScope()) {
			if (this.closed || this.cancelled) {
				return;
			}
			ClientCall<Q, R> made = this.channel.newCall(this.method, with);
			this.current = made;
			this.attempt = begun;
			made.start(new HeldResponses<>(begun, this.method.getType(), Objects.requireNonNull(this.listener), this),
					sent);
			if (this.requested > 0) {
				made.request(this.requested);
			}
			this.kept.forEach((action) -> action.accept(made));
		}
		finally {
			this.lock.unlock();
		}
		call.silence().thenAccept((detail) -> this.executor.execute(() -> silent(begun, detail)));
	}

	private void silent(PoolCallAttempt begun, String detail) {
		ClientCall<Q, R> call = null;
		this.lock.lock();
		try {
			if (this.attempt == begun) {
				call = this.current;
			}
		}
		finally {
			this.lock.unlock();
		}
		if (call != null) {
			begun.silent(detail);
			call.cancel(detail, null);
		}
	}

	@Override
	public void answers() {
		this.lock.lock();
		try {
			forget();
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void ended(PoolCallAttempt ended, Status status, Metadata trailers) {
		FailoverCall call = Objects.requireNonNull(this.failover);
		String refusal = trailers.get(PoolMetadata.REFUSED);
		CallOutcome outcome = status.isOk() ? CallOutcome.ANSWERED : GrpcFailures.outcome(status, ended);
		Status failure = status;
		boolean again = false;
		if (cancelled()) {
			call.cancel();
			this.observation.abandon(status.asRuntimeException());
		}
		else if (refusal != null) {
			again = true;
			refused(call, refusal);
		}
		else if (outcome == null) {
			call.cancel();
			this.observation.abandon(status.asRuntimeException());
		}
		else if (outcome == CallOutcome.ANSWERED) {
			call.answered();
		}
		else if (outcome == CallOutcome.DEADLINE) {
			call.unanswered(GrpcFailures.describe(status));
		}
		else {
			again = true;
			String silence = ended.silence();
			String detail = (silence != null) ? silence : GrpcFailures.describe(status);
			call.unreachable(outcome, detail);
			if (outcome == CallOutcome.UNKNOWN) {
				failure = GrpcFailures.broken(PoolHandle.of(this.settings.pool()), this.method.getFullMethodName(),
						detail);
			}
		}
		if (again && forgetAttempt()) {
			next(call);
		}
		else {
			call.finish();
			if (outcome != null) {
				this.observation.ended((refusal != null) ? CallOutcome.NOT_SENT : outcome, failure);
			}
			close(failure, trailers);
		}
	}

	private static void refused(FailoverCall call, String refusal) {
		switch (refusal) {
			case PoolMetadata.UNKNOWN_POOL ->
				call.unreachable(CallOutcome.NOT_SENT, "the gRPC server there is no element of the pool");
			case PoolMetadata.OVERLOADED -> call.overloaded("it carries out as many calls as it may");
			default -> call.refused("it serves no more (" + refusal + ")");
		}
	}

	private boolean cancelled() {
		this.lock.lock();
		try {
			return this.cancelled;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Forgets the attempt that ended.
	 * @return whether another one may follow
	 */
	private boolean forgetAttempt() {
		this.lock.lock();
		try {
			if (!this.repeatable || this.cancelled) {
				return false;
			}
			this.current = null;
			this.attempt = null;
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void end(Consumer<FailoverCall> how) {
		if (this.failover != null) {
			how.accept(this.failover);
		}
	}

	private void close(Status status, Metadata trailers) {
		this.lock.lock();
		try {
			if (this.closed) {
				return;
			}
			this.closed = true;
			forget();
		}
		finally {
			this.lock.unlock();
		}
		Objects.requireNonNull(this.listener).onClose(status, trailers);
	}

}
