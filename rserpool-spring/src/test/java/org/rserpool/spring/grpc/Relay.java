package org.rserpool.spring.grpc;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Stands before a server, and drops everything from some moment on, as a host does that
 * lost its power.
 */
final class Relay implements AutoCloseable {

	/** More than the queue of connections has room for. */
	private static final int WAITING = 6;

	private final List<AutoCloseable> open = new CopyOnWriteArrayList<>();

	private final InetSocketAddress server;

	private final ServerSocket listening;

	private volatile boolean silent;

	Relay(InetSocketAddress server) throws IOException {
		this.server = server;
		this.listening = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
		this.open.add(this.listening);
		start(this::accept);
	}

	InetSocketAddress address() {
		return (InetSocketAddress) this.listening.getLocalSocketAddress();
	}

	/**
	 * Drops what is sent over connections that stand, and takes no other.
	 */
	void fallSilent() throws IOException {
		this.silent = true;
		for (int number = 0; number < WAITING; number++) {
			SocketChannel waiting = SocketChannel.open();
			this.open.add(waiting);
			waiting.configureBlocking(false);
			waiting.connect(this.listening.getLocalSocketAddress());
		}
	}

	private void accept() throws IOException {
		while (!this.silent) {
			Socket here = this.listening.accept();
			Socket there = new Socket(this.server.getAddress(), this.server.getPort());
			this.open.add(here);
			this.open.add(there);
			start(() -> pump(here, there));
			start(() -> pump(there, here));
		}
	}

	private void pump(Socket from, Socket to) throws IOException {
		byte[] octets = new byte[4096];
		try (InputStream in = from.getInputStream(); OutputStream out = to.getOutputStream()) {
			int count = in.read(octets);
			while (count >= 0 && !this.silent) {
				out.write(octets, 0, count);
				count = in.read(octets);
			}
			while (this.silent && count >= 0) {
				count = in.read(octets);
			}
		}
	}

	private void start(Work work) {
		Thread thread = new Thread(() -> {
			try {
				work.run();
			}
			catch (IOException ex) {
				// A side was closed, and so this ends.
				return;
			}
		}, "relay");
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void close() throws Exception {
		for (AutoCloseable each : this.open) {
			each.close();
		}
	}

	private interface Work {

		void run() throws IOException;

	}

}
