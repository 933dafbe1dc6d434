package org.rserpool.spring.element;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import org.rserpool.rpc.RSerPoolNode;
import org.rserpool.rpc.RegisteredElement;
import org.rserpool.wire.PolicyField;
import org.rserpool.wire.PoolHandle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;

/**
 * Registers the pool elements of an application context, and lets them leave their pools
 * before anything else stops: each is deregistered, and then its calls in progress end,
 * while the application still works.
 *
 * @since 0.1
 */
public class PoolElementRegistry implements SmartLifecycle {

	/**
	 * Starts after, and stops before, all that serves requests: 512 phases above that in
	 * which a web server of Spring Boot shuts down gracefully, which is
	 * {@code Integer.MAX_VALUE - 1024}.
	 */
	public static final int PHASE = Integer.MAX_VALUE - 1024 + 512;

	private static final Logger logger = LoggerFactory.getLogger(PoolElementRegistry.class);

	private final ReentrantLock lock = new ReentrantLock();

	private final PoolElementDiscoverer discoverer;

	private final Supplier<RSerPoolNode> node;

	private final Map<PoolHandle, PoolElementContainer> containers = new LinkedHashMap<>();

	private final LoadReports reports;

	private final ProcessHold hold = new ProcessHold();

	private boolean discovered;

	private boolean wanted;

	private volatile boolean running;

	/**
	 * Makes a registry.
	 * @param discoverer finds the pool elements
	 * @param node registers them; not asked for if there are none
	 * @param registerOnStart whether they join their pools when the context starts, or
	 * only by {@link #register()}
	 */
	public PoolElementRegistry(PoolElementDiscoverer discoverer, Supplier<RSerPoolNode> node, boolean registerOnStart) {
		this(discoverer, node, registerOnStart, LoadProviders::inFlight);
	}

	/**
	 * Makes a registry.
	 * @param discoverer finds the pool elements
	 * @param node registers them; not asked for if there are none
	 * @param registerOnStart whether they join their pools when the context starts, or
	 * only by {@link #register()}; for those that do not say otherwise by their
	 * {@link Registration}
	 * @param loadProvider has what measures the load of elements that name nothing
	 */
	public PoolElementRegistry(PoolElementDiscoverer discoverer, Supplier<RSerPoolNode> node, boolean registerOnStart,
			Supplier<LoadProvider> loadProvider) {
		this.discoverer = discoverer;
		this.node = node;
		this.wanted = registerOnStart;
		this.reports = new LoadReports(loadProvider);
	}

