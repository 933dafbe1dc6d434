package org.rserpool.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.SelectableChannel;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.Set;

import com.sun.nio.sctp.SctpChannel;
import com.sun.nio.sctp.SctpMultiChannel;
import com.sun.nio.sctp.SctpServerChannel;
import com.sun.nio.sctp.SctpStandardSocketOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.rserpool.runtime.EndpointException;
import org.rserpool.runtime.SocketAddresses;

/**
 * Opens SCTP sockets.
 */
final class SctpSockets {

	private static final Logger logger = LoggerFactory.getLogger(SctpSockets.class);

	private static final int BACKLOG = 1024;

	/** How often a port is drawn until all addresses have it free. */
	private static final int DRAWS = 16;

	/** How many streams each side may use; the peer may allow fewer. */
	private static final int STREAMS = 64;

	/**
	 * What any kernel takes as one message; the longest one of ASAP and ENRP is shorter.
	 */
	static final int MIN_BUFFER = 65_536;

	/** How much waits at most to be sent or read; the kernel may allow less. */
	private static final int BUFFER = 1 << 20;

	private SctpSockets() {
	}

	/**
	 * Opens a socket that listens, and from which associations are set up as well.
	 */
	static SctpMultiChannel multi(List<InetSocketAddress> addresses) {
		return bound(addresses, (first, others) -> {
			SctpMultiChannel channel = SctpMultiChannel.open();
			try {
				channel.configureBlocking(false);
				channel.setOption(SctpStandardSocketOptions.SO_SNDBUF, BUFFER, null);
				channel.setOption(SctpStandardSocketOptions.SO_RCVBUF, BUFFER, null);
				channel.bind(first, BACKLOG);
				for (InetAddress other : others) {
					channel.bindAddress(other);
				}
				return channel;
			}
			catch (IOException | RuntimeException ex) {
				SctpSelection.close(channel);
				throw ex;
			}
		});
	}

	/**
	 * Opens a socket that only listens.
	 */
	static SctpServerChannel server(List<InetSocketAddress> addresses) {
		return bound(addresses, (first, others) -> {
			SctpServerChannel channel = SctpServerChannel.open();
			try {
				channel.configureBlocking(false);
				channel.setOption(SctpStandardSocketOptions.SCTP_INIT_MAXSTREAMS,
						SctpStandardSocketOptions.InitMaxStreams.create(STREAMS, STREAMS));
				channel.bind(first, BACKLOG);
				for (InetAddress other : others) {
					channel.bindAddress(other);
				}
				return channel;
			}
			catch (IOException | RuntimeException ex) {
				SctpSelection.close(channel);
				throw ex;
			}
		});
	}

	/**
	 * Opens a socket to connect to a peer, which learns no address that means nothing to
	 * it.
	 */
	static SctpChannel connecting(InetAddress peer) throws IOException {
		SctpChannel channel = SctpChannel.open();
		try {
			channel.configureBlocking(false);
			channel.setOption(SctpStandardSocketOptions.SO_RCVBUF, BUFFER);
			channel.setOption(SctpStandardSocketOptions.SCTP_INIT_MAXSTREAMS,
					SctpStandardSocketOptions.InitMaxStreams.create(STREAMS, STREAMS));
			List<InetAddress> own = SctpAddresses.towards(peer);
			if (!own.isEmpty()) {
				channel.bind(new InetSocketAddress(own.get(0), 0));
				for (InetAddress other : own.subList(1, own.size())) {
					channel.bindAddress(other);
				}
			}
			return channel;
		}
		catch (IOException | RuntimeException ex) {
			SctpSelection.close(channel);
			throw ex;
		}
	}

	/**
	 * Sets the options of a socket that has an association. Should the process die, the
	 * peer is told that the association is aborted, not that it ended in order.
	 */
	static void prepare(SctpChannel channel) throws IOException {
		channel.configureBlocking(false);
		channel.setOption(SctpStandardSocketOptions.SCTP_NODELAY, true);
		channel.setOption(SctpStandardSocketOptions.SO_SNDBUF, BUFFER);
		channel.setOption(SctpStandardSocketOptions.SO_LINGER, 0);
	}

	static int port(Set<SocketAddress> addresses) {
		return addresses.stream().mapToInt((address) -> ((InetSocketAddress) address).getPort()).findFirst().orElse(0);
	}

	private static <C extends SelectableChannel> C bound(List<InetSocketAddress> addresses, Binder<C> binder) {
		InetSocketAddress first = addresses.get(0);
		for (InetSocketAddress address : addresses) {
			if (address.getPort() != first.getPort()) {
				throw new EndpointException("Cannot listen at " + SocketAddresses.text(addresses)
						+ " over SCTP: an endpoint has one port for all its addresses");
			}
			if (address.isUnresolved()) {
				throw cannotListen(addresses, new UnresolvedAddressException());
			}
		}
		List<InetAddress> others = addresses.stream().skip(1).map(InetSocketAddress::getAddress).distinct().toList();
		int draws = (first.getPort() == 0 && !others.isEmpty()) ? DRAWS : 1;
		while (true) {
			draws--;
			try {
				return binder.bind(first, others);
			}
			catch (IOException | RuntimeException ex) {
				if (draws == 0) {
					throw cannotListen(addresses, ex);
				}
				logger.debug("Another port is drawn", ex);
			}
		}
	}

	private static EndpointException cannotListen(List<InetSocketAddress> addresses, Exception cause) {
		return new EndpointException(
				"Cannot listen at " + SocketAddresses.text(addresses) + " over SCTP: " + Causes.text(cause), cause);
	}

	/**
	 * Opens a channel and binds it.
	 *
	 * @param <C> the type of the channel
	 */
	private interface Binder<C> {

		C bind(InetSocketAddress first, List<InetAddress> others) throws IOException;

	}

}
