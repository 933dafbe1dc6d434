package org.rserpool.transport;

import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;

/**
 * Tells an association what happens on its connection.
 */
final class TcpHandler extends ByteToMessageDecoder {

	private final TcpAssociation association;

	private final boolean encrypted;

	private final List<String> peerNames;

	private boolean connected;

	private boolean looked;

	private boolean ended;

	/**
	 * Makes a handler.
	 * @param association what the connection carries
	 * @param encrypted whether TLS comes before it
	 * @param peerNames one of which the peer's certificate must have; empty if any will
	 * do
	 */
	TcpHandler(TcpAssociation association, boolean encrypted, List<String> peerNames) {
		this.association = association;
		this.peerNames = peerNames;
		this.encrypted = encrypted;
	}

	@Override
	public void channelActive(ChannelHandlerContext context) {
		if (!this.encrypted) {
			connected(context);
		}
		context.fireChannelActive();
	}

	@Override
	protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
		if (!this.connected) {
			in.skipBytes(in.readableBytes());
			return;
		}
		if (!this.looked && !this.encrypted && in.readableBytes() > 1) {
			this.looked = true;
			String spoken = Tls.spoken(in);
			if (spoken != null) {
				this.association.violated(spoken);
			}
		}
		this.association.received(in);
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
		super.userEventTriggered(context, event);
		if (event instanceof SslHandshakeCompletionEvent handshake) {
			String refusal = handshake.isSuccess() ? Tls.refusal((SocketChannel) context.channel(), this.peerNames)
					: null;
			if (refusal != null) {
				this.association.broken(refusal);
			}
			else if (handshake.isSuccess()) {
				connected(context);
			}
			else {
				Tls.answer((SocketChannel) context.channel(), handshake.cause());
				// Later, as the peer is only now sent the alert that says why.
				context.executor().execute(() -> this.association.broken(Tls.text(handshake.cause())));
			}
		}
		else if (event instanceof SslCloseCompletionEvent close && close.isSuccess()) {
			this.ended = true;
			this.association.inputEnded();
		}
		else if (event instanceof ChannelInputShutdownEvent) {
			inputEnded();
		}
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		if (this.connected) {
			this.association.broken(this.encrypted ? Tls.text(cause) : Causes.text(cause));
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) throws Exception {
		super.channelInactive(context);
		if (this.connected) {
			this.association.broken("it was closed");
		}
	}

	private void connected(ChannelHandlerContext context) {
		this.connected = this.association.connected((SocketChannel) context.channel());
	}

	private void inputEnded() {
		if (!this.encrypted) {
			if (this.connected) {
				this.association.inputEnded();
			}
		}
		else if (!this.connected) {
			this.association.broken(Tls.NO_HANDSHAKE);
		}
		else if (!this.ended) {
			// Anybody on the way can end a TCP connection.
			this.association.broken("it ended without the end of TLS");
		}
	}

}
