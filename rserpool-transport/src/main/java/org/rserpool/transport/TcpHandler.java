package org.rserpool.transport;

import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.ByteToMessageDecoder;

/**
 * Tells an association what happens on its connection.
 */
final class TcpHandler extends ByteToMessageDecoder {

	private final TcpAssociation association;

	private boolean connected;

	TcpHandler(TcpAssociation association) {
		this.association = association;
	}

	@Override
	public void channelActive(ChannelHandlerContext context) {
		this.connected = this.association.connected((SocketChannel) context.channel());
		context.fireChannelActive();
	}

	@Override
	protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
		if (this.connected) {
			this.association.received(in);
		}
		else {
			in.skipBytes(in.readableBytes());
		}
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
		super.userEventTriggered(context, event);
		if (this.connected && event instanceof ChannelInputShutdownEvent) {
			this.association.inputEnded();
		}
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		if (this.connected) {
			this.association.broken(Causes.text(cause));
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) throws Exception {
		super.channelInactive(context);
		if (this.connected) {
			this.association.broken("it was closed");
		}
	}

}
