package org.rserpool.test;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import org.rserpool.runtime.Association;
import org.rserpool.runtime.DownReason;
import org.rserpool.runtime.EndpointListener;
import org.rserpool.runtime.Timer;
import org.rserpool.runtime.TransportProtocol;
import org.rserpool.runtime.UserMessage;

/**
 * One end of a simulated association.
 */
final class SimulatedAssociation implements Association {

	private static final int HELD_AT_MOST = 1_000;

	private final SimulatedScope scope;

	private final SimulatedEndpoint endpoint;

	private final int incarnation;

	private final boolean outbound;

	private final List<UserMessage> pending = new ArrayList<>();

	private final Deque<Runnable> held = new ArrayDeque<>();

	private List<InetSocketAddress> peer;

	private List<InetSocketAddress> local = List.of();

	private @Nullable SimulatedAssociation other;

	private State state = State.CONNECTING;

	private long lastArrival;

	private @Nullable Timer giveUp;

	private boolean blocked;

	private boolean resetSent;

	private SimulatedAssociation(SimulatedScope scope, SimulatedEndpoint endpoint, boolean outbound,
			List<InetSocketAddress> peer) {
		this.scope = scope;
		this.endpoint = endpoint;
		this.incarnation = endpoint.process().incarnation();
		this.outbound = outbound;
		this.peer = List.copyOf(peer);
		endpoint.add(this);
	}

	static SimulatedAssociation outbound(SimulatedScope scope, SimulatedEndpoint endpoint,
			List<InetSocketAddress> peer) {
		return new SimulatedAssociation(scope, endpoint, true, peer);
	}

	/**
	 * Makes the other end, at the peer that accepts.
	 */
	SimulatedAssociation accept(SimulatedEndpoint acceptor, InetSocketAddress at) {
		InetSocketAddress from = new InetSocketAddress(process().addressTowards(at.getAddress()), process().freePort());
		SimulatedAssociation accepted = new SimulatedAssociation(this.scope, acceptor, false, List.of(from));
		accepted.other = this;
		accepted.local = List.of(at);
		accepted.state = State.UP;
		this.other = accepted;
		return accepted;
	}

	SimulatedProcess process() {
		return this.endpoint.process();
	}

	SimulatedEndpoint endpoint() {
		return this.endpoint;
	}

	boolean connecting() {
		return this.state == State.CONNECTING && process().isStill(this.incarnation);
	}

	@Override
	public TransportProtocol protocol() {
		return this.endpoint.protocol();
	}

	@Override
	public boolean outbound() {
		return this.outbound;
	}

	@Override
	public List<InetSocketAddress> peerAddresses() {
		return this.peer;
	}

	@Override
	public List<InetSocketAddress> localAddresses() {
		return (this.state != State.CONNECTING) ? this.local : List.of();
	}

	@Override
	public SendResult send(UserMessage message) {
		ByteBuffer copy = ByteBuffer.allocate(message.data().remaining()).put(message.data().duplicate()).flip();
		UserMessage sent = new UserMessage(message.payloadProtocol(), message.stream(), message.unordered(),
				message.early(), copy);
		switch (this.state) {
			case CONNECTING -> this.pending.add(sent);
			case UP -> {
				if (this.held.size() >= HELD_AT_MOST) {
					this.blocked = true;
					return SendResult.WOULD_BLOCK;
				}
				give(sent);
			}
			default -> {
				return SendResult.CLOSED;
			}
		}
		return SendResult.QUEUED;
	}

	@Override
	public void shutdown() {
		if (this.state == State.CONNECTING) {
			abort();
		}
		else if (this.state == State.UP) {
			this.state = State.ENDING;
			transmit((peer) -> peer.closedByPeer());
			watch();
		}
	}

	@Override
	public void abort() {
		if (this.state != State.DOWN) {
			ending();
			reset();
			tellDown(DownReason.ABORTED, "aborted by this side");
		}
	}

	/**
	 * The peer accepts, and gets what was sent early, while this side does not know yet.
	 */
	void acceptedBy(SimulatedAssociation peerEnd) {
		peerEnd.callback((listener) -> listener.up(peerEnd));
		if (protocol() == TransportProtocol.TCP) {
			for (UserMessage message : List.copyOf(this.pending)) {
				if (message.early()) {
					this.pending.remove(message);
					this.scope.trace(process().name(), peerEnd.process().name(), message);
					UserMessage carried = arrived(message);
					peerEnd.execute(() -> peerEnd.received(carried));
				}
			}
		}
	}

	/**
	 * The peer accepted.
	 */
	void established(InetSocketAddress at) {
		if (this.state == State.CONNECTING) {
			this.state = State.UP;
			this.peer = List.of(at);
			SimulatedAssociation accepted = this.other;
			this.local = (accepted != null) ? accepted.peerAddresses() : List.of();
			this.pending.forEach(this::give);
			this.pending.clear();
			callback((listener) -> listener.up(this));
		}
	}

