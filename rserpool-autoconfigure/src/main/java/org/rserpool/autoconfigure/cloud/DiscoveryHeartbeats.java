package org.rserpool.autoconfigure.cloud;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.event.HeartbeatEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;

/**
 * Tells the application by heartbeats of what can be discovered: at regular times, and as
 * soon as a registrar says that a pool has changed. The value of a heartbeat differs from
 * the one before only if other instances are known. Where none ever was known, there are
 * no heartbeats.
 */
class DiscoveryHeartbeats implements SmartLifecycle {

	/** How long changes are gathered, so that many at once make one heartbeat. */
	private static final Duration GATHERING = Duration.ofMillis(100);

	private static final Logger logger = LoggerFactory.getLogger(DiscoveryHeartbeats.class);

	private final PoolServiceInstances instances;

	private final ApplicationEventPublisher publisher;

	private final Duration interval;

	/** Whether a look at what has changed is on its way. */
	private final AtomicBoolean looking = new AtomicBoolean();

	private volatile @Nullable ScheduledExecutorService executor;

	private Map<String, Set<ServiceInstance>> seen = Map.of();

	private long value;

	/**
	 * Makes heartbeats that do not run yet.
	 * @param instances what can be discovered
	 * @param publisher takes the heartbeats
	 * @param interval how long to wait from one to the next; 0 for none at all
	 */
	DiscoveryHeartbeats(PoolServiceInstances instances, ApplicationEventPublisher publisher, Duration interval) {
		this.instances = instances;
		this.publisher = publisher;
		this.interval = interval;
	}

	@Override
	public void start() {
		if (this.executor != null || this.interval.isZero() || !this.instances.canFind()) {
			return;
		}
		ScheduledThreadPoolExecutor started = new ScheduledThreadPoolExecutor(1, (task) -> {
			Thread thread = new Thread(task, "rserpool-discovery");
			thread.setDaemon(true);
			return thread;
		});
		this.looking.set(false);
		this.executor = started;
		started.scheduleWithFixedDelay(() -> guarded(this::beat), 0, this.interval.toNanos(), TimeUnit.NANOSECONDS);
	}

	@Override
	public void stop() {
		ScheduledExecutorService stopping = this.executor;
		this.executor = null;
		if (stopping != null) {
			stopping.shutdownNow();
		}
	}

	@Override
	public boolean isRunning() {
		return this.executor != null;
	}

	/**
	 * Asks for all that is of interest, so that registrars go on telling of it, and looks
	 * at what is known then.
	 */
	private void beat() {
		this.instances.refresh();
		this.instances.listen(this::told);
		look(true);
	}

	private void told() {
		ScheduledExecutorService running = this.executor;
		if (running == null || !this.looking.compareAndSet(false, true)) {
			return;
		}
		try {
			running.schedule(() -> guarded(() -> {
				this.looking.set(false);
				look(false);
			}), GATHERING.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (RejectedExecutionException ex) {
			logger.trace("Heartbeats have ended", ex);
		}
	}

	private void look(boolean regular) {
		Map<String, Set<ServiceInstance>> known = this.instances.known();
		boolean changed = !known.equals(this.seen);
		if (changed) {
			this.seen = known;
			this.value++;
		}
		if ((changed || (regular && this.value > 0)) && isRunning()) {
			this.publisher.publishEvent(new HeartbeatEvent(this, this.value));
		}
	}

	/**
	 * Keeps a failure, such as that of who takes a heartbeat, from ending the heartbeats.
	 */
	private void guarded(Runnable task) {
		try {
			task.run();
		}
		catch (RuntimeException ex) {
			if (isRunning()) {
				logger.warn("A heartbeat of the discovery of pools failed; others follow", ex);
			}
		}
	}

}