	@Override
	public void start() {
		this.lock.lock();
		try {
			if (!this.discovered) {
				this.discoverer.discover().forEach(this::add);
				this.discovered = true;
			}
			this.running = true;
			if (!this.containers.isEmpty()) {
				this.hold.hold();
			}
			this.containers.values().stream().filter(this::joins).forEach(PoolElementContainer::register);
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean joins(PoolElementContainer container) {
		return this.wanted || container.endpoint().settings().registration() != Registration.ON_READY;
	}

	/**
	 * Lets all elements join their pools, now if the registry runs, or else when it
	 * starts; but for those that are drained.
	 */
	public void register() {
		this.lock.lock();
		try {
			this.wanted = true;
			if (this.running) {
				this.containers.values().forEach(PoolElementContainer::register);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Adds an element that is no annotated bean. It is registered when the others are.
	 * @param endpoint the element
	 * @throws IllegalStateException if there is another one for its pool already
	 */
	public void register(PoolElementEndpoint endpoint) {
		this.lock.lock();
		try {
			PoolElementContainer container = add(endpoint);
			if (this.running) {
				this.hold.hold();
				if (joins(container)) {
					container.register();
				}
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Lets all elements leave their pools, until {@link #register()}. Calls in progress
	 * go on.
	 */
	public void deregister() {
		this.lock.lock();
		try {
			this.wanted = false;
			this.containers.values().forEach(PoolElementContainer::deregister);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Lets an element leave its pool, and stay out of it until {@link #undrain}. The
	 * application goes on.
	 * @param pool its pool
	 * @return done when its calls in progress ended, or their time is up
	 * @throws IllegalArgumentException if there is no element of that pool
	 */
	public CompletableFuture<Void> drain(PoolHandle pool) {
		this.lock.lock();
		try {
			PoolElementContainer container = container(pool);
			container.drained(true);
			return container.drain();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Lets an element join its pool again that was drained, or that waits to be told. If
	 * the application does not accept traffic, it joins when it does.
	 * @param pool its pool
	 * @throws IllegalArgumentException if there is no element of that pool
	 */
	public void undrain(PoolHandle pool) {
		this.lock.lock();
		try {
			PoolElementContainer container = container(pool);
			container.drained(false);
			if (this.running && joins(container)) {
				container.register();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Changes the weight or the priority of an element while it runs: it registers again
	 * with it at once, and pool users learn of it when they ask again. It holds until it
	 * is changed again, or the application ends.
	 * @param pool its pool
	 * @param field {@link PolicyField#WEIGHT} or {@link PolicyField#PRIORITY}, whichever
	 * the policy of the pool has
	 * @param value from 0 to 4294967295; with the weight 0 it serves no new calls
	 * @throws IllegalArgumentException if there is no element of that pool, its policy
	 * does not have that, or the value is out of range
	 */
	public void change(PoolHandle pool, PolicyField field, long value) {
		if (field != PolicyField.WEIGHT && field != PolicyField.PRIORITY) {
			throw new IllegalArgumentException(
					"The weight and the priority of an element can be changed, not its " + field);
		}
		this.lock.lock();
		try {
			container(pool).change(field, value);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Return how the elements of the application stand.
	 * @return one for each, in or out of its pool
	 */
	public List<PoolElementStatus> status() {
		this.lock.lock();
		try {
			return this.containers.values().stream().map(PoolElementContainer::status).toList();
		}
		finally {
			this.lock.unlock();
		}
	}

	private PoolElementContainer container(PoolHandle pool) {
		PoolElementContainer container = this.containers.get(pool);
		if (container == null) {
			throw new IllegalArgumentException("This application has no element of pool '" + pool
					+ "'; it has elements of " + this.containers.keySet());
		}
		return container;
	}

	/**
	 * Return the elements that joined their pools or are about to.
	 * @return the elements
	 */
	public List<RegisteredElement> elements() {
		this.lock.lock();
		try {
			return this.containers.values()
				.stream()
				.map(PoolElementContainer::element)
				.filter(Objects::nonNull)
				.toList();
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void stop(Runnable callback) {
		drainAll().whenComplete((done, failure) -> {
			if (failure != null) {
				logger.error("The pool elements could not leave their pools as they should", failure);
			}
			callback.run();
		});
	}

	/**
	 * Lets all elements leave their pools, and waits for the calls in progress as long as
	 * each may.
	 */
	@Override
	public void stop() {
		drainAll().join();
	}

	private CompletableFuture<Void> drainAll() {
		this.lock.lock();
		try {
			this.running = false;
			List<CompletableFuture<Void>> drained = new ArrayList<>();
			this.containers.values().forEach((container) -> drained.add(container.drain()));
			this.reports.stop();
			return CompletableFuture.allOf(drained.toArray(CompletableFuture<?>[]::new))
				.whenComplete((done, failure) -> this.hold.release());
		}
		finally {
			this.lock.unlock();
		}
	}

	private PoolElementContainer add(PoolElementEndpoint endpoint) {
		PoolElementContainer other = this.containers.get(endpoint.pool());
		if (other != null && other.endpoint().service().equals(endpoint.service())) {
			return other;
		}
		if (other != null) {
			throw new IllegalStateException("The beans '" + other.endpoint().source() + "' and '" + endpoint.source()
					+ "' cannot both be the @PoolElement of pool '" + endpoint.pool()
					+ "'; let one bean offer the interfaces of both, or name another pool");
		}
		PoolElementContainer container = new PoolElementContainer(endpoint, this.node.get(), this.reports);
		this.containers.put(endpoint.pool(), container);
		return container;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

	@Override
	public boolean isPauseable() {
		return true;
	}

}
