package org.rserpool.transport;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.netty.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;

import org.rserpool.runtime.Association;
import org.rserpool.runtime.DownReason;
import org.rserpool.runtime.SocketAddresses;
import org.rserpool.runtime.UserMessage;

/**
 * An association, as a role sees it, by whatever transport protocol. What the role asks
 * for is noted, and done by a task of its own: so nothing is told from inside a call, and
 * what is sent in one pass of the loop leaves together.
 */
abstract class QueueingAssociation implements Association {

	private final OpenEndpoint endpoint;

	private final boolean outbound;

	private final Runnable pump = this::pump;

	private State state = State.STARTING;

	private List<InetSocketAddress> peerAddresses;

	private @Nullable ScheduledFuture<?> limit;

	private boolean pumpScheduled;

	private boolean used;

	private boolean blocked;

	private boolean closing;

	QueueingAssociation(OpenEndpoint endpoint, boolean outbound, List<InetSocketAddress> peerAddresses) {
		this.endpoint = endpoint;
		this.outbound = outbound;
		this.peerAddresses = List.copyOf(peerAddresses);
	}

	@Override
	public final boolean outbound() {
		return this.outbound;
	}

	@Override
	public final List<InetSocketAddress> peerAddresses() {
		return this.peerAddresses;
	}

	@Override
	public final SendResult send(UserMessage message) {
		this.endpoint.framing().check(message);
		if (this.closing) {
			return SendResult.CLOSED;
		}
		if (waitingOctets() >= this.endpoint.settings().highWaterMark()) {
			this.blocked = true;
			return SendResult.WOULD_BLOCK;
		}
		this.used = true;
		enqueue(message);
		schedulePump();
		return SendResult.QUEUED;
	}

	@Override
	public final void shutdown() {
		if (!this.closing) {
			this.closing = true;
			this.endpoint.loop().execute(this::endInOrder);
		}
	}

	@Override
	public final void abort() {
		this.closing = true;
		this.endpoint.loop().execute(() -> end(DownReason.ABORTED, "aborted by this side"));
	}

	/**
	 * Adds to the messages that the network is to take.
	 */
	abstract void enqueue(UserMessage message);

	/**
	 * Return how many octets the network did not take yet.
	 */
	abstract long waitingOctets();

	/**
	 * Return whether the network took all messages.
	 */
	abstract boolean allTaken();

	/**
	 * Takes the messages back that the network did not take.
	 */
	abstract List<UserMessage> takeBack();

	/**
	 * Gives the network what it takes; before the association is up, early messages
	 * alone.
	 */
	abstract void flush();

	/**
	 * Ends the association in order as far as that is possible now. Called again whenever
	 * the network took something.
	 */
	abstract void closeInOrder();

	/**
	 * Ends the association at once, and tells what became of it.
	 * @param reason why
	 * @param detail the cause in words
	 */
	abstract void end(DownReason reason, String detail);

	final boolean is(State expected) {
		return this.state == expected;
	}

	final void become(State next) {
		this.state = next;
	}

	/**
	 * Takes no message any more, as the peer ends the association.
	 */
	final void stopTaking() {
		this.closing = true;
	}

	final void reached(List<InetSocketAddress> addresses) {
		this.peerAddresses = addresses;
	}

	/**
	 * Goes on with an association that is established, and tells the role so.
	 */
	final void up() {
		stopLimit();
		this.state = State.UP;
		this.endpoint.listener().up(this);
		if (this.closing || !allTaken()) {
			schedulePump();
		}
	}

	/**
	 * Gives the network what it takes, tells the role when there is room again, and ends
	 * the association if that was asked for.
	 */
	final void pump() {
		this.pumpScheduled = false;
		if (flows()) {
			flush();
		}
		if (this.state == State.UP && this.blocked && !this.closing
				&& waitingOctets() <= this.endpoint.settings().highWaterMark() / 2) {
			this.blocked = false;
			this.endpoint.listener().writable(this);
		}
		if (this.state == State.UP && this.closing) {
			closeInOrder();
		}
	}

	/**
	 * Ends the association unless it ended or came up within a time.
	 * @param millis the time, in milliseconds
	 * @param reason why it ends then
	 * @param detail the cause in words
	 */
	final void limit(long millis, DownReason reason, String detail) {
		this.limit = this.endpoint.loop().schedule(() -> end(reason, detail), millis, TimeUnit.MILLISECONDS);
	}

	/**
	 * Ends the association if it did not end in order within the time for that.
	 */
	final void limitClosing() {
		if (this.limit == null) {
			long millis = this.endpoint.settings().shutdownTimeout().toMillis();
			limit(millis, DownReason.ABORTED, peerText() + " did not end in order within " + millis + " ms");
		}
	}

	/**
	 * Notes that the association ended.
	 * @return {@code false} if it had ended before
	 */
	final boolean down() {
		if (this.state == State.DOWN) {
			return false;
		}
		this.state = State.DOWN;
		this.closing = true;
		stopLimit();
		return true;
	}

	/**
	 * Tells the role what was not sent, and that the association ended.
	 */
	final void tellDown(DownReason reason, String detail) {
		for (UserMessage message : takeBack()) {
			this.endpoint.listener().sendFailed(this, message);
		}
		this.endpoint.listener().down(this, reason, detail);
	}

	final String peerText() {
		return SocketAddresses.text(this.peerAddresses);
	}

	private void endInOrder() {
		if (this.state == State.UP) {
			pump();
		}
		else if (this.state != State.DOWN && !this.used) {
			end(DownReason.SHUTDOWN, "ended by this side before it was up");
		}
	}

	private void schedulePump() {
		if (!this.pumpScheduled && flows()) {
			this.pumpScheduled = true;
			this.endpoint.loop().execute(this.pump);
		}
	}

	/**
	 * Return whether the network takes messages, if only early ones.
	 */
	private boolean flows() {
		return this.state == State.UP || this.state == State.GREETING;
	}

	private void stopLimit() {
		if (this.limit != null) {
			this.limit.cancel(false);
			this.limit = null;
		}
	}

	@Override
	public final String toString() {
		return protocol() + " " + SocketAddresses.text(localAddresses()) + (this.outbound ? " -> " : " <- ")
				+ peerText();
	}

	/**
	 * How far an association is.
	 */
	enum State {

		STARTING, GREETING, UP, DOWN

	}

}
