package org.rserpool.spring.http;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * Interrupts threads whose attempt takes too long, or whose element is silent. An HTTP
 * library that does not heed interrupts waits until its own time-out.
 */
final class AttemptWatch implements AutoCloseable {

	private final ScheduledThreadPoolExecutor timers;

	AttemptWatch() {
		this.timers = new ScheduledThreadPoolExecutor(1, (task) -> {
			Thread thread = new Thread(task, "rserpool-http-deadlines");
			thread.setDaemon(true);
			return thread;
		});
		this.timers.setRemoveOnCancelPolicy(true);
	}

	/**
	 * Makes an attempt on this thread.
	 * @param <T> the type of the result
	 * @param limit how long it may take
	 * @param silence completed, in words, if nobody is there who could answer
	 * @param attempt the attempt
	 * @return its result
	 * @throws SocketTimeoutException if it took too long
	 * @throws SilentElementException if nobody is there
	 * @throws IOException what the attempt threw
	 */
	<T> T within(Duration limit, CompletableFuture<String> silence, Attempt<T> attempt) throws IOException {
		Watched watched = new Watched(Thread.currentThread());
		Future<?> timer = this.timers.schedule(
				() -> watched.end(new SocketTimeoutException("no answer within the time that was left")),
				limit.toNanos(), TimeUnit.NANOSECONDS);
		silence.thenAccept((detail) -> watched.end(new SilentElementException(detail)));
		IOException failure;
		try {
			return attempt.make();
		}
		catch (IOException ex) {
			failure = ex;
		}
		finally {
			timer.cancel(false);
			watched.ended();
		}
		IOException reason = watched.reason;
		if (reason != null) {
			reason.addSuppressed(failure);
			throw reason;
		}
		throw failure;
	}

	@Override
	public void close() {
		this.timers.shutdownNow();
	}

	/**
	 * An attempt.
	 *
	 * @param <T> the type of its result
	 */
	interface Attempt<T> {

		T make() throws IOException;

	}

	private static final class Watched {

		private final ReentrantLock lock = new ReentrantLock();

		private @Nullable Thread thread;

		private volatile @Nullable IOException reason;

		private Watched(Thread thread) {
			this.thread = thread;
		}

		void end(IOException why) {
			this.lock.lock();
			try {
				if (this.thread != null && this.reason == null) {
					this.reason = why;
					this.thread.interrupt();
				}
			}
			finally {
				this.lock.unlock();
			}
		}

		void ended() {
			this.lock.lock();
			try {
				this.thread = null;
				if (this.reason != null) {
					Thread.interrupted();
				}
			}
			finally {
				this.lock.unlock();
			}
		}

	}

}
