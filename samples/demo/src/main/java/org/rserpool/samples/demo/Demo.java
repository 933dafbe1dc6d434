package org.rserpool.samples.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs the demo. Started by the script {@code demo} in the root of the project.
 */
public final class Demo {

	private static final int RATE = 200;

	private static final int SECONDS = 30;

	private static final int START_SECONDS = 90;

	private static final int FAULTS = 3;

	private final Scope scope;

	private final Timeline timeline = new Timeline(System.out);

	private final CallLog calls = new CallLog();

	private final Path file;

	private final Path logs;

	private final AtomicInteger faultsMade = new AtomicInteger();

	private Demo(Scope scope, Path file, Path logs) {
		this.scope = scope;
		this.file = file;
		this.logs = logs;
	}

	public static void main(String[] args) throws Exception {
		if (args.length != 3) {
			throw new IllegalArgumentException("Arguments: registrar jar, quickstart jar, file");
		}
		Path file = Path.of(args[2]);
		if (!Files.isRegularFile(file) || Files.size(file) == 0) {
			System.err.println("demo: " + file + " is not a file, or is empty");
			System.exit(2);
		}
		Path logs = Files.createTempDirectory("rserpool-demo-");
		Scope scope = new Scope(Path.of(args[0]), Path.of(args[1]), logs);
		Runtime.getRuntime().addShutdownHook(new Thread(scope::close));
		System.exit(new Demo(scope, file, logs).run() ? 0 : 1);
	}

	private boolean run() throws Exception {
		this.timeline.line("Digesting %s through a pool, chunk by chunk; logs in %s", this.file, this.logs);
		this.timeline.event("starting 2 registrars");
		this.scope.startRegistrars();
		awaitHandlespaces(0);
		this.timeline.event("2 registrars are ready; starting 3 pool elements");
		this.scope.startElements();
		awaitHandlespaces(Scope.ELEMENTS.size());
		this.scope.handlespaces()
			.values()
			.stream()
			.findFirst()
			.ifPresent((handlespace) -> handlespace.owners()
				.forEach((element, home) -> this.timeline.event("pool element %s is registered, home %s", element,
						home)));
		this.timeline.event("starting the pool user: %d calls a second for %d s", RATE, SECONDS);
		DemoProcess user = this.scope.startUser(this.file, RATE, SECONDS, this::line);
		Faults faults = new Faults(this.scope, this.timeline);
		ScheduledExecutorService schedule = Executors.newScheduledThreadPool(4);
		try {
			awaitFirstCall(user);
			at(schedule, 8, () -> run(faults::killElement));
			at(schedule, 15, () -> run(faults::killHomeRegistrar));
			at(schedule, 22, () -> run(faults::hangElement));
			schedule.scheduleAtFixedRate(() -> this.timeline.event("   %s", this.calls.second(1000)), 1, 1,
					TimeUnit.SECONDS);
			if (!user.await(SECONDS + 30)) {
				this.timeline.event("the pool user did not end");
			}
		}
		finally {
			schedule.shutdownNow();
			this.scope.close();
		}
		return summarize(faults);
	}

	private void line(String line) {
		if (this.timeline.startMillis() < 0 && line.startsWith("call ")) {
			this.timeline.begin();
		}
		this.calls.accept(line);
	}

	private static Void run(Fault fault) throws Exception {
		fault.run();
		return null;
	}

	private void at(ScheduledExecutorService schedule, int second, Callable<Void> fault) {
		schedule.schedule(() -> {
			try {
				fault.call();
				this.faultsMade.incrementAndGet();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			catch (Exception ex) {
				this.timeline.event("demo: %s", ex);
			}
		}, second * 1000L - this.timeline.elapsed(), TimeUnit.MILLISECONDS);
	}

	private void awaitHandlespaces(int elements) throws IOException, InterruptedException {
		long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
		while (System.nanoTime() < limit) {
			DemoProcess dead = this.scope.firstDead();
			if (dead != null) {
				throw new IOException(
						dead.name() + " ended with status " + dead.exitValue() + ":\n" + Files.readString(dead.log()));
			}
			Map<String, Handlespace> answers = new HashMap<>(this.scope.handlespaces());
			answers.values().removeIf((handlespace) -> handlespace.owners().size() != elements);
			if (answers.size() == this.scope.livingRegistrars()) {
				return;
			}
			Thread.sleep(100);
		}
		throw new IOException("The operation scope did not come up in " + START_SECONDS + " s; see " + this.logs);
	}

	private void awaitFirstCall(DemoProcess user) throws IOException, InterruptedException {
		long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
		while (this.timeline.startMillis() < 0) {
			if (!user.alive() || System.nanoTime() > limit) {
				throw new IOException("The pool user made no call:\n" + Files.readString(user.log()));
			}
			Thread.sleep(10);
		}
	}

	private boolean summarize(Faults faults) {
		CallLog.Summary summary = this.calls.summary();
		this.timeline.line("");
		this.timeline.line("calls: %d", summary.calls());
		this.timeline.line("failed calls: %d", summary.failed());
		if (summary.failed() > 0) {
			this.timeline.line("the first of them: %s; all are in %s", summary.firstFailure(), this.logs);
		}
		this.timeline.line("wrong digests: %d", summary.wrong());
		this.timeline.line("calls that failed over: %d", summary.failedOver());
		this.timeline.line("longest gap between successes: %d ms, at %.1f s", summary.longestGapMillis(),
				(summary.longestGapStart() - this.timeline.startMillis()) / 1000.0);
		faults.summary().forEach((line) -> this.timeline.line("%s", line));
		boolean complete = summary.calls() >= RATE * SECONDS;
		if (!complete) {
			this.timeline.line("only %d of %d calls were made; see %s", summary.calls(), RATE * SECONDS, this.logs);
		}
		if (this.faultsMade.get() < FAULTS) {
			this.timeline.line("only %d of %d faults were made", this.faultsMade.get(), FAULTS);
		}
		return complete && this.faultsMade.get() == FAULTS && summary.failed() == 0 && summary.wrong() == 0;
	}

	/**
	 * A fault that the demo makes.
	 */
	private interface Fault {

		void run() throws Exception;

	}

}
