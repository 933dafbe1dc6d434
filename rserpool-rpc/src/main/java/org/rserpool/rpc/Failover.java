package org.rserpool.rpc;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.rserpool.runtime.RoleRuntime;
import org.rserpool.runtime.Timer;
import org.rserpool.session.ElementAddresses;
import org.rserpool.user.ResolutionFailure;
import org.rserpool.user.SelectionCallback;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.Transport;

/**
 * Decides for a call that is made by another protocol which element is next, by the same
 * rules as {@link RpcCaller}. All its state belongs to the loop.
 */
final class Failover implements FailoverCall {

	private static final Logger logger = LoggerFactory.getLogger(Failover.class);

	private static final Duration FIRST_PAUSE = Duration.ofMillis(50);

	private static final int MAXIMUM_DOUBLINGS = 4;

	private final RoleRuntime runtime;

	private final Executor loop;

	private final UserElements elements;

	private final ElementSource selected;

	private final RetryBudgets budgets;

	private final Reach reach;

	private final FailoverRequest request;

	private final FailoverRecord record;

	private final Supplier<CompletableFuture<PoolElement>> futures;

	private final Set<Integer> tried = new HashSet<>();

	private int rounds;

	private boolean ended;

	private boolean counted;

	private boolean free = true;

	/** Of the attempt in progress. */
	private @Nullable PoolElement element;

	/** Where it is tried, of all the addresses that it has. */
	private @Nullable InetSocketAddress address;

	/** Whether it is reached where it was before, and may be elsewhere by now. */
	private boolean remembered;

	/** To be tried at another address, before other elements are. */
	private @Nullable PoolElement moved;

	private volatile CompletableFuture<String> silence = new CompletableFuture<>();

	private @Nullable Timer watch;

	private @Nullable CompletableFuture<PoolElement> waiting;

	private @Nullable Timer timer;

	/**
	 * Makes a call. May be done on any thread.
	 * @param runtime its surroundings
	 * @param loop runs tasks where the runtime's tasks run
	 * @param elements selects elements
	 * @param request what is known of the call
	 * @param budgets bound the attempts after the first one
	 * @param reach knows by which addresses elements are reached
	 * @param listener told when it ends
	 * @param futures makes the futures that callers get
	 */
	Failover(RoleRuntime runtime, Executor loop, UserElements elements, FailoverRequest request, RetryBudgets budgets,
			Reach reach, CallListener listener, Supplier<CompletableFuture<PoolElement>> futures) {
		this.runtime = runtime;
		this.loop = loop;
		this.elements = elements;
		this.selected = (request.binding() != null) ? new BindingElements(elements, request.binding()) : elements;
		this.request = request;
		this.budgets = budgets;
		this.reach = reach;
		this.record = new FailoverRecord(runtime, elements, request, listener);
		this.futures = futures;
	}

	@Override
	public CompletableFuture<PoolElement> next() {
		CompletableFuture<PoolElement> result = this.futures.get();
		try {
			this.loop.execute(() -> begin(result));
		}
		catch (RejectedExecutionException ex) {
			result.completeExceptionally(this.record.gone(ex));
		}
		return result;
	}

	@Override
	public Duration left() {
		long left = this.record.leftNanos();
		return (left > 0) ? Duration.ofNanos(left) : Duration.ZERO;
	}

	@Override
	public CompletableFuture<String> silence() {
		return this.silence;
	}

	@Override
	public void answered() {
		execute((attempted) -> {
			if (this.address != null) {
				this.reach.answered(this.address);
			}
			this.elements.confirm(this.request.pool(), attempted.identifier());
			this.ended = true;
			this.record.answered(attempted, address(attempted));
		});
	}

	@Override
	public void unreachable(CallOutcome outcome, String error) {
		execute((attempted) -> {
			CallOutcome known = (outcome == CallOutcome.NOT_SENT) ? CallOutcome.NOT_SENT : CallOutcome.UNKNOWN;
			List<InetSocketAddress> addresses = addresses(attempted);
			if (!addresses.isEmpty()) {
				this.reach.doubt(addresses);
			}
			this.free = known == CallOutcome.NOT_SENT;
			if (this.free && this.remembered && addresses.size() > 1) {
				this.moved = attempted;
			}
			else {
				unreachable(attempted);
			}
			attemptEnded(attempted, known, error);
		});
	}

