package org.rserpool.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelProgressiveFuture;
import io.netty.channel.ChannelProgressiveFutureListener;
import io.netty.channel.ChannelProgressivePromise;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.rserpool.runtime.Association;
import org.rserpool.runtime.DownReason;
import org.rserpool.runtime.PeerIdentity;
import org.rserpool.runtime.TransportProtocol;
import org.rserpool.runtime.UserMessage;

/**
 * An association on a TCP connection. What the role asks for is noted, and done by a task
 * of its own: so nothing is told from inside a call, and what is sent in one pass of the
 * loop leaves together.
 */
final class TcpAssociation implements Association {

	private static final Logger logger = LoggerFactory.getLogger(TcpAssociation.class);

	private final TcpEndpoint endpoint;

	private final boolean outbound;

	private final SendQueue queue;

	private final Runnable pump = this::pump;

	private final Writes writes = new Writes();

	private State state = State.STARTING;

	private List<InetSocketAddress> peerAddresses;

	private List<InetSocketAddress> localAddresses = List.of();

	private @Nullable PeerIdentity peerIdentity;

	private @Nullable SocketChannel channel;

	private @Nullable ScheduledFuture<?> limit;

	private boolean hasConnection;

	private boolean pumpScheduled;

	private boolean pumping;

	private boolean writing;

	private boolean blocked;

	private boolean closing;

	private boolean outputEnded;

	private boolean inputEnded;

	TcpAssociation(TcpEndpoint endpoint, boolean outbound, List<InetSocketAddress> peerAddresses) {
		this.endpoint = endpoint;
		this.outbound = outbound;
		this.peerAddresses = List.copyOf(peerAddresses);
		this.queue = new SendQueue(endpoint.framing());
	}

	@Override
	public TransportProtocol protocol() {
		return TransportProtocol.TCP;
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
		return this.localAddresses;
	}

	@Override
	public @Nullable PeerIdentity peerIdentity() {
		return this.peerIdentity;
	}

