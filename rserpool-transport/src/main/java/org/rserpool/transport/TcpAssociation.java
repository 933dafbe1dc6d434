package org.rserpool.transport;

import java.net.InetSocketAddress;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelProgressiveFuture;
import io.netty.channel.ChannelProgressiveFutureListener;
import io.netty.channel.ChannelProgressivePromise;
import io.netty.channel.socket.SocketChannel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.rserpool.runtime.DownReason;
import org.rserpool.runtime.PeerIdentity;
import org.rserpool.runtime.TransportProtocol;
import org.rserpool.runtime.UserMessage;

/**
 * An association on a TCP connection.
 */
final class TcpAssociation extends QueueingAssociation {

	private static final Logger logger = LoggerFactory.getLogger(TcpAssociation.class);

	private final TcpEndpoint endpoint;

	private final SendQueue queue;

	private final Writes writes = new Writes();

	private List<InetSocketAddress> localAddresses = List.of();

	private @Nullable PeerIdentity peerIdentity;

	private @Nullable SocketChannel channel;

	private boolean hasConnection;

	private boolean pumping;

	private boolean writing;

	private boolean outputEnded;

	private boolean inputEnded;

	TcpAssociation(TcpEndpoint endpoint, boolean outbound, List<InetSocketAddress> peerAddresses) {
		super(endpoint, outbound, peerAddresses);
		this.endpoint = endpoint;
		this.queue = new SendQueue(endpoint.framing());
	}

	@Override
	public TransportProtocol protocol() {
		return TransportProtocol.TCP;
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
	void enqueue(UserMessage message) {
		if (message.early() || is(State.UP)) {
			this.queue.add(message);
		}
		else {
			this.queue.hold(message);
		}
	}

	@Override
	long waitingOctets() {
		return this.queue.octets();
	}

	@Override
	boolean allTaken() {
		return this.queue.isEmpty();
	}

	@Override
	List<UserMessage> takeBack() {
		return this.queue.drain();
	}

	/**
	 * Return whether there is no connection yet.
	 * @return {@code false} once there is one, or once the association ended
	 */
	boolean isStarting() {
		return is(State.STARTING) && !this.hasConnection;
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
		reached(List.of(connected.remoteAddress()));
		this.localAddresses = List.of(connected.localAddress());
		this.peerIdentity = Tls.peer(connected);
		if (this.endpoint.framing().greets()) {
			become(State.GREETING);
			long millis = this.endpoint.settings().greetingTimeout().toMillis();
			limit(millis, DownReason.CANNOT_START,
					peerText() + " did not greet in the session protocol within " + millis + " ms");
			if (outbound()) {
				connected.write(SessionGreeting.toBuffer());
				flush();
				connected.flush();
			}
		}
		else {
			begin();
		}
		return true;
	}

	void received(ByteBuf in) {
		try {
			if (is(State.GREETING) && SessionGreeting.read(in)) {
				greeted();
			}
			while (is(State.UP)) {
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
		if (is(State.DOWN)) {
			in.skipBytes(in.readableBytes());
		}
	}

	void inputEnded() {
		this.inputEnded = true;
		if (is(State.UP)) {
			stopTaking();
			pump();
		}
		else if (is(State.GREETING)) {
			end(DownReason.CANNOT_START,
					peerText() + " ended the connection before it greeted in the session protocol");
		}
	}

	void broken(String cause) {
		end((is(State.UP)) ? DownReason.ABORTED : DownReason.CANNOT_START,
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
		if (!outbound() && (is(State.STARTING) || is(State.GREETING))) {
			end(DownReason.ABORTED, peerText() + " came when nobody listened any more");
		}
	}

	@Override
	void end(DownReason reason, String detail) {
		boolean told = outbound() || is(State.UP);
		if (!down()) {
			return;
		}
		if (this.channel != null) {
			close(this.channel, reason);
		}
		this.endpoint.ended(this);
		if (told) {
			tellDown(reason, detail);
		}
		else {
			takeBack();
			this.endpoint.refused(detail);
		}
	}

	private void greeted() {
		SocketChannel connected = this.channel;
		if (!outbound() && connected != null) {
			// Not before this side is up: until then the other side sends only what may
			// arrive though it never learns that, so if this one ends, the other knows
			// that nothing else arrived.
			connected.writeAndFlush(SessionGreeting.toBuffer());
		}
		begin();
	}

	private void begin() {
		this.queue.release();
		up();
	}

	@Override
	void flush() {
		this.pumping = true;
		SocketChannel target = this.channel;
		while (target != null && !is(State.DOWN) && !this.writing && this.queue.hasWaiting()) {
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
	}

	@Override
	void closeInOrder() {
		SocketChannel target = this.channel;
		if (target != null && this.queue.isEmpty() && !this.writing && !this.outputEnded) {
			this.outputEnded = true;
			if (!this.inputEnded) {
				Tls.endOutput(target);
			}
		}
		if (this.outputEnded && this.inputEnded) {
			end(DownReason.SHUTDOWN, "ended in order with " + peerText());
		}
		else {
			limitClosing();
		}
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
