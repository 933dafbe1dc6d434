package org.rserpool.rpc.session;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.rserpool.rpc.CallAttempt;
import org.rserpool.rpc.CallFuture;
import org.rserpool.rpc.CallOutcome;
import org.rserpool.rpc.NoPoolElementException;
import org.rserpool.rpc.NodeRoles;
import org.rserpool.rpc.RSerPoolException;
import org.rserpool.runtime.UserMessage;
import org.rserpool.session.PoolSession;
import org.rserpool.session.PoolSessionListener;
import org.rserpool.user.ResolutionFailure;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;
import org.rserpool.wire.Transport;
import org.rserpool.wire.WireCodec;

/**
 * A session with a pool: what any thread may do with the session that lives on the loop.
 */
final class UserSession implements MessageSession, PoolSessionListener {

	private static final Logger logger = LoggerFactory.getLogger(UserSession.class);

	private static final int ATTEMPTS_KEPT = 16;

	private static final int NONE = -1;

	private final NodeRoles roles;

	private final PoolHandle pool;

	private final Duration deadline;

	private final MessageSessionListener listener;

	private final MessageSessionObserver observer;

	private final Consumer<UserSession> onEnd;

	private final Mailbox mailbox;

	private final PoolSession session;

	private final Outbox outbox;

	private final List<CallAttempt> attempts = new ArrayList<>();

	private long searchingSinceNanos;

	private int connection;

	private boolean observed = true;

	/** The connection that the listener knows of; messages are for it alone. */
	private volatile int told = NONE;

	private volatile @Nullable PoolElement element;

	private volatile boolean cookie;

	private volatile boolean over;

	UserSession(NodeRoles roles, PoolHandle pool, Duration deadline, Executor executor, MessageSessionListener listener,
			MessageSessionObserver observer, Consumer<UserSession> onEnd) {
		this.roles = roles;
		this.pool = pool;
		this.deadline = deadline;
		this.listener = listener;
		this.observer = observer;
		this.onEnd = onEnd;
		this.mailbox = new Mailbox(executor);
		this.session = new PoolSession(roles.loop(), new WireCodec(roles.settings().dialect()), roles.user(),
				roles.settings().session(), roles.settings().hunt().protocols(), pool, deadline, this);
		this.session.watchOnly((candidate) -> candidate.userTransport() instanceof Transport.Tcp
				|| MessageSessions.BINDING.equals(candidate.metadata().binding()));
		this.outbox = new Outbox(pool, this.session::send);
	}

	/**
	 * Begins to look for an element. On the loop.
	 */
	void open() {
		this.searchingSinceNanos = this.roles.loop().nanoTime();
		this.session.open();
	}

	/**
	 * Ends the session in order. On the loop.
	 */
	void end() {
		over("the session was closed");
		observeEnd(MessageSessionObserver::closed);
		this.session.end();
	}

	/**
	 * Ends the session in order, as its node ends. On the loop.
	 */
	void leave() {
		failLeft();
		this.session.end();
	}

	/**
	 * Return whether nothing is on its way any more. On the loop.
	 */
	boolean ended() {
		return this.session.ended();
	}

	/**
	 * Ends the session at once, as its node ends. On the loop.
	 */
	void stop() {
		failLeft();
		this.session.close();
	}

	private void failLeft() {
		observeEnd(this.over ? MessageSessionObserver::closed : MessageSessionObserver::abandoned);
		fail(new RSerPoolException(this + " is over: this process leaves the operation scope", this.pool, List.of(),
				null));
	}

	@Override
	public PoolHandle pool() {
		return this.pool;
	}

	@Override
	public @Nullable PoolElement element() {
		return this.element;
	}

	@Override
	public boolean hasCookie() {
		return this.cookie;
	}

	@Override
	public CompletableFuture<Void> send(UserMessage message) {
		Outbox.check(message);
		int destined = this.told;
		CompletableFuture<Void> taken = new CallFuture<>(this.roles.loop());
		try {
			this.roles.loop().execute(() -> send(message, destined, taken));
		}
		catch (RejectedExecutionException ex) {
			taken.completeExceptionally(this.outbox.failure("this process leaves the operation scope"));
		}
		return taken;
	}

	private void send(UserMessage message, int destined, CompletableFuture<Void> taken) {
		if (this.over) {
			taken.completeExceptionally(this.outbox.failure("the session is over"));
		}
		else if (destined != this.connection || this.element == null) {
			taken.completeExceptionally(this.outbox.failure("the session is looking for an element"));
		}
		else {
			this.outbox.send(message, taken);
		}
	}

