package org.rserpool.transport;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.rserpool.runtime.DownReason;
import org.rserpool.runtime.TransportProtocol;
import org.rserpool.runtime.UserMessage;

/**
 * An association over SCTP.
 */
final class SctpAssociation extends QueueingAssociation {

	private final SctpEndpoint endpoint;

	private final Deque<Waiting> queue = new ArrayDeque<>();

	private @Nullable SctpConnection connection;

	private @Nullable SctpDialer dialer;

	private long octets;

	private boolean shutDown;

	SctpAssociation(SctpEndpoint endpoint, boolean outbound, List<InetSocketAddress> peerAddresses) {
		super(endpoint, outbound, peerAddresses);
		this.endpoint = endpoint;
	}

	@Override
	public TransportProtocol protocol() {
		return TransportProtocol.SCTP;
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
	void enqueue(UserMessage message) {
		this.octets += message.data().remaining();
		this.queue.add(new Waiting(message));
	}

	@Override
	long waitingOctets() {
		return this.octets;
	}

	@Override
	boolean allTaken() {
		return this.queue.isEmpty();
	}

	@Override
	List<UserMessage> takeBack() {
		List<UserMessage> unsent = new ArrayList<>(this.queue.size());
		for (Waiting waiting : this.queue) {
			unsent.add(waiting.message);
		}
		this.queue.clear();
		this.octets = 0;
		return unsent;
	}

	boolean isStarting() {
		return is(State.STARTING);
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
		become(State.UP);
		this.connection = established;
		this.dialer = null;
		reached(established.peerAddresses());
		established.attach(this);
		up();
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
	void peerCloses() {
		stopTaking();
		this.shutDown = true;
	}

	@Override
	void end(DownReason reason, String detail) {
		if (is(State.UP) && this.connection != null) {
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
		if (!down()) {
			return;
		}
		if (this.dialer != null) {
			this.dialer.abandon();
			this.dialer = null;
		}
		this.endpoint.ended(this);
		tellDown(reason, detail);
	}

	@Override
	void flush() {
		SctpConnection target = this.connection;
		while (target != null && is(State.UP) && !this.queue.isEmpty() && !this.shutDown
				&& this.queue.element().write(target)) {
			this.octets -= this.queue.remove().message.data().remaining();
		}
	}

	@Override
	void closeInOrder() {
		SctpConnection target = this.connection;
		if (target == null || this.shutDown) {
			return;
		}
		limitClosing();
		if (this.queue.isEmpty()) {
			this.shutDown = true;
			target.shutdown(this);
		}
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
