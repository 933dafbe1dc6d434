package org.rserpool.rpc;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.rserpool.runtime.Association;
import org.rserpool.runtime.DownReason;
import org.rserpool.runtime.Endpoint;
import org.rserpool.runtime.EndpointListener;
import org.rserpool.runtime.EndpointSpecification;
import org.rserpool.runtime.TransportProtocol;

/**
 * Surroundings in virtual time, in which addresses take connections, refuse them, or,
 * where nothing is said of them, are silent.
 */
class VirtualNetwork extends VirtualRuntime {

	private final Map<String, Boolean> answers = new HashMap<>();

	private int connections;

	void answer(String address) {
		this.answers.put(address, true);
	}

	void refuse(String address) {
		this.answers.put(address, false);
	}

	void silence(String address) {
		this.answers.remove(address);
	}

	/**
	 * Return how often one of some addresses was connected to.
	 */
	int connections() {
		return this.connections;
	}

	@Override
	public Endpoint open(EndpointSpecification specification, EndpointListener listener) {
		return new Endpoint() {

			@Override
			public TransportProtocol protocol() {
				return specification.protocol();
			}

			@Override
			public List<InetSocketAddress> localAddresses() {
				return List.of();
			}

			@Override
			public Association associate(List<InetSocketAddress> peer) {
				VirtualNetwork.this.connections++;
				Connection connection = new Connection();
				connect(connection, peer, listener);
				return connection;
			}

			@Override
			public void stopListening() {
			}

			@Override
			public void close() {
			}

		};
	}

	private void connect(Connection connection, List<InetSocketAddress> peer, EndpointListener listener) {
		boolean silent = false;
		for (InetSocketAddress address : peer) {
			Boolean answer = this.answers.get(address.getAddress().getHostAddress() + ":" + address.getPort());
			silent |= answer == null;
			if (Boolean.TRUE.equals(answer)) {
				schedule(Duration.ofMillis(silent ? 100 : 1), () -> {
					connection.peer = address;
					listener.up(connection);
				});
				return;
			}
		}
		if (!silent) {
			schedule(Duration.ofMillis(1), () -> listener.down(connection, DownReason.CANNOT_START, "refused"));
		}
	}

	private static final class Connection extends FakeAssociation {

		private InetSocketAddress peer = PEER;

		@Override
		public List<InetSocketAddress> peerAddresses() {
			return List.of(this.peer);
		}

	}

}
