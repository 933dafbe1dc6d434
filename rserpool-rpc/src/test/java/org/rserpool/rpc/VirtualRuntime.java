package org.rserpool.rpc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

import org.rserpool.runtime.Endpoint;
import org.rserpool.runtime.EndpointListener;
import org.rserpool.runtime.EndpointSpecification;
import org.rserpool.runtime.RoleRuntime;
import org.rserpool.runtime.Timer;

/**
 * Surroundings of a role in virtual time, without a network.
 */
class VirtualRuntime implements RoleRuntime {

	private final SplittableRandom random = new SplittableRandom(1);

	private final List<Entry> timers = new ArrayList<>();

	private long now;

	@Override
	public long nanoTime() {
		return this.now;
	}

	@Override
	public Timer schedule(Duration delay, Runnable task) {
		Entry entry = new Entry(this.now + Math.max(0, delay.toNanos()), task);
		this.timers.add(entry);
		return () -> this.timers.remove(entry);
	}

	@Override
	public RandomGenerator random() {
		return this.random;
	}

	@Override
	public Endpoint open(EndpointSpecification specification, EndpointListener listener) {
		throw new UnsupportedOperationException();
	}

	int timers() {
		return this.timers.size();
	}

	void pass(Duration duration) {
		long end = this.now + duration.toNanos();
		while (true) {
			Entry next = this.timers.stream().min(Comparator.comparingLong((entry) -> entry.at)).orElse(null);
			if (next == null || next.at > end) {
				break;
			}
			this.timers.remove(next);
			this.now = next.at;
			next.task.run();
		}
		this.now = end;
	}

	private static final class Entry {

		private final long at;

		private final Runnable task;

		Entry(long at, Runnable task) {
			this.at = at;
			this.task = task;
		}

	}

}