	@Override
	public void refused(String error) {
		execute((attempted) -> {
			this.elements.avoid(this.request.pool(), attempted.identifier());
			attemptEnded(attempted, CallOutcome.NOT_SENT, error);
			this.free = true;
		});
	}

	@Override
	public void overloaded(String error) {
		execute((attempted) -> {
			this.elements.avoid(this.request.pool(), attempted.identifier());
			attemptEnded(attempted, CallOutcome.NOT_SENT, error);
			this.free = false;
		});
	}

	@Override
	public void unanswered(String error) {
		execute((attempted) -> {
			this.elements.avoid(this.request.pool(), attempted.identifier());
			attemptEnded(attempted, (this.record.leftNanos() > 0) ? CallOutcome.UNKNOWN : CallOutcome.DEADLINE, error);
			this.free = false;
		});
	}

	@Override
	public void finish() {
		try {
			this.loop.execute(() -> {
				CallOutcome last = this.record.last();
				if (!this.ended && last != null) {
					stopWatch();
					idle();
					end(last);
				}
			});
		}
		catch (RejectedExecutionException ex) {
			logger.debug("A call ended when its node was closed already", ex);
		}
	}

	@Override
	public void cancel() {
		try {
			this.loop.execute(() -> {
				this.ended = true;
				stopWatch();
				CompletableFuture<PoolElement> result = this.waiting;
				idle();
				if (result != null) {
					result.cancel(false);
				}
			});
		}
		catch (RejectedExecutionException ex) {
			logger.debug("A call was cancelled when its node was closed already", ex);
		}
	}

	private void execute(Consumer<PoolElement> task) {
		try {
			this.loop.execute(() -> {
				PoolElement attempted = this.element;
				this.element = null;
				stopWatch();
				if (attempted != null && !this.ended) {
					task.accept(attempted);
				}
			});
		}
		catch (RejectedExecutionException ex) {
			logger.debug("An attempt ended when its node was closed already", ex);
		}
	}

	private void begin(CompletableFuture<PoolElement> result) {
		if (this.ended || this.element != null || this.waiting != null) {
			result.completeExceptionally(this.record.misused());
			return;
		}
		this.waiting = result;
		if (!this.counted) {
			this.counted = true;
			this.budgets.of(this.request.pool()).called(this.request.retryBudget());
		}
		long left = this.record.leftNanos();
		if (left > 0) {
			this.timer = this.runtime.schedule(Duration.ofNanos(left), this::expired);
		}
		proceed();
	}

	private void proceed() {
		PoolElement elsewhere = this.moved;
		this.moved = null;
		if (this.record.leftNanos() <= 0) {
			expired();
		}
		else if (this.record.last() == CallOutcome.UNKNOWN && !this.request.idempotent()) {
			fail(CallOutcome.UNKNOWN, this.record.unknown());
		}
		else if (this.record.size() >= this.request.maxAttempts()) {
			giveUp("no element of pool " + this.request.pool() + " could be called in " + this.request.maxAttempts()
					+ " attempts");
		}
		else if (elsewhere != null) {
			reach(elsewhere, this.waiting);
		}
		else {
			select();
		}
	}

	private void select() {
		CompletableFuture<PoolElement> asking = this.waiting;
		this.selected.select(this.request.pool(), this.tried, new SelectionCallback() {

			@Override
			public void selected(PoolElement selected) {
				take(selected, Failover.this.free);
			}

			@Override
			public void selectedSuspect(PoolElement selected) {
				take(selected, false);
			}

			private void take(PoolElement selected, boolean gratis) {
				if (asking == null || Failover.this.waiting != asking) {
					return;
				}
				if (!gratis && Failover.this.record.size() > 0 && !takeToken()) {
					giveUp("the retry budget of pool " + Failover.this.request.pool() + " is used up");
					return;
				}
				reach(selected, asking);
			}

			@Override
			public void failed(ResolutionFailure failure) {
				if (Failover.this.waiting != asking) {
					return;
				}
				long patience = patienceNanos(failure);
				if (patience > 0) {
					tryAllAgain(asking, patience);
				}
				else {
					giveUp(failure.detail());
				}
			}

		});
	}