	@Override
	public void failOver(boolean report, String reason) {
		onLoop(() -> this.session.failOver(report, reason));
	}

	@Override
	public void close() {
		this.over = true;
		onLoop(this::end);
	}

	private void onLoop(Runnable task) {
		try {
			this.roles.loop().execute(task);
		}
		catch (RejectedExecutionException ex) {
			logger.debug("{} ended with its node", this, ex);
		}
	}

	@Override
	public void connected(PoolSession by, @Nullable PoolElement from, PoolElement to) {
		int number = ++this.connection;
		this.attempts.clear();
		this.element = to;
		SessionChange change = new SessionChange(from, to, by.cookie() != null);
		observe((told) -> told.connected(change));
		tell(0, () -> {
			this.told = number;
			this.listener.connected(this, change);
		});
	}

	@Override
	public void message(PoolSession by, UserMessage message) {
		tell(message.data().remaining(), () -> this.listener.message(this, message));
	}

	@Override
	public void cookie(PoolSession by) {
		this.cookie = true;
	}

	@Override
	public void writable(PoolSession by) {
		this.outbox.flush();
	}

	@Override
	public void unsent(PoolSession by, UserMessage message) {
		tell(message.data().remaining(), () -> this.listener.unsent(this, message));
	}

	@Override
	public void lost(PoolSession by, PoolElement lost, String reason) {
		this.element = null;
		this.searchingSinceNanos = this.roles.loop().nanoTime();
		logger.debug("{} lost its element: {}", this, reason);
		this.outbox.fail("the session lost its element: " + reason);
		observe((told) -> told.lost(lost, reason));
		tell(0, () -> this.listener.lost(this, lost, reason));
	}

	@Override
	public void unreachable(PoolSession by, PoolElement tried, String reason) {
		Duration age = Duration.ofNanos(this.roles.loop().nanoTime() - this.searchingSinceNanos);
		if (this.attempts.size() == ATTEMPTS_KEPT) {
			this.attempts.remove(0);
		}
		CallAttempt attempt = new CallAttempt(tried.identifier(), address(tried), CallOutcome.NOT_SENT, reason, age);
		this.attempts.add(attempt);
		observe((told) -> told.unreachable(attempt));
	}

	@Override
	public void failed(PoolSession by, ResolutionFailure failure) {
		fail(new NoPoolElementException(
				this + " is over: it found no element within " + this.deadline.toMillis() + " ms: " + failure.detail(),
				this.pool, this.roles.registrar(), List.copyOf(this.attempts)));
	}

	private void tell(int size, Runnable event) {
		if (this.over || this.mailbox.offer(size, () -> run(event))) {
			return;
		}
		this.session.close();
		fail(new RSerPoolException(
				this + " is over: its listener takes messages too slowly, or its executor takes none", this.pool,
				this.roles.registrar(), List.of(), null));
	}

	private void fail(RSerPoolException failure) {
		if (!this.over) {
			over("the session is over");
			observeEnd((told) -> told.failed(failure));
			logger.debug("{}", failure.getMessage());
			this.mailbox.last(() -> guarded(() -> this.listener.failed(this, failure)));
		}
	}

	private void over(String reason) {
		this.over = true;
		this.element = null;
		this.outbox.fail(reason);
		this.onEnd.accept(this);
	}

	private void observe(Consumer<MessageSessionObserver> event) {
		if (this.observed) {
			try {
				event.accept(this.observer);
			}
			catch (RuntimeException ex) {
				logger.warn("The observer of {} failed", this, ex);
			}
		}
	}

	private void observeEnd(Consumer<MessageSessionObserver> end) {
		observe(end);
		this.observed = false;
	}

	private void run(Runnable event) {
		if (!this.over) {
			guarded(event);
		}
	}

	private void guarded(Runnable event) {
		try {
			event.run();
		}
		catch (RuntimeException ex) {
			logger.error("The listener of {} failed", this, ex);
		}
	}

	private static InetSocketAddress address(PoolElement element) {
		if (element.userTransport() instanceof Transport.Sctp sctp && !sctp.addresses().isEmpty()) {
			return new InetSocketAddress(sctp.addresses().get(0), sctp.port());
		}
		return (element.userTransport() instanceof Transport.Tcp tcp) ? new InetSocketAddress(tcp.address(), tcp.port())
				: new InetSocketAddress(0);
	}

	@Override
	public String toString() {
		return "The session with pool " + this.pool;
	}

}
