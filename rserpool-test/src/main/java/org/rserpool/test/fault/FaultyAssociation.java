package org.rserpool.test.fault;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.rserpool.runtime.Association;
import org.rserpool.runtime.DownReason;
import org.rserpool.runtime.PeerIdentity;
import org.rserpool.runtime.TransportProtocol;
import org.rserpool.runtime.UserMessage;

/**
 * An association that was set up over a network that breaks.
 */
final class FaultyAssociation implements Association {

	/** How long an association may take to come up, as on a real network. */
	private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

	/** How many octets may wait, as in the buffers of a real network. */
	private static final int ROOM = 1 << 20;

	private final FaultyEndpoint endpoint;

	private final List<InetSocketAddress> peer;

	private final Lane sending;

	private final Lane receiving;

	private @Nullable Association real;

	/** What surely never left, as there was no association yet. */
	private final Deque<UserMessage> unsent = new ArrayDeque<>();

	private int waiting;

	private boolean full;

	private boolean up;

	private boolean aborted;

	private boolean ended;

	FaultyAssociation(FaultyEndpoint endpoint, List<InetSocketAddress> peer) {
		this.endpoint = endpoint;
		this.peer = List.copyOf(peer);
		boolean ordered = endpoint.protocol() == TransportProtocol.TCP;
		this.sending = new Lane(endpoint.loop(), this::link, ordered);
		this.receiving = new Lane(endpoint.loop(), this::link, ordered);
	}

	private LinkState link() {
		return this.endpoint.state(this.peer);
	}

	void start() {
		LinkState link = link();
		if (link.refused()) {
			this.endpoint.later(() -> end(DownReason.CANNOT_START, "The faulty network refused it"));
		}
		else if (link.blackHole()) {
			this.endpoint.loop().schedule(CONNECT_TIMEOUT, this::giveUp);
		}
		else {
			connect();
		}
	}

	private void connect() {
		if (this.real == null && !this.ended) {
			this.unsent.clear();
			this.real = this.endpoint.connect(this, this.peer);
		}
	}

	private void giveUp() {
		if (this.real == null) {
			end(DownReason.CANNOT_START, "Nothing answered within " + CONNECT_TIMEOUT.toSeconds() + " s");
		}
	}

	void linksChanged() {
		LinkState link = link();
		if (!link.blackHole() && !link.refused()) {
			connect();
		}
		if (this.real != null) {
			this.sending.flush();
			this.receiving.flush();
		}
	}

	void reset() {
		if (this.real != null) {
			this.real.abort();
		}
		end(DownReason.ABORTED, "The faulty network reset it");
	}

	/** Ends the association here; the other end learns of it by itself, or not. */
	private void end(DownReason reason, String detail) {
		if (!this.ended) {
			this.ended = true;
			this.sending.close();
			this.receiving.close();
			this.endpoint.forget(this);
			this.unsent.forEach((message) -> this.endpoint.tell((listener) -> listener.sendFailed(this, message)));
			this.endpoint.tell((listener) -> listener.down(this, reason, detail));
		}
	}

	void up() {
		this.receiving.putLast(() -> {
			this.up = true;
			this.endpoint.tell((listener) -> listener.up(this));
		});
	}

	void received(UserMessage message) {
		this.receiving.put(message.stream(), message.unordered(), () -> {
			this.endpoint.tell((listener) -> listener.message(this, message));
			return true;
		});
	}

	void writable() {
		this.sending.flush();
		if (this.full && this.waiting < ROOM) {
			this.full = false;
			this.endpoint.tell((listener) -> listener.writable(this));
		}
	}

	void ended(DownReason reason, String detail) {
		if (reason == DownReason.TIMEOUT) {
			end(reason, detail);
		}
		else {
			this.receiving.putLast(() -> end(reason, detail));
		}
	}

	@Override
	public TransportProtocol protocol() {
		return this.endpoint.protocol();
	}

	@Override
	public boolean outbound() {
		return true;
	}

	@Override
	public List<InetSocketAddress> peerAddresses() {
		return (this.real != null && this.up) ? this.real.peerAddresses() : this.peer;
	}

	@Override
	public List<InetSocketAddress> localAddresses() {
		return (this.real != null) ? this.real.localAddresses() : List.of();
	}

	@Override
	public @Nullable PeerIdentity peerIdentity() {
		return (this.real != null) ? this.real.peerIdentity() : null;
	}

	@Override
	public SendResult send(UserMessage message) {
		if (this.ended || this.aborted) {
			return SendResult.CLOSED;
		}
		if (this.real != null && this.sending.isFree()) {
			SendResult result = this.real.send(message);
			this.full |= result == SendResult.WOULD_BLOCK;
			return result;
		}
		int octets = message.data().remaining();
		if (this.waiting > 0 && this.waiting + octets > ROOM) {
			this.full = true;
			return SendResult.WOULD_BLOCK;
		}
		this.waiting += octets;
		if (this.real == null) {
			this.unsent.add(message);
		}
		this.sending.put(message.stream(), message.unordered(), () -> pass(message, octets));
		return SendResult.QUEUED;
	}

	private boolean pass(UserMessage message, int octets) {
		SendResult result = (this.real != null) ? this.real.send(message) : SendResult.WOULD_BLOCK;
		if (result == SendResult.WOULD_BLOCK) {
			return false;
		}
		this.waiting -= octets;
		if (result == SendResult.CLOSED) {
			this.endpoint.tell((listener) -> listener.sendFailed(this, message));
		}
		else if (this.full) {
			this.endpoint.later(this::writable);
		}
		return true;
	}

	@Override
	public void shutdown() {
		this.sending.putLast(() -> {
			if (this.real != null) {
				this.real.shutdown();
			}
			else {
				this.endpoint.later(() -> end(DownReason.SHUTDOWN, "It was ended here"));
			}
		});
	}

	@Override
	public void abort() {
		if (this.ended || this.aborted) {
			return;
		}
		this.aborted = true;
		this.sending.close();
		this.receiving.close();
		if (this.real != null) {
			this.endpoint.abandon(this.real, this.peer);
		}
		this.endpoint.later(() -> end(DownReason.ABORTED, "It was aborted here"));
	}

	@Override
	public String toString() {
		return "association to " + this.peer + " over a faulty network";
	}

}
