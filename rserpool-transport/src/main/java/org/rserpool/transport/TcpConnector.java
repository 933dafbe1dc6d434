package org.rserpool.transport;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.netty.channel.ChannelException;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;

import org.rserpool.runtime.DownReason;

/**
 * Tries a peer's addresses one after the other, until one accepts a connection. The next
 * one is tried when one failed, and also when it is silent for a while: an address that
 * cannot be reached from here must not cost the time-out of a connection (RFC 8305,
 * section 5).
 */
final class TcpConnector {

	/** How long an address is waited for before the next one is tried as well. */
	static final Duration NEXT_AFTER = Duration.ofMillis(100);

	private final TcpEndpoint endpoint;

	private final TcpAssociation association;

	private final Queue<InetSocketAddress> left;

	private final Set<SocketChannel> pending = new LinkedHashSet<>();

	private final ConnectFailures failures = new ConnectFailures();

	private boolean connected;

	TcpConnector(TcpEndpoint endpoint, TcpAssociation association) {
		this.endpoint = endpoint;
		this.association = association;
		this.left = new ArrayDeque<>(List.copyOf(association.peerAddresses()));
	}

	void tryNext() {
		if (this.connected || !this.association.isStarting()) {
			return;
		}
		InetSocketAddress address = this.left.poll();
		if (address == null) {
			if (this.pending.isEmpty()) {
				this.association.end(DownReason.CANNOT_START, this.failures.toString());
			}
			return;
		}
		try {
			connect(new NioSocketChannel(), address);
		}
		catch (ChannelException ex) {
			failed(address, (ex.getCause() != null) ? ex.getCause() : ex);
		}
	}

	private void connect(SocketChannel channel, InetSocketAddress address) {
		int timeout = (int) this.endpoint.settings().connectTimeout().toMillis();
		channel.config().setConnectTimeoutMillis(timeout);
		this.endpoint.prepare(channel, this.association, address);
		this.pending.add(channel);
		this.association.connecting(channel);
		this.endpoint.loop().register(channel);
		Future<?> next = this.endpoint.loop().schedule(this::tryNext, NEXT_AFTER.toMillis(), TimeUnit.MILLISECONDS);
		channel.connect(address).addListener((future) -> {
			next.cancel(false);
			this.pending.remove(channel);
			if (future.isSuccess()) {
				this.connected = true;
				List.copyOf(this.pending).forEach(SocketChannel::close);
			}
			else {
				channel.close();
				failed(address, future.cause());
			}
		});
	}

	private void failed(InetSocketAddress address, Throwable cause) {
		this.failures.add(address, cause);
		tryNext();
	}

}
