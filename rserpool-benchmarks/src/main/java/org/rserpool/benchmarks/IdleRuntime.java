package org.rserpool.benchmarks;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

import org.rserpool.runtime.Association;
import org.rserpool.runtime.Endpoint;
import org.rserpool.runtime.EndpointListener;
import org.rserpool.runtime.EndpointSpecification;
import org.rserpool.runtime.RoleRuntime;
import org.rserpool.runtime.Timer;
import org.rserpool.runtime.TransportProtocol;
import org.rserpool.runtime.UserMessage;

/**
 * A runtime with real time and one association, whose peer is played by the benchmark.
 * Timers never fire.
 */
final class IdleRuntime implements RoleRuntime {

	private final SplittableRandom random = new SplittableRandom(1);

	private final Association association = new IdleAssociation();

	private @Nullable EndpointListener listener;

	/**
	 * Brings the association up.
	 */
	void up() {
		listener().up(this.association);
	}

	/**
	 * Lets a message arrive.
	 */
	void receive(UserMessage message) {
		listener().message(this.association, message);
	}

	private EndpointListener listener() {
		if (this.listener == null) {
			throw new IllegalStateException("No endpoint is open");
		}
		return this.listener;
	}

	@Override
	public long nanoTime() {
		return System.nanoTime();
	}

	@Override
	public Timer schedule(Duration delay, Runnable task) {
		return () -> {
		};
	}

	@Override
	public RandomGenerator random() {
		return this.random;
	}

	@Override
	public Endpoint open(EndpointSpecification specification, EndpointListener newListener) {
		this.listener = newListener;
		return new IdleEndpoint();
	}

	private final class IdleEndpoint implements Endpoint {

		@Override
		public TransportProtocol protocol() {
			return TransportProtocol.TCP;
		}

		@Override
		public List<InetSocketAddress> localAddresses() {
			return List.of();
		}

		@Override
		public Association associate(List<InetSocketAddress> peer) {
			return IdleRuntime.this.association;
		}

		@Override
		public void stopListening() {
			// Nothing arrives but what the benchmark sends
		}

		@Override
		public void close() {
			IdleRuntime.this.listener = null;
		}

	}

	private static final class IdleAssociation implements Association {

		@Override
		public TransportProtocol protocol() {
			return TransportProtocol.TCP;
		}

		@Override
		public boolean outbound() {
			return true;
		}

		@Override
		public List<InetSocketAddress> peerAddresses() {
			return List.of(new InetSocketAddress(Samples.address(1), 3863));
		}

		@Override
		public List<InetSocketAddress> localAddresses() {
			return List.of();
		}

		@Override
		public SendResult send(UserMessage message) {
			return SendResult.QUEUED;
		}

		@Override
		public void shutdown() {
			abort();
		}

		@Override
		public void abort() {
			throw new IllegalStateException("The association is needed still");
		}

	}

}
