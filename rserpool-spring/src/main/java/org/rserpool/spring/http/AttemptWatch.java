package org.rserpool.spring.http;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * Interrupts threads whose attempt takes too long. An HTTP library that does not heed
 * interrupts waits until its own time-out.
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
	 * @param attempt the attempt
	 * @return its result
	 * @throws SocketTimeoutException if it took too long
	 * @throws IOException what the attempt threw
	 */
	<T> T within(Duration limit, Attempt<T> attempt) throws IOException {
		Watched watched = new Watched(Thread.currentThread());
		Future<?> timer = this.timers.schedule(watched::expired, limit.toNanos(), TimeUnit.NANOSECONDS);
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
		if (watched.interrupted) {
			SocketTimeoutException timeout = new SocketTimeoutException("no answer within the time that was left");
			timeout.addSuppressed(failure);
			throw timeout;
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

		private volatile boolean interrupted;

		private Watched(Thread thread) {
			this.thread = thread;
		}

		void expired() {
			this.lock.lock();
			try {
				if (this.thread != null) {
					this.interrupted = true;
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
				if (this.interrupted) {
					Thread.interrupted();
				}
			}
			finally {
				this.lock.unlock();
			}
		}

	}

}
