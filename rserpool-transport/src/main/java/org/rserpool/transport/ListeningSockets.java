package org.rserpool.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.util.ArrayList;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.rserpool.runtime.EndpointException;
import org.rserpool.runtime.SocketAddresses;

/**
 * Binds sockets that listen, all at the same port.
 */
final class ListeningSockets {

	private static final Logger logger = LoggerFactory.getLogger(ListeningSockets.class);

	private static final int BACKLOG = 1024;

	/** How often a port is drawn until all addresses have it free. */
	private static final int DRAWS = 16;

	private ListeningSockets() {
	}

	static List<ServerSocketChannel> bind(List<InetSocketAddress> addresses) {
		int port = addresses.get(0).getPort();
		for (InetSocketAddress address : addresses) {
			if (address.getPort() != port) {
				throw new EndpointException("Cannot listen at " + SocketAddresses.text(addresses)
						+ " over TCP: an endpoint has one port for all its addresses");
			}
		}
		int draws = (port == 0 && addresses.size() > 1) ? DRAWS : 1;
		while (true) {
			draws--;
			try {
				return bindAll(addresses, port);
			}
			catch (EndpointException ex) {
				if (draws == 0) {
					throw ex;
				}
				logger.debug("Another port is drawn", ex);
			}
		}
	}

	private static List<ServerSocketChannel> bindAll(List<InetSocketAddress> addresses, int wantedPort) {
		List<ServerSocketChannel> bound = new ArrayList<>();
		int port = wantedPort;
		for (InetSocketAddress address : addresses) {
			InetSocketAddress wanted = new InetSocketAddress(address.getAddress(), port);
			try {
				ServerSocketChannel socket = bindOne(address.isUnresolved() ? address : wanted);
				bound.add(socket);
				port = ((InetSocketAddress) socket.getLocalAddress()).getPort();
			}
			catch (IOException | UnresolvedAddressException ex) {
				bound.forEach(ListeningSockets::close);
				throw new EndpointException(
						"Cannot listen at " + SocketAddresses.text(address.isUnresolved() ? address : wanted)
								+ " over TCP: " + Causes.text(ex),
						ex);
			}
		}
		return bound;
	}

	private static ServerSocketChannel bindOne(InetSocketAddress address) throws IOException {
		ServerSocketChannel socket = ServerSocketChannel.open();
		try {
			socket.setOption(StandardSocketOptions.SO_REUSEADDR, true);
			socket.bind(address, BACKLOG);
			socket.configureBlocking(false);
			return socket;
		}
		catch (IOException | RuntimeException ex) {
			close(socket);
			throw ex;
		}
	}

	private static void close(ServerSocketChannel socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			logger.warn("A socket that listens could not be closed", ex);
		}
	}

}