	void down(DownReason reason, String detail) {
		if (this.state != State.DOWN) {
			ending();
			this.scope.trace(process().name(),
					"association with " + this.peer.get(0) + " down: " + reason + ", " + detail);
			tellDown(reason, detail);
		}
	}

	/**
	 * Ends both ends, as a network does that drops what it knows.
	 */
	void lose() {
		SimulatedAssociation peerEnd = this.other;
		execute(() -> down(DownReason.ABORTED, "lost by the network"));
		if (peerEnd != null) {
			peerEnd.execute(() -> peerEnd.down(DownReason.ABORTED, "lost by the network"));
		}
	}

	/**
	 * Ends this end without a word to its process.
	 */
	void resetByKernel() {
		if (this.state != State.DOWN) {
			this.state = State.DOWN;
			reset();
			this.endpoint.remove(this);
		}
	}

	/**
	 * Sends what was held back, if it can travel now.
	 */
	void release() {
		if (!this.held.isEmpty() && !reaches()) {
			this.scope.network().holds(this);
		}
		else if (!this.held.isEmpty()) {
			if (this.giveUp != null) {
				this.giveUp.cancel();
				this.giveUp = null;
			}
			while (!this.held.isEmpty()) {
				travel(this.held.remove());
			}
			if (this.blocked) {
				this.blocked = false;
				execute(() -> callback((listener) -> listener.writable(this)));
			}
		}
	}

	void execute(Runnable task) {
		process().execute(this.incarnation, task);
	}

	private void closedByPeer() {
		if (this.state == State.UP) {
			transmit((peer) -> peer.down(DownReason.SHUTDOWN, "ended by this side"));
			down(DownReason.SHUTDOWN, "ended by the peer");
		}
		else {
			down(DownReason.SHUTDOWN, "ended by both sides");
		}
	}

	private void give(UserMessage message) {
		SimulatedAssociation peerEnd = this.other;
		String to = (peerEnd != null) ? peerEnd.process().name() : "?";
		this.scope.trace(process().name(), to, message);
		UserMessage carried = arrived(message);
		transmit((peer) -> peer.received(carried));
	}

	private static UserMessage arrived(UserMessage message) {
		return new UserMessage(message.payloadProtocol(), message.stream(), message.unordered(), message.data());
	}

	private void received(UserMessage message) {
		if (this.state != State.DOWN) {
			callback((listener) -> listener.message(this, message));
		}
	}

	private void transmit(Consumer<SimulatedAssociation> action) {
		SimulatedAssociation peerEnd = this.other;
		if (peerEnd == null) {
			return;
		}
		Runnable packet = () -> action.accept(peerEnd);
		if (this.held.isEmpty() && reaches()) {
			travel(packet);
		}
		else {
			this.held.add(packet);
			watch();
		}
	}

	private void travel(Runnable packet) {
		SimulatedAssociation peerEnd = Objects.requireNonNull(this.other);
		this.lastArrival = Math.max(this.lastArrival, this.scope.nanoTime() + this.scope.network().latency());
		this.scope.scheduleAt(this.lastArrival, () -> {
			if (peerEnd.process().isStill(peerEnd.incarnation)) {
				peerEnd.execute(() -> peerEnd.arrived(packet));
			}
			else if (peerEnd.process().powered()) {
				execute(() -> down(DownReason.ABORTED, "the peer knows no such association"));
			}
			else if (this.state != State.DOWN) {
				this.held.add(packet);
				watch();
			}
		});
	}

	private void arrived(Runnable packet) {
		if (this.state != State.DOWN) {
			packet.run();
		}
		else if (!this.resetSent) {
			reset();
		}
	}

	private void reset() {
		this.resetSent = true;
		transmit((peer) -> peer.down(DownReason.ABORTED, "reset by the peer"));
	}

	private boolean reaches() {
		SimulatedAssociation peerEnd = this.other;
		return peerEnd != null && this.scope.network().reaches(process(), peerEnd.process());
	}

	private void watch() {
		this.scope.network().holds(this);
		if (this.giveUp == null && this.state != State.DOWN) {
			this.giveUp = this.scope.schedule(SimulatedNetwork.GIVE_UP,
					() -> execute(() -> down(DownReason.TIMEOUT, "the network gave the peer up")));
		}
	}

	private void ending() {
		boolean connecting = this.state == State.CONNECTING;
		this.state = State.DOWN;
		this.endpoint.remove(this);
		if (this.giveUp != null) {
			this.giveUp.cancel();
		}
		if (connecting) {
			List<UserMessage> unsent = List.copyOf(this.pending);
			this.pending.clear();
			this.scope.schedule(Duration.ZERO,
					() -> unsent.forEach((message) -> callback((listener) -> listener.sendFailed(this, message))));
		}
	}

	private void tellDown(DownReason reason, String detail) {
		this.scope.schedule(Duration.ZERO, () -> callback((listener) -> listener.down(this, reason, detail)));
	}

	private void callback(Consumer<EndpointListener> event) {
		execute(() -> {
			if (!this.endpoint.closed()) {
				event.accept(this.endpoint.listener());
			}
		});
	}

	private enum State {

		CONNECTING, UP, ENDING, DOWN

	}

}
