package org.rserpool.rpc;

import java.time.Duration;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import org.rserpool.runtime.PeerIdentity;
import org.rserpool.wire.PoolHandle;

/**
 * The call that a thread is serving. Calls that are made meanwhile take no longer than it
 * may: its deadline is handed on. What runs on another thread for it takes the context
 * along by {@link #open()}.
 *
 * @since 0.1
 */
public final class CallContext {

	private static final ThreadLocal<@Nullable CallContext> CURRENT = new ThreadLocal<>();

	private final PoolHandle pool;

	private final String method;

	private final LongSupplier clock;

	private final long deadlineNanos;

	private final @Nullable PeerIdentity callerIdentity;

	private final @Nullable CallSession session;

	/**
	 * Makes a context.
	 * @param pool the pool that was called
	 * @param method what was called
	 * @param clock tells the time in nanoseconds
	 * @param deadlineNanos when the caller stops waiting, by that clock
	 * @param callerIdentity who calls, or {@code null} if that is not known
	 */
	CallContext(PoolHandle pool, String method, LongSupplier clock, long deadlineNanos,
			@Nullable PeerIdentity callerIdentity) {
		this(pool, method, clock, deadlineNanos, callerIdentity, null);
	}

	private CallContext(PoolHandle pool, String method, LongSupplier clock, long deadlineNanos,
			@Nullable PeerIdentity callerIdentity, @Nullable CallSession session) {
		this.callerIdentity = callerIdentity;
		this.pool = pool;
		this.method = method;
		this.clock = clock;
		this.deadlineNanos = deadlineNanos;
		this.session = session;
	}

	/**
	 * Make the context of a call that something else serves than this project, such as a
	 * web server.
	 * @param pool the pool that was called
	 * @param method what was called
	 * @param remaining how long the caller will wait from now on
	 * @return the context, which is nobody's until it is opened
	 */
	public static CallContext of(PoolHandle pool, String method, Duration remaining) {
		return new CallContext(pool, method, System::nanoTime, System.nanoTime() + remaining.toNanos(), null);
	}

	/**
	 * Return the call that this thread is serving.
	 * @return the context, or {@code null} if it serves none
	 */
	public static @Nullable CallContext current() {
		return CURRENT.get();
	}

	/**
	 * Return the pool that was called.
	 * @return the pool
	 */
	public PoolHandle pool() {
		return this.pool;
	}

	/**
	 * Return what was called.
	 * @return the method, as in {@link RpcRequest#method()}
	 */
	public String method() {
		return this.method;
	}

	/**
	 * Return how long the caller will still wait.
	 * @return the time that is left; 0 if it is up
	 */
	public Duration remaining() {
		return Duration.ofNanos(Math.max(0, this.deadlineNanos - this.clock.getAsLong()));
	}

	/**
	 * Return who calls, so that the application can refuse it.
	 * @return what the verified certificate of the pool user says, or {@code null} if it
	 * showed none, or if something else serves the call than this project
	 */
	public @Nullable PeerIdentity callerIdentity() {
		return this.callerIdentity;
	}

	/**
	 * Return the session that the call is part of.
	 * @return the session, or {@code null} if it is part of none
	 */
	public @Nullable CallSession session() {
		return this.session;
	}

	CallContext within(CallSession part) {
		return new CallContext(this.pool, this.method, this.clock, this.deadlineNanos, this.callerIdentity, part);
	}

	/**
	 * Makes this the context of the thread.
	 * @return restores what was before; to be closed on the same thread
	 */
	public Scope open() {
		CallContext before = CURRENT.get();
		CURRENT.set(this);
		return () -> set(before);
	}

	/**
	 * Makes a context that of the thread, for those who keep what was before by
	 * themselves.
	 * @param context the context, or {@code null} if the thread serves no call
	 */
	public static void set(@Nullable CallContext context) {
		if (context != null) {
			CURRENT.set(context);
		}
		else {
			CURRENT.remove();
		}
	}

	/**
	 * Return a shorter deadline, if the call that this thread serves leaves less time.
	 * @param deadline how long a call may take by itself
	 * @return how long it may take
	 */
	static Duration bound(Duration deadline) {
		CallContext context = CURRENT.get();
		if (context == null) {
			return deadline;
		}
		Duration left = context.remaining();
		return (left.compareTo(deadline) < 0) ? left : deadline;
	}

	@Override
	public String toString() {
		return "call of " + this.method + " in pool " + this.pool;
	}

	/**
	 * Ends a context of a thread.
	 */
	@FunctionalInterface
	public interface Scope extends AutoCloseable {

		@Override
		void close();

	}

}
