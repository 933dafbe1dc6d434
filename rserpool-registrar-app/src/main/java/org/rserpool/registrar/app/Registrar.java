package org.rserpool.registrar.app;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.rserpool.csp.StatusReportSettings;
import org.rserpool.registrar.RegistrarListener;
import org.rserpool.registrar.RegistrarRole;
import org.rserpool.registrar.RegistrarSettings;
import org.rserpool.registrar.RegistrarSnapshot;
import org.rserpool.registrar.SavedHandlespace;
import org.rserpool.transport.AssociationState;
import org.rserpool.transport.RoleLoop;
import org.rserpool.transport.StatusReporter;
import org.rserpool.transport.TransportSettings;

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

	private final TransportSettings transport;

	private final RegistrarListener listener;

	private final @Nullable SnapshotFile snapshotFile;

	private final Duration snapshotInterval;

	private final @Nullable StatusReportSettings statusReports;

	private volatile @Nullable Running running;

	private @Nullable SnapshotWriter snapshotWriter;

	/**
	 * Makes a registrar, not started.
	 * @param settings how it works
	 * @param transport how associations are carried
	 * @param listener who is told what happens
	 * @param snapshotFile where what it knows outlives it, or {@code null} for nowhere
	 * @param snapshotInterval how often the file is written
	 * @param statusReports how it reports its status, or {@code null} if it does not
	 */
	Registrar(RegistrarSettings settings, TransportSettings transport, RegistrarListener listener,
			@Nullable SnapshotFile snapshotFile, Duration snapshotInterval,
			@Nullable StatusReportSettings statusReports) {
		this.settings = settings;
		this.transport = transport;
		this.listener = listener;
		this.snapshotFile = snapshotFile;
		this.snapshotInterval = snapshotInterval;
		this.statusReports = statusReports;
	}

	@Override
	public void start() {
		SnapshotFile file = this.snapshotFile;
		SavedHandlespace saved = (file != null) ? file.read() : null;
		RoleLoop loop = RoleLoop.start("registrar", this.transport);
		try {
			RegistrarRole role = loop.call(() -> {
				RegistrarRole started = new RegistrarRole(loop, this.settings, this.listener, saved);
				started.start();
				return started;
			});
			this.running = new Running(loop, role, (this.statusReports != null)
					? StatusReporter.start(loop, this.statusReports, () -> List.of(role.status())) : null);
		}
		catch (RuntimeException ex) {
			loop.close();
			throw ex;
		}
		Running started = this.running;
		if (file != null && started != null) {
			this.snapshotWriter = new SnapshotWriter(file, () -> save(started), this.snapshotInterval);
		}
	}

	/**
	 * Returns what is to be saved. Before service starts, that is what was saved before.
	 */
	private static @Nullable SavedHandlespace save(Running running) {
		return running.loop()
			.call(() -> (running.role().state() != RegistrarSnapshot.State.STARTING) ? running.role().save() : null);
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
				if (this.snapshotWriter != null) {
					this.snapshotWriter.stop();
				}
			}
			finally {
				this.snapshotWriter = null;
				if (stopping.reporter() != null) {
					stopping.reporter().close();
				}
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
	 * Asks the registrar something that takes little time.
	 * @param question what is asked, on the registrar's loop
	 * @return the answer, or {@code null} if the registrar does not run
	 */
	<T> @Nullable T ask(Function<RegistrarRole, @Nullable T> question) {
		Running now = this.running;
		return (now != null) ? now.loop().call(() -> question.apply(now.role())) : null;
	}

	/**
	 * Asks the registrar something that takes little time, and does not wait.
	 * @param question what is asked, on the registrar's loop
	 * @return the answer when it comes, or a failure if the registrar does not run
	 */
	<T> CompletableFuture<T> askLater(Function<RegistrarRole, T> question) {
		Running now = this.running;
		if (now == null) {
			return CompletableFuture.failedFuture(new IllegalStateException("The registrar does not run"));
		}
		return CompletableFuture.supplyAsync(() -> question.apply(now.role()), now.loop());
	}

	/**
	 * Asks the registrar for its counters.
	 * @return the counters by name; empty if the registrar does not run
	 */
	Map<String, Long> counters() {
		Running now = this.running;
		return (now != null) ? now.loop().call(now.role()::counters) : Map.of();
	}

	/**
	 * Returns the associations that are up.
	 * @param limit how many at most
	 * @return the associations; empty if the registrar does not run
	 */
	List<AssociationState> associations(int limit) {
		Running now = this.running;
		return (now != null) ? now.loop().associations(limit) : List.of();
	}

	private record Running(RoleLoop loop, RegistrarRole role, @Nullable StatusReporter reporter) {
	}

}
