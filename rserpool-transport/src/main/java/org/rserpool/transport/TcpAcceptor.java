package org.rserpool.transport;

import java.util.concurrent.TimeUnit;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes connections that arrive at a listening socket.
 */
final class TcpAcceptor extends ChannelInboundHandlerAdapter {

	private static final Logger logger = LoggerFactory.getLogger(TcpAcceptor.class);

	private final TcpEndpoint endpoint;

	TcpAcceptor(TcpEndpoint endpoint) {
		this.endpoint = endpoint;
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		this.endpoint.accepted((SocketChannel) message);
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		// Such as no file descriptor left: trying again at once would only use the
		// processor.
		logger.warn("No connection can be taken at {} for a second: {}", context.channel().localAddress(),
				Causes.text(cause));
		context.channel().config().setAutoRead(false);
		context.executor().schedule(() -> context.channel().config().setAutoRead(true), 1, TimeUnit.SECONDS);
	}

}
