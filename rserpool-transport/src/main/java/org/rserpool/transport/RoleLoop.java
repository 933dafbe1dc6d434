package org.rserpool.transport;

import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import io.netty.channel.IoEventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.netty.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.rserpool.runtime.Endpoint;
import org.rserpool.runtime.EndpointException;
import org.rserpool.runtime.EndpointListener;
import org.rserpool.runtime.EndpointSpecification;
import org.rserpool.runtime.MulticastGroup;
import org.rserpool.runtime.MulticastListener;
import org.rserpool.runtime.MulticastSpecification;
import org.rserpool.runtime.NameResolution;
import org.rserpool.runtime.RoleRuntime;
import org.rserpool.runtime.Timer;
import org.rserpool.runtime.TransportProtocol;

/**
 * A loop of one thread, on which roles live: it runs their timers, carries their messages
 * and runs what other threads hand to it. Everything of {@link RoleRuntime} is to be
 * called on the loop itself; {@link #execute}, {@link #call} and {@link #close} from any
 * thread. The thread is a daemon.
 *
 * @since 0.1
 */
public final class RoleLoop implements RoleRuntime, Executor, AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(RoleLoop.class);

	private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

	private final String name;

	private final MultiThreadIoEventLoopGroup group;

	private final IoEventLoop loop;

	private final SplittableRandom random = new SplittableRandom(new SecureRandom().nextLong());

	private final Map<TransportProtocol, TransportProvider> providers = new EnumMap<>(TransportProtocol.class);

	private final Map<OpenEndpoint, EndpointSpecification.Channel> endpoints = new LinkedHashMap<>();

	private final Set<MulticastSockets> multicast = new LinkedHashSet<>();

	private final SystemNames names;

	private final EndpointInterceptor interceptor;

	private volatile @Nullable Thread thread;

	private RoleLoop(String name, TransportSettings settings) {
		this.name = name;
		this.interceptor = settings.interceptor();
		ThreadFactory threads = this::thread;
		this.group = new MultiThreadIoEventLoopGroup(1, threads, NioIoHandler.newFactory());
		this.loop = this.group.next();
		this.names = new SystemNames(name, this, null);
		for (TransportProvider provider : List.of(new TcpTransport(this.loop, settings),
				new SctpTransport(this.loop, settings))) {
			this.providers.put(provider.protocol(), provider);
		}
	}

	/**
	 * Starts a loop.
	 * @param name the name of its thread, and of its roles in the log
	 * @return the loop, running
	 */
	public static RoleLoop start(String name) {
		return start(name, TransportSettings.defaults());
	}

	/**
	 * Starts a loop.
	 * @param name the name of its thread, and of its roles in the log
	 * @param settings how associations are carried
	 * @return the loop, running
	 */
	public static RoleLoop start(String name, TransportSettings settings) {
		return new RoleLoop(name, settings);
	}

	/**
	 * Return what is missing on this machine to use a transport protocol.
	 * @param protocol the transport protocol
	 * @return what is missing, in words, or {@code null} if it can be used
	 */
	public static @Nullable String missing(TransportProtocol protocol) {
		return (protocol == TransportProtocol.SCTP) ? SctpSupport.missing() : null;
	}

	/**
	 * Runs a task on the loop, later. What it throws is logged.
	 * @param task what to run
	 * @throws RejectedExecutionException if the loop is closed
	 */
	@Override
	public void execute(Runnable task) {
		this.loop.execute(() -> run(task));
	}

	/**
	 * Runs a task on the loop, and waits for its result. On the loop itself the task is
	 * just run.
	 * @param <T> the type of the result
	 * @param task what to run; what it throws is thrown here
	 * @return the result
	 * @throws IllegalStateException if the loop is closed, or the thread is interrupted
	 * while it waits; then the task may or may not run
	 */
	public <T extends @Nullable Object> T call(Supplier<T> task) {
		if (this.loop.inEventLoop()) {
			return task.get();
		}
		CompletableFuture<T> result = new CompletableFuture<>();
		try {
			this.loop.execute(() -> complete(result, task));
		}
		catch (RejectedExecutionException ex) {
			throw new IllegalStateException("Loop " + this.name + " is closed", ex);
		}
		return await(result);
	}

	/**
	 * Return whether the calling thread is the loop's own.
	 * @return whether it is
	 */
	public boolean inLoop() {
		return this.loop.inEventLoop();
	}

	@Override
	public long nanoTime() {
		return System.nanoTime();
	}

	@Override
	public Timer schedule(Duration delay, Runnable task) {
		ScheduledFuture<?> future = this.loop.schedule(() -> run(task), nanos(delay), TimeUnit.NANOSECONDS);
		return () -> future.cancel(false);
	}

	@Override
	public RandomGenerator random() {
		return this.random;
	}

	@Override
	public Endpoint open(EndpointSpecification specification, EndpointListener listener) {
		if (!this.loop.inEventLoop()) {
			throw new IllegalStateException("An endpoint is opened on its loop only, by call or execute");
		}
		return this.interceptor.open(this, specification, listener, this::openOnNetwork);
	}

	private Endpoint openOnNetwork(EndpointSpecification specification, EndpointListener listener) {
		TransportProvider provider = this.providers.get(specification.protocol());
		if (provider == null) {
			throw new EndpointException(specification.protocol() + " is not supported by this runtime");
		}
		OpenEndpoint endpoint = provider.open(specification, new GuardedListener(this.name, listener),
				this.endpoints::remove);
		this.endpoints.put(endpoint, specification.channel());
		return endpoint;
	}

	@Override
	public MulticastGroup join(MulticastSpecification specification, MulticastListener listener) {
		if (!this.loop.inEventLoop()) {
			throw new IllegalStateException("A multicast group is joined on its loop only, by call or execute");
		}
		MulticastSockets group = new MulticastSockets(this.loop, this.name, specification, listener,
				this.multicast::remove);
		this.multicast.add(group);
		group.open();
		return group;
	}

	@Override
	public void resolve(InetSocketAddress name, Consumer<NameResolution> outcome) {
		this.names.resolve(name, outcome);
	}

	/**
	 * Returns the associations that are up and carry something, in the order in which
	 * they were made. To be called on any thread.
	 * @param limit how many at most
	 * @return the associations
	 * @throws IllegalStateException if the loop is closed
	 */
	public List<AssociationState> associations(int limit) {
		return call(() -> this.endpoints.entrySet()
			.stream()
			.filter((entry) -> entry.getValue() != EndpointSpecification.Channel.PROBE)
			.flatMap((entry) -> entry.getKey()
				.associations()
				.stream()
				.filter((association) -> !association.localAddresses().isEmpty())
				.map((association) -> AssociationState.of(entry.getValue(), association)))
			.limit(limit)
			.toList());
	}

	/**
	 * Closes all endpoints, and ends the thread. Timers do not run any more. Waits for
	 * that, for 5 s at most, unless called on the loop itself.
	 */
	@Override
	public void close() {
		if (!this.group.isShuttingDown()) {
			try {
				this.loop.execute(this::closeEndpoints);
			}
			catch (RejectedExecutionException ex) {
				logger.debug("Loop {} is closed already", this.name, ex);
			}
			this.group.shutdownGracefully(0, CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
		}
		if (!this.loop.inEventLoop() && !joined()) {
			logger.warn("Loop {} did not end within {} s: its role is still busy", this.name,
					CLOSE_TIMEOUT.toSeconds());
		}
	}

	private void closeEndpoints() {
		List.copyOf(this.endpoints.keySet()).forEach(Endpoint::close);
		List.copyOf(this.multicast).forEach(MulticastSockets::close);
		this.names.close();
	}

	private void run(Runnable task) {
		try {
			task.run();
		}
		catch (RuntimeException | LinkageError ex) {
			logger.error("A task of {} failed", this.name, ex);
		}
	}

	private <T extends @Nullable Object> T await(CompletableFuture<T> result) {
		while (true) {
			try {
				return result.get(1, TimeUnit.SECONDS);
			}
			catch (TimeoutException ex) {
				if (this.group.isTerminated() && !result.isDone()) {
					throw new IllegalStateException("Loop " + this.name + " was closed", ex);
				}
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new IllegalStateException("Interrupted while waiting for loop " + this.name, ex);
			}
			catch (ExecutionException ex) {
				throw rethrown(ex);
			}
		}
	}

	private static <T extends @Nullable Object> void complete(CompletableFuture<T> result, Supplier<T> task) {
		try {
			result.complete(task.get());
		}
		catch (RuntimeException | Error ex) {
			result.completeExceptionally(ex);
		}
	}

	private static RuntimeException rethrown(ExecutionException failure) {
		if (failure.getCause() instanceof Error error) {
			throw error;
		}
		return (failure.getCause() instanceof RuntimeException cause) ? cause : new IllegalStateException(failure);
	}

	private static long nanos(Duration delay) {
		try {
			return Math.max(0, delay.toNanos());
		}
		catch (ArithmeticException ex) {
			return delay.isNegative() ? 0 : Long.MAX_VALUE / 2;
		}
	}

	private Thread thread(Runnable task) {
		Thread created = new FastThreadLocalThread(task, this.name);
		created.setDaemon(true);
		this.thread = created;
		return created;
	}

	/**
	 * Waits for the end of the thread.
	 * @return {@code false} if it did not end in time
	 */
	private boolean joined() {
		Thread running = this.thread;
		if (running == null) {
			return true;
		}
		try {
			running.join(CLOSE_TIMEOUT.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return true;
		}
		return !running.isAlive();
	}

	@Override
	public String toString() {
		return this.name;
	}

}
