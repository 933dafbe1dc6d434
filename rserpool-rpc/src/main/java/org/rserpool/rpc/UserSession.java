package org.rserpool.rpc;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import org.rserpool.rpc.state.SessionId;
import org.rserpool.runtime.RoleRuntime;
import org.rserpool.session.ElementChannel;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;

/**
 * What a pool user keeps of a session: the newest cookie, the element that it is with,
 * and the calls that wait. On the loop, but for its version.
 */
final class UserSession {

	private final SessionId id;

	private final PoolHandle pool;

	private final ArrayDeque<Call> calls = new ArrayDeque<>();

	private volatile long version;

	private byte @Nullable [] cookie;

	private @Nullable PoolElement element;

	/** The channel on which the session is known. */
	private @Nullable ElementChannel home;

	private long lastNumber;

	private boolean closed;

	private boolean ended;

	UserSession(SessionId id, PoolHandle pool) {
		this.id = id;
		this.pool = pool;
	}

	SessionId id() {
		return this.id;
	}

	PoolHandle pool() {
		return this.pool;
	}

	long version() {
		return this.version;
	}

	/**
	 * Return the element that the session is with.
	 * @return the element, or {@code null} if there is none yet
	 */
	@Nullable PoolElement element() {
		return this.element;
	}

	/**
	 * Adds a call.
	 * @return whether it is the only one, and is to be made now
	 */
	boolean add(Call call) {
		this.calls.add(call);
		return this.calls.size() == 1;
	}

	/**
	 * A call ended. The next one begins by and by.
	 */
	void ended(Call call, RoleRuntime runtime, Consumer<Call> begin) {
		boolean first = this.calls.peek() == call;
		this.calls.remove(call);
		if (this.calls.isEmpty()) {
			end();
		}
		else if (first) {
			Call next = this.calls.element();
			runtime.schedule(Duration.ZERO, () -> {
				if (this.calls.peek() == next) {
					begin.accept(next);
				}
			});
		}
	}

	/**
	 * Ends the session when its calls have ended.
	 */
	void close() {
		this.closed = true;
		if (this.calls.isEmpty()) {
			end();
		}
	}

	private void end() {
		ElementChannel known = this.home;
		PoolElement with = this.element;
		if (this.closed && !this.ended && known != null && with != null && known.up()) {
			this.ended = true;
			known.send(RpcFrameCodec
				.message(RpcFrameCodec.encode(new RpcFrame.SessionEnd(with.identifier(), this.id, this.pool))));
		}
	}

	/**
	 * Return the number of the next call.
	 */
	long nextNumber() {
		return ++this.lastNumber;
	}

	/**
	 * Return what an attempt says of the session. The cookie goes along where the session
	 * is not known.
	 */
	RpcFrame.SessionPart part(long number, boolean idempotent, ElementChannel channel) {
		return new RpcFrame.SessionPart(this.id, number, this.version, idempotent,
				echoes(channel) ? this.cookie : null);
	}

	/**
	 * Return whether attempts take the cookie along.
	 */
	boolean echoes(ElementChannel channel) {
		return channel != this.home && this.cookie != null;
	}

	/**
	 * Return whether the session should be known at a channel.
	 */
	boolean isHome(ElementChannel channel) {
		return this.home == channel;
	}

	boolean hasCookie() {
		return this.cookie != null;
	}

	/**
	 * The session is known nowhere any more.
	 */
	void unknown() {
		this.home = null;
	}

	/**
	 * An element answered.
	 * @param channel where
	 * @param saved the state that it gave, or {@code null}
	 * @return whether that is newer than what was seen before
	 */
	boolean answered(ElementChannel channel, RpcFrame.@Nullable Saved saved) {
		if (saved != null && saved.version() <= this.version) {
			return false;
		}
		this.home = channel;
		this.element = channel.element();
		if (saved != null) {
			this.cookie = saved.cookie();
			this.version = saved.version();
		}
		return true;
	}

}
