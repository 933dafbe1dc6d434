package org.rserpool.test.embedded;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import org.rserpool.registrar.RegistrarListener;
import org.rserpool.registrar.RegistrarRole;
import org.rserpool.registrar.RegistrarSettings;
import org.rserpool.registrar.RegistrarSnapshot;
import org.rserpool.runtime.SocketAddresses;
import org.rserpool.transport.EndpointInterceptor;
import org.rserpool.transport.RoleLoop;
import org.rserpool.transport.TransportSettings;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;

/**
 * A registrar within this process, for tests: the real one, on the real network, at free
 * ports of the loopback address, on a thread of its own. It announces nothing, and no
 * other registrar finds it that is not told. Any thread may use it.
 *
 * @since 0.1
 */
public final class EmbeddedRegistrar implements AutoCloseable {

	private final RegistrarSettings settings;

	private final TransportSettings transport;

	private volatile @Nullable Running running;

	private EmbeddedRegistrar(RegistrarSettings.Builder settings, TransportSettings transport) {
		this.transport = transport;
		Running first = begin(settings.build());
		this.running = first;
		RegistrarSnapshot started = first.ask(RegistrarRole::snapshot);
		this.settings = settings.asapListen(started.asapAddresses()).enrpListen(started.enrpAddresses()).build();
	}

	/**
	 * Starts a registrar that knows no other one.
	 * @return the registrar, running
	 */
	public static EmbeddedRegistrar start() {
		return builder().start();
	}

	/**
	 * Starts to make a registrar.
	 * @return the builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Return where pool elements and pool users reach the registrar. It stays the same
	 * when the registrar is started again.
	 * @return the address for ASAP
	 */
	public InetSocketAddress address() {
		return this.settings.asapListen().get(0);
	}

	/**
	 * Return where pool elements and pool users reach the registrar, as the property
	 * {@code rserpool.registrars} takes it.
	 * @return the address, as host:port
	 */
	public String hostAndPort() {
		InetSocketAddress address = address();
		return SocketAddresses.text(address.getAddress(), address.getPort());
	}

	/**
	 * Return what the registrar knows at this moment.
	 * @return its handlespace, its state and its peers
	 * @throws IllegalStateException if it does not run
	 */
	public RegistrarSnapshot handlespace() {
		return running().ask(RegistrarRole::snapshot);
	}

	/**
	 * Return the elements of a pool.
	 * @param pool the pool handle, as text
	 * @return the elements, in the order of their identifiers; none if there is no such
	 * pool
	 * @throws IllegalStateException if the registrar does not run
	 */
	public List<PoolElement> elements(String pool) {
		PoolHandle handle = PoolHandle.of(pool);
		return handlespace().pools()
			.stream()
			.filter((candidate) -> candidate.handle().equals(handle))
			.flatMap((found) -> found.elements().stream())
			.toList();
	}

	/**
	 * Return how often what happened.
	 * @return the counters, by name
	 * @throws IllegalStateException if the registrar does not run
	 */
	public Map<String, Long> counters() {
		return running().ask(RegistrarRole::counters);
	}

	/**
	 * Return whether the registrar runs.
	 * @return {@code false} after a crash, and once closed
	 */
	public boolean isRunning() {
		return this.running != null;
	}

	/**
	 * Ends the registrar as if its process was killed: it tells nobody, and forgets what
	 * it knows. Does nothing if it does not run.
	 */
	public synchronized void crash() {
		Running ended = this.running;
		this.running = null;
		if (ended != null) {
			ended.loop().close();
		}
	}

	/**
	 * Starts the registrar again after a crash, at the same addresses, with an empty
	 * handlespace.
	 * @throws IllegalStateException if it runs
	 */
	public synchronized void restart() {
		if (this.running != null) {
			throw new IllegalStateException(this + " runs already");
		}
		this.running = begin(this.settings);
	}

	/**
	 * Stops the registrar; those that have an association with it learn of that. Does
	 * nothing if it does not run.
	 */
	@Override
	public synchronized void close() {
		Running stopping = this.running;
		if (stopping != null) {
			stopping.ask((role) -> {
				role.stop();
				return true;
			});
			crash();
		}
	}

	private Running begin(RegistrarSettings started) {
		RoleLoop loop = RoleLoop.start("embedded registrar", this.transport);
		try {
			return loop.call(() -> {
				RegistrarRole role = new RegistrarRole(loop, started, new RegistrarListener() {
				});
				role.start();
				return new Running(loop, role);
			});
		}
		catch (RuntimeException ex) {
			loop.close();
			throw ex;
		}
	}

	private Running running() {
		Running now = this.running;
		if (now == null) {
			throw new IllegalStateException(this + " does not run");
		}
		return now;
	}

	@Override
	public String toString() {
		return "The embedded registrar at " + hostAndPort();
	}

	/**
	 * Makes a registrar.
	 */
	public static final class Builder {

		private final List<InetSocketAddress> peers = new ArrayList<>();

		private Consumer<RegistrarSettings.Builder> customizer = (settings) -> {
		};

		private EndpointInterceptor interceptor = EndpointInterceptor.NONE;

		private Builder() {
		}

		/**
		 * Has the registrar join the operation scope of another one.
		 * @param peer a registrar that runs
		 * @return this builder
		 */
		public Builder peer(EmbeddedRegistrar peer) {
			this.peers.addAll(peer.handlespace().enrpAddresses());
			return this;
		}

		/**
		 * Changes the settings of the registrar.
		 * @param change changes them
		 * @return this builder
		 */
		public Builder settings(Consumer<RegistrarSettings.Builder> change) {
			this.customizer = this.customizer.andThen(change);
			return this;
		}

		/**
		 * Puts a network that breaks between the registrar and those that it sets up
		 * associations to: its peers, and pool elements that it took over.
		 * @param network such as a {@link org.rserpool.test.fault.FaultyNetwork}
		 * @return this builder
		 */
		public Builder network(EndpointInterceptor network) {
			this.interceptor = network;
			return this;
		}

		/**
		 * Starts the registrar.
		 * @return the registrar, running
		 */
		public EmbeddedRegistrar start() {
			InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
			RegistrarSettings.Builder settings = RegistrarSettings.fast()
				.asapListen(List.of(free))
				.enrpListen(List.of(free))
				.peers(this.peers);
			this.customizer.accept(settings);
			return new EmbeddedRegistrar(settings, TransportSettings.defaults().withInterceptor(this.interceptor));
		}

	}

	private record Running(RoleLoop loop, RegistrarRole role) {

		<T> T ask(Function<RegistrarRole, T> question) {
			return this.loop.call(() -> question.apply(this.role));
		}

	}

}
