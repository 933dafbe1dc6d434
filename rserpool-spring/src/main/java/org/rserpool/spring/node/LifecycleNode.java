package org.rserpool.spring.node;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.rserpool.hunt.HuntFailure;
import org.rserpool.rpc.DataElementSpecification;
import org.rserpool.rpc.ElementSelector;
import org.rserpool.rpc.ElementSpecification;
import org.rserpool.rpc.KnownRegistrar;
import org.rserpool.rpc.NodeExtension;
import org.rserpool.rpc.NodeRoles;
import org.rserpool.rpc.OpenSession;
import org.rserpool.rpc.RSerPoolException;
import org.rserpool.rpc.RSerPoolNode;
import org.rserpool.rpc.RegisteredElement;
import org.rserpool.rpc.RpcClient;
import org.rserpool.transport.AssociationState;
import org.rserpool.user.CachedPool;

import org.springframework.context.SmartLifecycle;

/**
 * A node that starts and stops with its application context: before the first pool
 * element is registered, and after the last has left. Whoever calls a pool earlier, such
 * as a bean while it is initialized, starts it then.
 *
 * @since 0.1
 */
public class LifecycleNode implements RSerPoolNode, SmartLifecycle {

	/**
	 * Starts before, and stops after, all that serves requests: the phase in which a web
	 * server of Spring Boot starts and stops.
	 */
	public static final int PHASE = Integer.MAX_VALUE - 2048;

	private static final long POLL_NANOS = 20_000_000;

	private final ReentrantLock lock = new ReentrantLock();

	private final NodeFactory factory;

	private final BooleanSupplier needed;

	private final @Nullable Duration patience;

	private @Nullable RSerPoolNode node;

	private boolean stopped;

	/**
	 * Makes a node that does not run yet.
	 * @param factory starts it
	 * @param needed whether it starts with the context; if not, only when it is used
	 */
	public LifecycleNode(NodeFactory factory, BooleanSupplier needed) {
		this(factory, needed, null);
	}

	/**
	 * Makes a node that does not run yet.
	 * @param factory starts it
	 * @param needed whether it starts with the context; if not, only when it is used
	 * @param patience how long the start of the context waits for a registrar before it
	 * fails, or {@code null} if it neither waits nor fails
	 */
	public LifecycleNode(NodeFactory factory, BooleanSupplier needed, @Nullable Duration patience) {
		this.factory = factory;
		this.needed = needed;
		this.patience = patience;
	}

	@Override
	public void start() {
		this.lock.lock();
		try {
			this.stopped = false;
			if (this.needed.getAsBoolean()) {
				awaitHome(node());
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private void awaitHome(RSerPoolNode started) {
		Duration limit = this.patience;
		if (limit == null) {
			return;
		}
		long end = System.nanoTime() + limit.toNanos();
		while (started.home() == null) {
			if (System.nanoTime() - end >= 0 || Thread.currentThread().isInterrupted()) {
				List<HuntFailure> failures = started.registrarFailures();
				this.node = null;
				started.close();
				throw new RegistrarUnreachableException("No registrar answered within " + limit.toMillis() + " ms",
						failures);
			}
			LockSupport.parkNanos(POLL_NANOS);
		}
	}

	@Override
	public void stop() {
		RSerPoolNode stopping;
		this.lock.lock();
		try {
			stopping = this.node;
			this.node = null;
			this.stopped = true;
		}
		finally {
			this.lock.unlock();
		}
		if (stopping != null) {
			stopping.close();
		}
	}

	@Override
	public boolean isRunning() {
		return running() != null;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

	/**
	 * Return whether a registrar can be found at all.
	 * @return {@code false} if none is configured, and none is listened for
	 */
	public boolean canHunt() {
		return this.factory.canHunt();
	}

	@Override
	public RpcClient client() {
		return node().client();
	}

	@Override
	public ElementSelector selector() {
		return node().selector();
	}

	@Override
	public RegisteredElement register(DataElementSpecification specification) {
		return node().register(specification);
	}

	@Override
	public RegisteredElement register(ElementSpecification specification) {
		return node().register(specification);
	}

	@Override
	public <T extends NodeExtension> T extension(Class<T> type, Function<NodeRoles, T> extensionFactory) {
		return node().extension(type, extensionFactory);
	}

	@Override
	public @Nullable HomeRegistrar home() {
		RSerPoolNode current = running();
		return (current != null) ? current.home() : null;
	}

	@Override
	public List<HuntFailure> registrarFailures() {
		RSerPoolNode current = running();
		return (current != null) ? current.registrarFailures() : List.of();
	}

	@Override
	public List<KnownRegistrar> registrars(int limit) {
		RSerPoolNode current = running();
		return (current != null) ? current.registrars(limit) : List.of();
	}

	@Override
	public List<OpenSession> sessions(int limit) {
		RSerPoolNode current = running();
		return (current != null) ? current.sessions(limit) : List.of();
	}

	@Override
	public @Nullable Duration homeLostFor() {
		RSerPoolNode current = running();
		return (current != null) ? current.homeLostFor() : null;
	}

	@Override
	public List<RegisteredElement> elements() {
		RSerPoolNode current = running();
		return (current != null) ? current.elements() : List.of();
	}

	@Override
	public Collection<CachedPool> pools() {
		RSerPoolNode current = running();
		return (current != null) ? current.pools() : List.of();
	}

	@Override
	public List<AssociationState> associations(int limit) {
		RSerPoolNode current = running();
		return (current != null) ? current.associations(limit) : List.of();
	}

	@Override
	public void close() {
		stop();
	}

	private @Nullable RSerPoolNode running() {
		this.lock.lock();
		try {
			return this.node;
		}
		finally {
			this.lock.unlock();
		}
	}

	private RSerPoolNode node() {
		this.lock.lock();
		try {
			if (this.stopped) {
				throw new RSerPoolException("The application context is stopped, and its node with it", null, List.of(),
						null);
			}
			RSerPoolNode current = this.node;
			if (current == null) {
				current = this.factory.start();
				this.node = current;
			}
			return current;
		}
		finally {
			this.lock.unlock();
		}
	}

}
