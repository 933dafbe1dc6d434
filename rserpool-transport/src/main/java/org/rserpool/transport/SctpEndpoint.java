package org.rserpool.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import com.sun.nio.sctp.SctpChannel;
import io.netty.channel.IoEventLoop;
import io.netty.channel.nio.NioIoOps;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.rserpool.runtime.Association;
import org.rserpool.runtime.DownReason;
import org.rserpool.runtime.Endpoint;
import org.rserpool.runtime.EndpointException;
import org.rserpool.runtime.EndpointSpecification.Channel;
import org.rserpool.runtime.SocketAddresses;
import org.rserpool.runtime.TransportProtocol;

/**
 * One end of associations over SCTP.
 */
final class SctpEndpoint implements OpenEndpoint {

	private static final Logger logger = LoggerFactory.getLogger(SctpEndpoint.class);

	/** The longest message of ASAP and ENRP, with its padding. */
	private static final int MAX_CONTROL_MESSAGE = 65_536;

	private static final int BUFFER = 128 * 1024;

	private final IoEventLoop loop;

	private final TransportSettings settings;

	private final Channel carried;

	private final Framing framing;

	private final GuardedListener listener;

	private final Consumer<Endpoint> onClose;

	private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);

	private final Set<SctpAssociation> associations = new LinkedHashSet<>();

	private final Set<SctpConnection> connections = new LinkedHashSet<>();

	private List<InetSocketAddress> localAddresses = List.of();

	private @Nullable SctpPort port;

	private boolean closed;

	SctpEndpoint(IoEventLoop loop, TransportSettings settings, Channel carried, GuardedListener listener,
			Consumer<Endpoint> onClose) {
		this.loop = loop;
		this.settings = settings;
		this.carried = carried;
		this.framing = Framing.of(carried, settings);
		this.listener = listener;
		this.onClose = onClose;
	}

	/**
	 * Begins to listen. Registrars and pool elements also set associations up from the
	 * port at which they are known; sessions do not, and a socket that only listens ends
	 * them in better order.
	 * @param addresses where, at least one address
	 */
	void listen(List<InetSocketAddress> addresses) {
		try {
			SctpPort opened = (this.carried == Channel.SESSION)
					? new SctpServerPort(this, SctpSockets.server(addresses))
					: new SctpMultiPort(this, SctpSockets.multi(addresses));
			this.port = opened;
			this.localAddresses = addresses.stream()
				.map((address) -> new InetSocketAddress(address.getAddress(), opened.number()))
				.toList();
		}
		catch (IOException ex) {
			throw new EndpointException("Cannot listen at " + SocketAddresses.text(addresses) + " over SCTP: " + ex,
					ex);
		}
	}

	@Override
	public TransportProtocol protocol() {
		return TransportProtocol.SCTP;
	}

	@Override
	public List<InetSocketAddress> localAddresses() {
		return (this.port != null) ? this.localAddresses : List.of();
	}

	@Override
	public Collection<? extends Association> associations() {
		return this.associations;
	}

	@Override
	public Association associate(List<InetSocketAddress> peer) {
		if (peer.isEmpty()) {
			throw new IllegalArgumentException("A peer needs at least one address");
		}
		if (this.closed) {
			throw new IllegalStateException("The endpoint is closed");
		}
		SctpAssociation association = new SctpAssociation(this, true, peer);
		this.associations.add(association);
		this.loop.execute(new SctpDialer(this, association)::tryNext);
		return association;
	}

	@Override
	public void stopListening() {
		SctpPort stopping = this.port;
		if (stopping != null) {
			this.port = null;
			if (this.closed) {
				stopping.close();
			}
			else {
				this.loop.execute(stopping::close);
			}
		}
	}

	@Override
	public void close() {
		if (!this.closed) {
			this.closed = true;
			this.listener.mute();
			stopListening();
			List.copyOf(this.associations).forEach((association) -> association.end(DownReason.ABORTED, "closed"));
			List.copyOf(this.connections).forEach((connection) -> connection.end(DownReason.ABORTED, "closed"));
			this.onClose.accept(this);
		}
	}

	@Override
	public IoEventLoop loop() {
		return this.loop;
	}

	@Override
	public TransportSettings settings() {
		return this.settings;
	}

	@Override
	public Framing framing() {
		return this.framing;
	}

	@Override
	public GuardedListener listener() {
		return this.listener;
	}

	/**
	 * Return the buffer to receive into; what is in it is used up before the next call.
	 */
	ByteBuffer buffer() {
		return this.buffer;
	}

	int maxMessageSize() {
		return (this.carried == Channel.SESSION) ? this.settings.maxMessageSize() : MAX_CONTROL_MESSAGE;
	}

	/**
	 * Return the port that associations are set up from.
	 * @return the port, or {@code null} if the kernel is to draw one
	 */
	@Nullable SctpMultiPort dialingPort() {
		return (this.port instanceof SctpMultiPort multi) ? multi : null;
	}

	/**
	 * Finds the association with a peer from the endpoint's own port.
	 */
	@Nullable SctpConnection connectionWith(InetSocketAddress peer) {
		if (dialingPort() != null) {
			for (SctpConnection connection : this.connections) {
				if (connection.reaches(peer)) {
					return connection;
				}
			}
		}
		return null;
	}

	/**
	 * Takes an association that arrived.
	 */
	void accept(SctpChannel channel, boolean branched) {
		SctpConnection connection = connection(channel, branched);
		if (connection != null) {
			arrived(connection).up(connection);
		}
	}

	/**
	 * Takes an association that is established.
	 * @return the association, or {@code null} if it is gone already
	 */
	@Nullable SctpConnection connection(SctpChannel channel, boolean branched) {
		try {
			channel.configureBlocking(false);
			SctpSelection selection = new SctpSelection(this.loop, channel, NioIoOps.NONE, () -> {
			});
			return started(new SctpConnection(this, channel, selection, branched));
		}
		catch (IOException | RuntimeException ex) {
			logger.debug("An association ended at once", ex);
			SctpSelection.close(channel);
			return null;
		}
	}

	/**
	 * Takes an association that was set up from here.
	 * @throws IOException if it is gone already
	 */
	SctpConnection connection(SctpChannel channel, SctpSelection selection) throws IOException {
		return started(new SctpConnection(this, channel, selection, false));
	}

	private SctpConnection started(SctpConnection connection) {
		this.connections.add(connection);
		connection.start();
		return connection;
	}

	/**
	 * Returns an association for the role, of which it is not told yet.
	 */
	SctpAssociation arrived(SctpConnection connection) {
		SctpAssociation association = new SctpAssociation(this, false, connection.peerAddresses());
		this.associations.add(association);
		return association;
	}

	void ended(SctpAssociation association) {
		this.associations.remove(association);
	}

	void ended(SctpConnection connection) {
		this.connections.remove(connection);
	}

}
