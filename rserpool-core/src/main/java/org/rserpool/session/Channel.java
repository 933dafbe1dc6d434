package org.rserpool.session;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.rserpool.runtime.Association;
import org.rserpool.runtime.Association.SendResult;
import org.rserpool.runtime.DownReason;
import org.rserpool.runtime.RoleRuntime;
import org.rserpool.runtime.Timer;
import org.rserpool.runtime.UserMessage;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;

/**
 * A channel to an element, which it watches by heartbeats if the element knows them.
 */
final class Channel implements ElementChannel {

	private final RoleRuntime runtime;

	private final SessionSettings settings;

	private final PoolHandle pool;

	private final PoolElement element;

	private final Association association;

	private final ElementChannelListener listener;

	private final boolean watched;

	private State state = State.CONNECTING;

	private long heardNanos;

	private long usedNanos;

	private long beatNanos;

	private Timer timer;

	private @Nullable DownReason endReason;

	private @Nullable String endDetail;

	Channel(RoleRuntime runtime, SessionSettings settings, PoolHandle pool, PoolElement element,
			Association association, ElementChannelListener listener, boolean watched) {
		this.watched = watched;
		this.runtime = runtime;
		this.settings = settings;
		this.pool = pool;
		this.element = element;
		this.association = association;
		this.listener = listener;
		this.usedNanos = runtime.nanoTime();
		this.timer = runtime.schedule(settings.connectTimeout(), () -> give(DownReason.CANNOT_START,
				"not established within " + settings.connectTimeout().toMillis() + " ms"));
	}

	@Override
	public PoolHandle pool() {
		return this.pool;
	}

	@Override
	public PoolElement element() {
		return this.element;
	}

	@Override
	public boolean up() {
		return this.state == State.UP;
	}

	boolean usable() {
		return this.state == State.CONNECTING || this.state == State.UP;
	}

	@Override
	public SendResult send(UserMessage message) {
		if (!usable()) {
			return SendResult.CLOSED;
		}
		this.usedNanos = this.runtime.nanoTime();
		return this.association.send(message);
	}

	@Override
	public void close() {
		end(DownReason.SHUTDOWN, "closed");
	}

	void established() {
		if (this.state == State.CONNECTING) {
			this.state = State.UP;
			this.timer.cancel();
			this.heardNanos = this.runtime.nanoTime();
			beat();
		}
	}

	/**
	 * Takes note of a message.
	 * @param message the message
	 * @return whether it is for the user of the channel
	 */
	boolean received(UserMessage message) {
		this.heardNanos = this.runtime.nanoTime();
		UserMessage reply = SessionProtocol.reply(message);
		if (reply != null) {
			this.association.send(reply);
		}
		if (SessionProtocol.isHeartbeat(message)) {
			return false;
		}
		this.usedNanos = this.heardNanos;
		return true;
	}

	/**
	 * Ends the channel, as its association ended.
	 * @param reason why the association ended
	 * @return why the channel ended
	 */
	DownReason ended(DownReason reason) {
		this.state = State.DOWN;
		this.timer.cancel();
		return (this.endReason != null) ? this.endReason : reason;
	}

	String detail(String detail) {
		return (this.endDetail != null) ? this.endDetail : detail;
	}

	private void beat() {
		this.beatNanos = this.runtime.nanoTime();
		if (this.watched) {
			this.association.send(SessionProtocol.request(this.beatNanos));
		}
		this.timer = this.runtime.schedule(this.settings.heartbeatInterval(), this::check);
	}

	private void check() {
		long now = this.runtime.nanoTime();
		long interval = this.settings.heartbeatInterval().toNanos();
		if (now - this.beatNanos > 2 * interval) {
			// This process itself stood still: what the element sent is not read yet.
			this.heardNanos = now;
		}
		long silence = now - this.heardNanos;
		if (this.watched && silence > this.settings.silenceLimit().toNanos()) {
			give(DownReason.TIMEOUT, "silent for " + Duration.ofNanos(silence).toMillis() + " ms");
		}
		else if (idle(now)) {
			end(DownReason.SHUTDOWN, "idle");
		}
		else {
			beat();
		}
	}

	private boolean idle(long now) {
		if (now - this.usedNanos <= this.settings.idleTimeout().toNanos()) {
			return false;
		}
		if (this.listener.inUse(this)) {
			this.usedNanos = now;
			return false;
		}
		return true;
	}

	private void give(DownReason reason, String detail) {
		leave(reason, detail);
		this.association.abort();
	}

	private void end(DownReason reason, String detail) {
		if (!usable()) {
			return;
		}
		leave(reason, detail);
		this.association.shutdown();
		// An element that hangs does not end its side.
		this.timer = this.runtime.schedule(this.settings.silenceLimit(), this.association::abort);
	}

	private void leave(DownReason reason, String detail) {
		this.state = State.ENDING;
		this.timer.cancel();
		this.endReason = reason;
		this.endDetail = detail;
	}

	private enum State {

		CONNECTING, UP, ENDING, DOWN

	}

}
