package org.rserpool.transport;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

import io.netty.channel.ChannelException;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;

import org.rserpool.runtime.DownReason;

/**
 * Tries a peer's addresses one after the other, until one accepts a connection.
 */
final class TcpConnector {

	private final TcpEndpoint endpoint;

	private final TcpAssociation association;

	private final Queue<InetSocketAddress> left;

	private final StringBuilder failures = new StringBuilder("cannot connect");

	TcpConnector(TcpEndpoint endpoint, TcpAssociation association) {
		this.endpoint = endpoint;
		this.association = association;
		this.left = new ArrayDeque<>(List.copyOf(association.peerAddresses()));
	}

	void tryNext() {
		InetSocketAddress address = this.left.poll();
		if (this.association.isDown()) {
			return;
		}
		if (address == null) {
			this.association.end(DownReason.CANNOT_START, this.failures.toString());
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
		this.association.connecting(channel);
		this.endpoint.loop().register(channel);
		channel.connect(address).addListener((future) -> {
			if (!future.isSuccess()) {
				channel.close();
				failed(address, future.cause());
			}
		});
	}

	private void failed(InetSocketAddress address, Throwable cause) {
		this.failures.append(this.failures.toString().endsWith("connect") ? " to " : ", nor to ")
			.append(Addresses.text(address))
			.append(" (")
			.append(Causes.text(cause))
			.append(')');
		tryNext();
	}

}
