package org.rserpool.transport;

import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;

import org.rserpool.runtime.PeerIdentity;

/**
 * TLS on a connection.
 */
final class Tls {

	private static final int ALERT = 0x15;

	private static final int HANDSHAKE = 0x16;

	private static final int MAJOR_VERSION = 3;

	/** What is said of a peer that ends the connection before TLS is established. */
	static final String NO_HANDSHAKE = "it ended the connection during the TLS handshake; it may not expect TLS";

	/** Fatal: handshake_failure (RFC 8446, section 6). */
	private static final byte[] REFUSAL = { ALERT, MAJOR_VERSION, 3, 0, 2, 2, 40 };

	/**
	 * Keys and certificates cost milliseconds, in which no loop is to stand still.
	 */
	private static final ThreadPoolExecutor WORKERS = workers();

	private Tls() {
	}

	/**
	 * Puts TLS on a connection that is to begin.
	 * @param channel the connection
	 * @param settings how
	 * @param peer who is connected to, or {@code null} for a connection that arrived
	 * @param timeoutMillis how long the handshake may take
	 */
	static void add(SocketChannel channel, TlsSettings settings, @Nullable InetSocketAddress peer, long timeoutMillis) {
		SSLEngine engine = (peer != null) ? settings.connecting(peer) : settings.accepting();
		SslHandler handler = new SslHandler(engine, WORKERS);
		handler.setHandshakeTimeoutMillis(timeoutMillis);
		channel.pipeline().addLast(handler);
	}

	/**
	 * Tells who is at the other end of a connection that is established.
	 * @param channel the connection
	 * @return the peer, or {@code null} if it showed no certificate
	 */
	static @Nullable PeerIdentity peer(SocketChannel channel) {
		SslHandler handler = channel.pipeline().get(SslHandler.class);
		return (handler != null) ? PeerCertificate.identity(handler.engine().getSession()) : null;
	}

	/**
	 * Tells why a peer whose certificate is trusted is not to be talked to.
	 * @param channel the connection, after the handshake
	 * @param names one of which the certificate must have; empty if any will do
	 * @return the cause in words, or {@code null} if there is none
	 */
	static @Nullable String refusal(SocketChannel channel, List<String> names) {
		PeerIdentity identity = names.isEmpty() ? null : peer(channel);
		if (names.isEmpty() || (identity != null && identity.isNamedIn(names))) {
			return null;
		}
		return ((identity != null) ? "its certificate " + identity + " has" : "it has no certificate, and so")
				+ " none of the names " + names;
	}

	static boolean covers(SocketChannel channel) {
		return channel.pipeline().get(SslHandler.class) != null;
	}

	/**
	 * Ends the output in order: what was written before arrives.
	 * @param channel the connection
	 */
	static void endOutput(SocketChannel channel) {
		SslHandler handler = channel.pipeline().get(SslHandler.class);
		if (handler == null) {
			channel.shutdownOutput();
		}
		else {
			handler.closeOutbound().addListener((future) -> channel.shutdownOutput());
		}
	}

	/**
	 * Closes a connection.
	 * @param channel the connection
	 * @param inOrder whether both sides ended in order, or else the peer is not to
	 * believe that
	 */
	static void close(SocketChannel channel, boolean inOrder) {
		ChannelHandlerContext context = channel.pipeline().context(SslHandler.class);
		if (context == null) {
			channel.close();
		}
		else if (inOrder && context.handler() instanceof SslHandler handler && handler.handshakeFuture().isSuccess()) {
			handler.closeOutbound().addListener((future) -> context.close());
		}
		else {
			context.close();
		}
	}

	/**
	 * Lets a peer that does not speak TLS know that it should, past the handler that
	 * cannot talk to it.
	 * @param channel the connection
	 * @param failure why there is no TLS
	 */
	static void answer(SocketChannel channel, Throwable failure) {
		ChannelHandlerContext context = channel.pipeline().context(SslHandler.class);
		if (context != null && failure instanceof NotSslRecordException) {
			context.writeAndFlush(Unpooled.wrappedBuffer(REFUSAL));
		}
	}

	/**
	 * Tells what a peer on a connection without TLS wants with TLS.
	 * @param in what it sent, at least two octets
	 * @return what it does, or {@code null} if it does not speak TLS
	 */
	static @Nullable String spoken(ByteBuf in) {
		if (in.getByte(in.readerIndex() + 1) != MAJOR_VERSION) {
			return null;
		}
		return switch (in.getByte(in.readerIndex())) {
			case HANDSHAKE -> "speaks TLS, which is not configured on this side";
			case ALERT -> "expects TLS, which is not configured on this side";
			default -> null;
		};
	}

	/**
	 * Writes why a connection with TLS failed.
	 * @param failure the failure
	 * @return the cause in words
	 */
	static String text(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof NotSslRecordException) {
				return "it does not speak TLS, which is expected of it";
			}
			if (cause instanceof CertificateException) {
				return "its certificate is not trusted: " + cause.getMessage();
			}
			if (cause instanceof ClosedChannelException) {
				return NO_HANDSHAKE;
			}
			String message = String.valueOf(cause.getMessage());
			if (cause instanceof SSLException && message.contains("certificate") && message.contains("alert")) {
				return "it refused the certificate of this side: " + message;
			}
		}
		Throwable origin = (failure.getCause() instanceof SSLException cause) ? cause : failure;
		return "TLS failed: " + Causes.text(origin);
	}

	private static ThreadPoolExecutor workers() {
		int count = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
		ThreadPoolExecutor executor = new ThreadPoolExecutor(count, count, 10, TimeUnit.SECONDS,
				new LinkedBlockingQueue<>(), (task) -> {
					Thread thread = new Thread(null, task, "rserpool-tls", 0, false);
					thread.setDaemon(true);
					return thread;
				});
		executor.allowCoreThreadTimeOut(true);
		return executor;
	}

}
