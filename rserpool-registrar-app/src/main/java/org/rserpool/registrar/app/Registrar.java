package org.rserpool.registrar.app;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.rserpool.registrar.RegistrarListener;
import org.rserpool.registrar.RegistrarRole;
import org.rserpool.registrar.RegistrarSettings;
import org.rserpool.registrar.RegistrarSnapshot;
import org.rserpool.transport.RoleLoop;

import org.springframework.context.SmartLifecycle;

/**
 * The registrar on its loop. Starts before the web server, so that a port that is taken
 * ends the application at once, and stops after it. Before it stops, it hands its pool
 * elements over to its peers.
 */
class Registrar implements SmartLifecycle {

	static final int PHASE = Integer.MAX_VALUE - 4096;

	/** What the end of associations takes in addition to the hand-over. */
	private static final Duration GRACE = Duration.ofSeconds(2);

	private final RegistrarSettings settings;

	private final RegistrarListener listener;

	private volatile @Nullable Running running;

	Registrar(RegistrarSettings settings, RegistrarListener listener) {
		this.settings = settings;
		this.listener = listener;
	}

	@Override
	public void start() {
		RoleLoop loop = RoleLoop.start("registrar");
		try {
			this.running = loop.call(() -> {
				RegistrarRole role = new RegistrarRole(loop, this.settings, this.listener);
				role.start();
				return new Running(loop, role);
			});
		}
		catch (RuntimeException ex) {
			loop.close();
			throw ex;
		}
	}

	@Override
	public void stop() {
		Running stopping = this.running;
		this.running = null;
		if (stopping != null) {
			CountDownLatch stopped = new CountDownLatch(1);
			stopping.loop().execute(() -> stopping.role().stop(stopped::countDown));
			try {
				await(stopped);
			}
			finally {
				stopping.loop().close();
			}
		}
	}

	/**
	 * Waits until the pool elements are handed over. The role keeps to its limit; should
	 * it not, then the loop is closed nevertheless.
	 */
	private void await(CountDownLatch stopped) {
		try {
			stopped.await(this.settings.timers().stopTimeout().plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public boolean isRunning() {
		return this.running != null;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

	/**
	 * Asks the registrar what it knows.
	 * @return the snapshot, or {@code null} if the registrar does not run
	 */
	@Nullable RegistrarSnapshot snapshot() {
		Running now = this.running;
		return (now != null) ? now.loop().call(now.role()::snapshot) : null;
	}

	/**
	 * Asks the registrar for its counters.
	 * @return the counters by name; empty if the registrar does not run
	 */
	Map<String, Long> counters() {
		Running now = this.running;
		return (now != null) ? now.loop().call(now.role()::counters) : Map.of();
	}

	private record Running(RoleLoop loop, RegistrarRole role) {
	}

}
