package org.rserpool.transport;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.nio.channels.UnresolvedAddressException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

import com.sun.nio.sctp.SctpChannel;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.nio.NioIoOps;
import io.netty.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.rserpool.runtime.DownReason;
import org.rserpool.runtime.UserMessage;

/**
 * Tries a peer's addresses one after the other, until an association comes up: from the
 * endpoint's own port if it has one for that, or else from a port that the kernel draws.
 */
final class SctpDialer {

	private static final Logger logger = LoggerFactory.getLogger(SctpDialer.class);

	/**
	 * How long to wait before it is tried again whether an association has ended, of
	 * which the kernel does not tell.
	 */
	private static final long PAUSE_MILLIS = 20;

	private final SctpEndpoint endpoint;

	private final SctpAssociation association;

	private final Queue<InetSocketAddress> left;

	private final ConnectFailures failures = new ConnectFailures();

	private @Nullable SctpSelection connecting;

	private @Nullable ScheduledFuture<?> timeout;

	private @Nullable ScheduledFuture<?> pause;

	/** The attempt from the endpoint's own port, or 0. */
	private int attempt;

	SctpDialer(SctpEndpoint endpoint, SctpAssociation association) {
		this.endpoint = endpoint;
		this.association = association;
		this.left = new ArrayDeque<>(List.copyOf(association.peerAddresses()));
		association.dialedBy(this);
	}

	boolean isWaiting() {
		return this.association.isStarting();
	}

	void tryNext() {
		if (!isWaiting()) {
			return;
		}
		InetSocketAddress address = this.left.poll();
		if (address == null) {
			this.association.end(DownReason.CANNOT_START, this.failures.toString());
			return;
		}
		dial(address);
	}

	private void dial(InetSocketAddress address) {
		if (address.isUnresolved()) {
			failed(address, new UnresolvedAddressException());
			return;
		}
		this.timeout = this.endpoint.loop()
			.schedule(() -> failed(address, new ConnectTimeoutException()),
					this.endpoint.settings().connectTimeout().toMillis(), TimeUnit.MILLISECONDS);
		begin(address);
	}

	private void begin(InetSocketAddress address) {
		SctpConnection known = this.endpoint.connectionWith(address);
		if (known != null) {
			succeeded(known);
			return;
		}
		SctpMultiPort port = this.endpoint.dialingPort();
		try {
			if (port != null) {
				this.attempt = port.dial(address, this, this.association.opening());
			}
			else {
				connect(address);
			}
		}
		catch (IOException | RuntimeException ex) {
			if (port != null && ex instanceof BindException) {
				logger.debug("Between this port and {} the association before still ends: {}", address,
						ex.getMessage());
				this.pause = this.endpoint.loop().schedule(() -> begin(address), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
			}
			else {
				failed(address, ex);
			}
		}
	}

	private void connect(InetSocketAddress address) throws IOException {
		SctpChannel channel = SctpSockets.connecting(address.getAddress());
		boolean connected;
		try {
			connected = channel.connect(address);
		}
		catch (IOException | RuntimeException ex) {
			SctpSelection.close(channel);
			throw ex;
		}
		SctpSelection selection = new SctpSelection(this.endpoint.loop(), channel, NioIoOps.CONNECT, () -> {
		});
		this.connecting = selection;
		selection.onReady(() -> finish(channel, selection, address));
		if (connected) {
			finish(channel, selection, address);
		}
	}

	private void finish(SctpChannel channel, SctpSelection selection, InetSocketAddress address) {
		if (this.connecting != selection) {
			return;
		}
		try {
			if (channel.finishConnect()) {
				this.connecting = null;
				succeeded(this.endpoint.connection(channel, selection));
			}
		}
		catch (IOException | RuntimeException ex) {
			selection.close();
			failed(address, ex);
		}
	}

	/**
	 * An attempt came up, and with it the message that it was made with is delivered.
	 * @param message the message
	 */
	void opened(UserMessage message) {
		this.association.opened(message);
	}

	/**
	 * Goes on with an association that came up.
	 * @param connection the association of the kernel
	 */
	void succeeded(SctpConnection connection) {
		stop();
		this.association.up(connection);
	}

	/**
	 * The peer refused an attempt.
	 * @param refused the number of the attempt
	 * @param address the address of the peer
	 */
	void refused(int refused, InetSocketAddress address) {
		if (this.attempt == refused) {
			failed(address, new ConnectException("Connection refused"));
		}
	}

	/**
	 * An attempt is lost, as the port that it was made from is no more.
	 * @param lost the number of the attempt
	 * @param address the address of the peer
	 */
	void again(int lost, InetSocketAddress address) {
		if (this.attempt == lost && isWaiting()) {
			stop();
			this.endpoint.loop().execute(() -> {
				if (isWaiting()) {
					dial(address);
				}
			});
		}
	}

	/**
	 * Ends all attempts. One that the kernel goes on with ends when it comes up.
	 */
	void abandon() {
		stop();
	}

	private void stop() {
		this.attempt = 0;
		if (this.timeout != null) {
			this.timeout.cancel(false);
			this.timeout = null;
		}
		if (this.pause != null) {
			this.pause.cancel(false);
			this.pause = null;
		}
		if (this.connecting != null) {
			this.connecting.close();
			this.connecting = null;
		}
	}

	private void failed(InetSocketAddress address, Exception cause) {
		stop();
		this.failures.add(address, cause);
		tryNext();
	}

}