	/**
	 * How long to wait for an element. Without an attempt, all were lost since a
	 * registrar named them. A pool that is not known is about to have its first element,
	 * or lost its last, or is misspelt.
	 */
	private long patienceNanos(ResolutionFailure failure) {
		return switch (failure.kind()) {
			case NO_OTHER_ELEMENT -> Long.MAX_VALUE;
			case UNKNOWN_POOL -> this.elements.patience().toNanos() - this.record.ageNanos();
			default -> 0;
		};
	}

	/**
	 * Hands an element out where it is reached, or goes on to the next one.
	 */
	private void reach(PoolElement selected, @Nullable CompletableFuture<PoolElement> asking) {
		List<InetSocketAddress> addresses = addresses(selected);
		if (addresses.isEmpty()) {
			handOut(selected, null);
			return;
		}
		this.reach.find(addresses, (probed) -> {
			if (asking == null || this.waiting != asking) {
				return;
			}
			if (probed.address() != null) {
				this.remembered = probed.remembered();
				handOut(selected, probed.address());
			}
			else {
				this.address = null;
				attemptStarted(selected);
				unreachable(selected);
				attemptEnded(selected, CallOutcome.NOT_SENT, probed.detail());
				this.free = true;
				proceed();
			}
		});
	}

	private void handOut(PoolElement selected, @Nullable InetSocketAddress at) {
		CompletableFuture<PoolElement> asking = this.waiting;
		CompletableFuture<String> silent = new CompletableFuture<>();
		this.element = selected;
		this.address = at;
		this.silence = silent;
		if (this.request.idempotent() && at != null) {
			this.watch = this.reach.watch(at, silent::complete);
		}
		idle();
		attemptStarted(selected);
		if (asking != null) {
			asking.complete((at != null) ? selected.withUserTransport(new Transport.Tcp(at.getPort(), at.getAddress()))
					: selected);
		}
	}

	private static List<InetSocketAddress> addresses(PoolElement element) {
		return (element.userTransport() instanceof Transport.Tcp) ? ElementAddresses.of(element) : List.of();
	}

	private void unreachable(PoolElement lost) {
		if (this.elements.reportUnreachable(this.request.pool(), lost.identifier())) {
			this.record.elementReported();
		}
	}

	private void stopWatch() {
		if (this.watch != null) {
			this.watch.cancel();
			this.watch = null;
		}
	}

	private void tryAllAgain(@Nullable CompletableFuture<PoolElement> asking, long longestNanos) {
		this.tried.clear();
		this.free = false;
		long range = FIRST_PAUSE.toNanos() << Math.min(this.rounds++, MAXIMUM_DOUBLINGS);
		long nanos = Math.min(this.runtime.random().nextLong(range), longestNanos);
		this.runtime.schedule(Duration.ofNanos(nanos), () -> {
			if (this.waiting != null && this.waiting == asking) {
				select();
			}
		});
	}

	private boolean takeToken() {
		return this.budgets.of(this.request.pool()).take(this.request.retryBudget(), this.runtime.nanoTime());
	}

	private void attemptStarted(PoolElement attempted) {
		this.record.attemptStarted(attempted, address(attempted));
	}

	private void attemptEnded(PoolElement attempted, CallOutcome outcome, String error) {
		this.tried.add(attempted.identifier());
		this.record.attemptFailed(attempted, address(attempted), outcome, error);
	}

	private InetSocketAddress address(PoolElement attempted) {
		return (this.address != null) ? this.address : Call.address(attempted);
	}

	private void giveUp(String reason) {
		fail(this.record.unresolved() ? CallOutcome.UNKNOWN : CallOutcome.NOT_SENT, this.record.givenUp(reason));
	}

	private void expired() {
		fail(CallOutcome.DEADLINE, this.record.expired());
	}

	private void fail(CallOutcome outcome, RSerPoolException failure) {
		CompletableFuture<PoolElement> result = this.waiting;
		idle();
		end(outcome);
		if (result != null) {
			result.completeExceptionally(failure);
		}
	}

	private void end(CallOutcome outcome) {
		this.ended = true;
		this.record.ended(outcome);
	}

	private void idle() {
		this.waiting = null;
		if (this.timer != null) {
			this.timer.cancel();
			this.timer = null;
		}
	}

}
