package org.rserpool.transport;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.netty.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;

import org.rserpool.runtime.Association;
import org.rserpool.runtime.DownReason;
import org.rserpool.runtime.TransportProtocol;
import org.rserpool.runtime.UserMessage;

/**
 * An association over SCTP, as a role sees it. What the role asks for is noted, and done
 * by a task of its own: so nothing is told from inside a call.
 */
final class SctpAssociation implements Association {

	private final SctpEndpoint endpoint;

	private final boolean outbound;

	private final Deque<Waiting> queue = new ArrayDeque<>();

	private final Runnable pump = this::pump;

	private State state = State.STARTING;

	private List<InetSocketAddress> peerAddresses;

	private @Nullable SctpConnection connection;

	private @Nullable SctpDialer dialer;

	private @Nullable ScheduledFuture<?> limit;

	private long octets;

	private boolean pumpScheduled;

	private boolean blocked;

	private boolean closing;

	private boolean shutDown;

	SctpAssociation(SctpEndpoint endpoint, boolean outbound, List<InetSocketAddress> peerAddresses) {
		this.endpoint = endpoint;
		this.outbound = outbound;
		this.peerAddresses = List.copyOf(peerAddresses);
	}

	@Override
	public TransportProtocol protocol() {
		return TransportProtocol.SCTP;
	}

	@Override
	public boolean outbound() {
		return this.outbound;
	}

	@Override
	public List<InetSocketAddress> peerAddresses() {
		return this.peerAddresses;
	}

	@Override
	public List<InetSocketAddress> localAddresses() {
		return (this.connection != null) ? this.connection.localAddresses() : List.of();
	}

	@Override
	public Set<InetSocketAddress> unreachableAddresses() {
		return (this.connection != null) ? this.connection.unreachableAddresses() : Set.of();
	}

	@Override
	public SendResult send(UserMessage message) {
		this.endpoint.framing().check(message);
		if (this.closing) {
			return SendResult.CLOSED;
		}
		if (this.octets >= this.endpoint.settings().highWaterMark()) {
			this.blocked = true;
			return SendResult.WOULD_BLOCK;
		}
		this.octets += message.data().remaining();
		this.queue.add(new Waiting(message));
		schedulePump();
		return SendResult.QUEUED;
	}

	@Override
	public void shutdown() {
		if (!this.closing) {
			this.closing = true;
			this.endpoint.loop().execute(this::endInOrder);
		}
	}

	@Override
	public void abort() {
		this.closing = true;
		this.endpoint.loop().execute(() -> end(DownReason.ABORTED, "aborted by this side"));
	}

	boolean isStarting() {
		return this.state == State.STARTING;
	}

	void dialedBy(SctpDialer current) {
		this.dialer = current;
	}

	/**
	 * Return the message to set the association up with.
	 * @return what waits first, as the kernel is to carry it, or {@code null} if nothing
	 * waits that the kernel carries as one
	 */
	@Nullable UserMessage opening() {
		Waiting first = this.queue.peek();
		return (first != null) ? first.whole() : null;
	}

	/**
	 * Notes that the kernel set the association up with a message, and so delivers it.
	 * @param message the message
	 */
	void opened(UserMessage message) {
		Waiting first = this.queue.peek();
		if (first != null && first.whole() == message) {
			this.octets -= first.message.data().remaining();
			this.queue.remove();
		}
	}

	/**
	 * Goes on with an association that is established.
	 * @param established the association of the kernel
	 */
	void up(SctpConnection established) {
		this.state = State.UP;
		this.connection = established;
		this.dialer = null;
		this.peerAddresses = established.peerAddresses();
		established.attach(this);
		this.endpoint.listener().up(this);
		if (this.closing || !this.queue.isEmpty()) {
			schedulePump();
		}
	}

	void received(UserMessage message) {
		this.endpoint.listener().message(this, message);
	}

	void path(InetSocketAddress peer, boolean reachable) {
		this.endpoint.listener().path(this, peer, reachable);
	}

	/**
	 * Takes no message any more, as the peer ends the association.
	 */
	void closing() {
		this.closing = true;
		this.shutDown = true;
	}

	/**
	 * Ends the association at once.
	 * @param reason why
	 * @param detail the cause in words
	 */
	void end(DownReason reason, String detail) {
		if (this.state == State.UP && this.connection != null) {
			this.connection.abort(this, reason, detail);
		}
		else {
			ended(reason, detail);
		}
	}

