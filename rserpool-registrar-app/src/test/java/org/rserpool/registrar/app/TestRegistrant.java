package org.rserpool.registrar.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Objects;

import org.rserpool.registrar.RegistrarOverview;
import org.rserpool.wire.AsapMessage;
import org.rserpool.wire.Dialect;
import org.rserpool.wire.ElementMetadata;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;
import org.rserpool.wire.Transport;
import org.rserpool.wire.WireCodec;

/**
 * Registers any number of pool elements by one association, and does not read what the
 * registrar says to that.
 */
final class TestRegistrant implements AutoCloseable {

	private final WireCodec codec = new WireCodec(Dialect.RFC);

	private final Socket socket;

	private final OutputStream output;

	TestRegistrant(Registrar registrar) throws IOException {
		RegistrarOverview overview = Objects.requireNonNull(registrar.ask((role) -> role.overview()));
		InetSocketAddress address = overview.asapAddresses().get(0);
		this.socket = new Socket(address.getAddress(), address.getPort());
		this.output = this.socket.getOutputStream();
		Thread drain = new Thread(this::drain, "drain");
		drain.setDaemon(true);
		drain.start();
	}

	private void drain() {
		try (InputStream input = this.socket.getInputStream()) {
			input.transferTo(OutputStream.nullOutputStream());
		}
		catch (IOException ex) {
			if (!this.socket.isClosed()) {
				throw new UncheckedIOException(ex);
			}
		}
	}

	void register(PoolHandle pool, int identifier, MemberSelectionPolicy policy, ElementMetadata metadata)
			throws IOException {
		send(new AsapMessage.Registration(pool,
				new PoolElement(identifier, 0, 600_000,
						new Transport.Tcp(1024 + identifier % 60_000, InetAddress.getLoopbackAddress()), policy, null,
						metadata)));
	}

	void deregister(PoolHandle pool, int identifier) throws IOException {
		send(new AsapMessage.Deregistration(pool, identifier));
	}

	void send(AsapMessage message) throws IOException {
		ByteBuffer encoded = this.codec.encode(message);
		byte[] octets = new byte[(encoded.remaining() + 3) / 4 * 4];
		encoded.get(octets, 0, encoded.remaining());
		this.output.write(octets);
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
