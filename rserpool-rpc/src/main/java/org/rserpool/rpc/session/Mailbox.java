package org.rserpool.rpc.session;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import org.jspecify.annotations.Nullable;

/**
 * Runs tasks one at a time and in order on an executor of many threads. What waits is
 * counted in octets, and has a limit.
 */
final class Mailbox {

	/** How many octets may wait. */
	static final int LIMIT = 16 * 1024 * 1024;

	private static final int AT_A_TIME = 64;

	/** What a task takes beside its octets. */
	private static final int TASK_OCTETS = 256;

	private final Executor executor;

	private final Queue<Entry> waiting = new ArrayDeque<>();

	private long octets;

	private boolean running;

	Mailbox(Executor executor) {
		this.executor = executor;
	}

	/**
	 * Hands a task to the executor.
	 * @param size how many octets it holds
	 * @param task what to run
	 * @return {@code false} if too much waits already, or the executor takes nothing
	 */
	boolean offer(int size, Runnable task) {
		synchronized (this) {
			if (this.octets > LIMIT) {
				return false;
			}
			add(size, task);
			if (this.running) {
				return true;
			}
			this.running = true;
		}
		return submit();
	}

	/**
	 * Hands over a task that comes last, whatever waits.
	 */
	void last(Runnable task) {
		synchronized (this) {
			add(0, task);
			if (this.running) {
				return;
			}
			this.running = true;
		}
		submit();
	}

	private void add(int size, Runnable task) {
		this.waiting.add(new Entry(size + TASK_OCTETS, task));
		this.octets += size + TASK_OCTETS;
	}

	private boolean submit() {
		try {
			this.executor.execute(this::run);
			return true;
		}
		catch (RejectedExecutionException ex) {
			synchronized (this) {
				this.running = false;
			}
			return false;
		}
	}

	private void run() {
		boolean normal = false;
		try {
			int done = 0;
			for (Runnable next = next(); next != null; next = next()) {
				next.run();
				if (++done >= AT_A_TIME && again()) {
					break;
				}
			}
			normal = true;
		}
		finally {
			if (!normal) {
				submit();
			}
		}
	}

	/**
	 * Lets other tasks of the executor run first.
	 * @return whether the executor goes on with this later
	 */
	private boolean again() {
		try {
			this.executor.execute(this::run);
			return true;
		}
		catch (RejectedExecutionException ex) {
			// What waits is run by the thread that is here.
			return false;
		}
	}

	private synchronized @Nullable Runnable next() {
		Entry entry = this.waiting.poll();
		if (entry == null) {
			this.running = false;
			return null;
		}
		this.octets -= entry.octets();
		return entry.task();
	}

	/**
	 * A task that waits.
	 */
	private record Entry(int octets, Runnable task) {
	}

}