	/**
	 * Tells that the association ended.
	 * @param reason why
	 * @param detail the cause in words
	 */
	void ended(DownReason reason, String detail) {
		if (this.state == State.DOWN) {
			return;
		}
		this.state = State.DOWN;
		this.closing = true;
		if (this.limit != null) {
			this.limit.cancel(false);
		}
		if (this.dialer != null) {
			this.dialer.abandon();
			this.dialer = null;
		}
		this.endpoint.ended(this);
		List<Waiting> unsent = List.copyOf(this.queue);
		this.queue.clear();
		this.octets = 0;
		unsent.forEach((waiting) -> this.endpoint.listener().sendFailed(this, waiting.message));
		this.endpoint.listener().down(this, reason, detail);
	}

	private void endInOrder() {
		if (this.state == State.STARTING) {
			if (this.queue.isEmpty()) {
				end(DownReason.SHUTDOWN, "ended by this side before it was up");
			}
		}
		else if (this.state == State.UP) {
			pump();
		}
	}

	private void schedulePump() {
		if (!this.pumpScheduled && this.state == State.UP) {
			this.pumpScheduled = true;
			this.endpoint.loop().execute(this.pump);
		}
	}

	/**
	 * Gives the kernel what it takes.
	 */
	void pump() {
		this.pumpScheduled = false;
		SctpConnection target = this.connection;
		while (target != null && this.state == State.UP && !this.queue.isEmpty() && !this.shutDown
				&& this.queue.element().write(target)) {
			this.octets -= this.queue.remove().message.data().remaining();
		}
		if (this.state == State.UP && this.blocked && !this.closing
				&& this.octets <= this.endpoint.settings().highWaterMark() / 2) {
			this.blocked = false;
			this.endpoint.listener().writable(this);
		}
		if (target != null && this.state == State.UP && this.closing && !this.shutDown) {
			closeInOrder(target);
		}
	}

	private void closeInOrder(SctpConnection target) {
		if (this.limit == null) {
			long timeout = this.endpoint.settings().shutdownTimeout().toMillis();
			this.limit = this.endpoint.loop()
				.schedule(
						() -> end(DownReason.ABORTED,
								Addresses.text(this.peerAddresses) + " did not end in order within " + timeout + " ms"),
						timeout, TimeUnit.MILLISECONDS);
		}
		if (this.queue.isEmpty()) {
			this.shutDown = true;
			target.shutdown(this);
		}
	}

	@Override
	public String toString() {
		return "SCTP " + Addresses.text(localAddresses()) + (this.outbound ? " -> " : " <- ")
				+ Addresses.text(this.peerAddresses);
	}

	private enum State {

		STARTING, UP, DOWN

	}

	/**
	 * A message that the kernel did not take as a whole.
	 */
	private final class Waiting {

		private final UserMessage message;

		private @Nullable Deque<UserMessage> left;

		Waiting(UserMessage message) {
			this.message = message;
		}

		@Nullable UserMessage whole() {
			Deque<UserMessage> parts = parts(SctpSockets.MIN_BUFFER);
			return (parts.size() == 1 && parts.element().payloadProtocol() != SctpEnvelope.PROTOCOL) ? parts.element()
					: null;
		}

		boolean write(SctpConnection target) {
			Deque<UserMessage> parts = parts(target.maxWrite());
			while (!parts.isEmpty() && target.write(parts.element())) {
				parts.remove();
			}
			return parts.isEmpty();
		}

		private Deque<UserMessage> parts(int maxWrite) {
			Deque<UserMessage> parts = this.left;
			if (parts == null) {
				parts = new ArrayDeque<>(carried(maxWrite));
				this.left = parts;
			}
			return parts;
		}

		private List<UserMessage> carried(int maxWrite) {
			ByteBuffer data = this.message.data();
			int padding = SctpAssociation.this.endpoint.framing().padding(this.message);
			if (padding > 0) {
				ByteBuffer padded = ByteBuffer.allocate(data.remaining() + padding);
				padded.put(data.duplicate()).rewind();
				return List.of(new UserMessage(this.message.payloadProtocol(), this.message.stream(),
						this.message.unordered(), padded));
			}
			return (data.hasRemaining() && data.remaining() <= maxWrite) ? List.of(this.message)
					: SctpEnvelope.parts(this.message);
		}

	}

}