	@Override
	public SendResult send(UserMessage message) {
		this.endpoint.framing().check(message);
		if (this.closing) {
			return SendResult.CLOSED;
		}
		if (this.queue.octets() >= this.endpoint.settings().highWaterMark()) {
			this.blocked = true;
			return SendResult.WOULD_BLOCK;
		}
		this.queue.add(message);
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

	/**
	 * Return whether there is no connection yet.
	 * @return {@code false} once there is one, or once the association ended
	 */
	boolean isStarting() {
		return this.state == State.STARTING && !this.hasConnection;
	}

	/**
	 * Notes a connection that is being established.
	 * @param connecting the connection
	 */
	void connecting(SocketChannel connecting) {
		this.channel = connecting;
	}

	/**
	 * Goes on with a connection that is established.
	 * @param connected the connection
	 * @return {@code false} if the association ended, or has another connection already
	 */
	boolean connected(SocketChannel connected) {
		if (!isStarting()) {
			connected.close();
			return false;
		}
		this.hasConnection = true;
		this.channel = connected;
		this.peerAddresses = List.of(connected.remoteAddress());
		this.localAddresses = List.of(connected.localAddress());
		this.peerIdentity = Tls.peer(connected);
		if (this.endpoint.framing().greets()) {
			this.state = State.GREETING;
			if (this.outbound) {
				connected.writeAndFlush(SessionGreeting.toBuffer());
			}
			long timeout = this.endpoint.settings().greetingTimeout().toMillis();
			this.limit = this.endpoint.loop()
				.schedule(
						() -> end(DownReason.CANNOT_START,
								peerText() + " did not greet in the session protocol within " + timeout + " ms"),
						timeout, TimeUnit.MILLISECONDS);
		}
		else {
			up();
		}
		return true;
	}

	void received(ByteBuf in) {
		try {
			if (this.state == State.GREETING && SessionGreeting.read(in)) {
				greeted();
			}
			while (this.state == State.UP) {
				UserMessage message = this.endpoint.framing().read(in);
				if (message == null) {
					return;
				}
				this.endpoint.listener().message(this, message);
			}
		}
		catch (ProtocolViolationException ex) {
			violated(String.valueOf(ex.getMessage()));
		}
		if (this.state == State.DOWN) {
			in.skipBytes(in.readableBytes());
		}
	}

	void inputEnded() {
		this.inputEnded = true;
		if (this.state == State.UP) {
			this.closing = true;
			pump();
		}
		else if (this.state == State.GREETING) {
			end(DownReason.CANNOT_START,
					peerText() + " ended the connection before it greeted in the session protocol");
		}
	}

	void broken(String cause) {
		end((this.state == State.UP) ? DownReason.ABORTED : DownReason.CANNOT_START,
				"connection to " + peerText() + " broke: " + cause);
	}

	/**
	 * Ends the association because of what the peer does.
	 * @param what what it does, in words
	 */
	void violated(String what) {
		end(DownReason.PROTOCOL_VIOLATION, peerText() + " " + what);
	}

	/**
	 * Ends the association if it is arriving and not up yet.
	 */
	void refuse() {
		if (!this.outbound && (this.state == State.STARTING || this.state == State.GREETING)) {
			end(DownReason.ABORTED, peerText() + " came when nobody listened any more");
		}
	}

	/**
	 * Ends the association at once, and tells what became of it.
	 * @param reason why
	 * @param detail the cause in words
	 */
	void end(DownReason reason, String detail) {
		if (this.state == State.DOWN) {
			return;
		}
		boolean told = this.outbound || this.state == State.UP;
		this.state = State.DOWN;
		this.closing = true;
		stopLimit();
		if (this.channel != null) {
			close(this.channel, reason);
		}
		this.endpoint.ended(this);
		List<UserMessage> unsent = this.queue.drain();
		if (told) {
			unsent.forEach((message) -> this.endpoint.listener().sendFailed(this, message));
			this.endpoint.listener().down(this, reason, detail);
		}
		else {
			this.endpoint.refused(detail);
		}
	}

	private void greeted() {
		SocketChannel connected = this.channel;
		if (!this.outbound && connected != null) {
			// Not before this side is up: until then the other side sends nothing, so
			// if this one ends, the other knows that nothing arrived.
			connected.writeAndFlush(SessionGreeting.toBuffer());
		}
		up();
	}

	private void up() {
		stopLimit();
		this.state = State.UP;
		this.endpoint.listener().up(this);
		if (this.closing || this.queue.hasWaiting()) {
			schedulePump();
		}
	}

	private void endInOrder() {
		if (this.state == State.STARTING || this.state == State.GREETING) {
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

	private void pump() {
		this.pumpScheduled = false;
		this.pumping = true;
		SocketChannel target = this.channel;
		while (target != null && this.state == State.UP && !this.writing && this.queue.hasWaiting()) {
			this.writing = true;
			ByteBuf batch = this.queue.nextBatch(target.alloc());
			if (Tls.covers(target)) {
				// How much of what is encrypted was taken cannot be told.
				this.queue.taken(batch.readableBytes());
			}
			ChannelProgressivePromise promise = target.newProgressivePromise();
			promise.addListener(this.writes);
			target.writeAndFlush(batch, promise);
		}
		this.pumping = false;
		if (this.state == State.UP && this.blocked && !this.closing
				&& this.queue.octets() <= this.endpoint.settings().highWaterMark() / 2) {
			this.blocked = false;
			this.endpoint.listener().writable(this);
		}
		if (target != null && this.state == State.UP && this.closing) {
			closeInOrder(target);
		}
	}

	private void closeInOrder(SocketChannel target) {
		if (this.queue.isEmpty() && !this.writing && !this.outputEnded) {
			this.outputEnded = true;
			if (!this.inputEnded) {
				Tls.endOutput(target);
			}
		}
		if (this.outputEnded && this.inputEnded) {
			end(DownReason.SHUTDOWN, "ended in order with " + peerText());
		}
		else if (this.limit == null) {
			long timeout = this.endpoint.settings().shutdownTimeout().toMillis();
			this.limit = this.endpoint.loop()
				.schedule(() -> end(DownReason.ABORTED, peerText() + " did not end in order within " + timeout + " ms"),
						timeout, TimeUnit.MILLISECONDS);
		}
	}

	private void stopLimit() {
		if (this.limit != null) {
			this.limit.cancel(false);
			this.limit = null;
		}
	}

	private String peerText() {
		return Addresses.text(this.peerAddresses);
	}

	private static void close(SocketChannel channel, DownReason reason) {
		if (reason == DownReason.ABORTED && channel.isActive()) {
			try {
				channel.config().setSoLinger(0);
			}
			catch (ChannelException ex) {
				logger.debug("Connection {} is gone already", channel, ex);
			}
		}
		Tls.close(channel, reason == DownReason.SHUTDOWN);
	}

	@Override
	public String toString() {
		return "TCP " + Addresses.text(this.localAddresses) + (this.outbound ? " -> " : " <- ")
				+ Addresses.text(this.peerAddresses);
	}

	private enum State {

		STARTING, GREETING, UP, DOWN

	}

	/**
	 * Follows what the network takes.
	 */
	private final class Writes implements ChannelProgressiveFutureListener {

		private long progress;

		@Override
		public void operationProgressed(ChannelProgressiveFuture future, long total, long expected) {
			SocketChannel target = TcpAssociation.this.channel;
			if (target != null && !Tls.covers(target)) {
				TcpAssociation.this.queue.taken(total - this.progress);
				this.progress = total;
			}
		}

		@Override
		public void operationComplete(ChannelProgressiveFuture future) {
			this.progress = 0;
			TcpAssociation.this.writing = false;
			if (!future.isSuccess()) {
				broken(Causes.text(future.cause()));
			}
			else if (!TcpAssociation.this.pumping) {
				pump();
			}
		}

	}

}
