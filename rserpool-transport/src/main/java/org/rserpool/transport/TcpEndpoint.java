package org.rserpool.transport;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.rserpool.runtime.Association;
import org.rserpool.runtime.DownReason;
import org.rserpool.runtime.Endpoint;
import org.rserpool.runtime.EndpointSpecification.Channel;
import org.rserpool.runtime.TransportProtocol;

/**
 * One end of associations over TCP.
 */
final class TcpEndpoint implements OpenEndpoint {

	private static final Logger logger = LoggerFactory.getLogger(TcpEndpoint.class);

	/**
	 * After one warning of a stranger, how long the next ones are only logged at debug.
	 */
	private static final long QUIET = TimeUnit.SECONDS.toNanos(60);

	private final EventLoop loop;

	private final TransportSettings settings;

	private final Framing framing;

	private final @Nullable TlsSettings tls;

	private final List<String> peerNames;

	private final GuardedListener listener;

	private final Consumer<Endpoint> onClose;

	private final Set<TcpAssociation> associations = new LinkedHashSet<>();

	private final List<NioServerSocketChannel> listening = new ArrayList<>();

	private List<InetSocketAddress> localAddresses = List.of();

	private long quietUntil = System.nanoTime();

	private boolean closed;

	TcpEndpoint(EventLoop loop, TransportSettings settings, Channel channel, GuardedListener listener,
			Consumer<Endpoint> onClose) {
		this.loop = loop;
		this.settings = settings;
		this.framing = Framing.of(channel, settings);
		TlsSettings configured = settings.tls();
		boolean encrypted = configured != null && channel != Channel.PROBE && configured.channels().contains(channel);
		this.tls = encrypted ? configured : null;
		this.peerNames = (this.tls != null) ? this.tls.peerNames().getOrDefault(channel, List.of()) : List.of();
		this.listener = listener;
		this.onClose = onClose;
	}

	/**
	 * Begins to listen.
	 * @param addresses where, at least one address
	 */
	void listen(List<InetSocketAddress> addresses) {
		ListeningSockets.bind(addresses).forEach((socket) -> this.listening.add(new NioServerSocketChannel(socket)));
		this.localAddresses = this.listening.stream().map(NioServerSocketChannel::localAddress).toList();
		for (NioServerSocketChannel channel : this.listening) {
			channel.pipeline().addLast(new TcpAcceptor(this));
			this.loop.register(channel);
		}
	}

	@Override
	public TransportProtocol protocol() {
		return TransportProtocol.TCP;
	}

	@Override
	public List<InetSocketAddress> localAddresses() {
		return this.listening.isEmpty() ? List.of() : this.localAddresses;
	}

	@Override
	public Collection<? extends Association> associations() {
		return this.associations;
	}

	@Override
	public Association associate(List<InetSocketAddress> peer) {
		if (peer.isEmpty()) {
			throw new IllegalArgumentException("A peer needs at least one address");
		}
		if (this.closed) {
			throw new IllegalStateException("The endpoint is closed");
		}
		TcpAssociation association = new TcpAssociation(this, true, peer);
		this.associations.add(association);
		this.loop.execute(new TcpConnector(this, association)::tryNext);
		return association;
	}

	@Override
	public void stopListening() {
		this.listening.forEach(NioServerSocketChannel::close);
		this.listening.clear();
		List.copyOf(this.associations).forEach(TcpAssociation::refuse);
	}

	@Override
	public void close() {
		if (!this.closed) {
			this.closed = true;
			this.listener.mute();
			stopListening();
			List.copyOf(this.associations).forEach((association) -> association.end(DownReason.ABORTED, "closed"));
			this.onClose.accept(this);
		}
	}

	@Override
	public EventLoop loop() {
		return this.loop;
	}

	@Override
	public TransportSettings settings() {
		return this.settings;
	}

	@Override
	public Framing framing() {
		return this.framing;
	}

	@Override
	public GuardedListener listener() {
		return this.listener;
	}

	/**
	 * Prepares a connection that is to begin.
	 * @param channel the connection
	 * @param association what it carries
	 * @param peer who is connected to, or {@code null} for a connection that arrived
	 */
	void prepare(SocketChannel channel, TcpAssociation association, @Nullable InetSocketAddress peer) {
		channel.config().setTcpNoDelay(true).setAllowHalfClosure(true).setOption(ChannelOption.SO_KEEPALIVE, true);
		if (this.tls != null) {
			Tls.add(channel, this.tls, peer, this.settings.greetingTimeout().toMillis());
		}
		channel.pipeline().addLast(new TcpHandler(association, this.tls != null, this.peerNames));
	}

	void accepted(SocketChannel channel) {
		if (this.listening.isEmpty()) {
			channel.close();
			return;
		}
		TcpAssociation association = new TcpAssociation(this, false, List.of(channel.remoteAddress()));
		this.associations.add(association);
		association.connecting(channel);
		prepare(channel, association, null);
		this.loop.register(channel);
	}

	/**
	 * Forgets an association.
	 * @param association the association, down
	 */
	void ended(TcpAssociation association) {
		this.associations.remove(association);
	}

	/**
	 * Reports a connection that never became an association, of which no role knows.
	 * @param detail the cause in words
	 */
	void refused(String detail) {
		long now = System.nanoTime();
		if (!this.listening.isEmpty() && now - this.quietUntil >= 0) {
			this.quietUntil = now + QUIET;
			logger.warn("A connection to {} was refused: {}", Addresses.text(this.localAddresses), detail);
		}
		else {
			logger.debug("A connection to {} was refused: {}", this.localAddresses, detail);
		}
	}

}
