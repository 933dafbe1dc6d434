package org.rserpool.test;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

import org.rserpool.runtime.Endpoint;
import org.rserpool.runtime.EndpointListener;
import org.rserpool.runtime.EndpointSpecification;
import org.rserpool.runtime.MulticastGroup;
import org.rserpool.runtime.MulticastListener;
import org.rserpool.runtime.MulticastSpecification;
import org.rserpool.runtime.NameResolution;
import org.rserpool.runtime.RoleRuntime;
import org.rserpool.runtime.Timer;

/**
 * The surroundings of one run of a simulated process.
 */
final class SimulatedRuntime implements RoleRuntime {

	private final SimulatedScope scope;

	private final SimulatedProcess process;

	private final int incarnation;

	private final SplittableRandom random;

	SimulatedRuntime(SimulatedScope scope, SimulatedProcess process) {
		this.scope = scope;
		this.process = process;
		this.incarnation = process.incarnation();
		this.random = scope.random().split();
	}

	@Override
	public long nanoTime() {
		return this.process.clock().nanoTime();
	}

	@Override
	public Timer schedule(Duration delay, Runnable task) {
		Task timer = new Task(task);
		timer.event = this.scope.schedule(this.process.clock().scopeTime(delay),
				() -> this.process.execute(this.incarnation, timer::run));
		return timer;
	}

	@Override
	public RandomGenerator random() {
		return this.random;
	}

	@Override
	public Endpoint open(EndpointSpecification specification, EndpointListener listener) {
		return new SimulatedEndpoint(this.scope, this.process, specification, listener);
	}

	@Override
	public MulticastGroup join(MulticastSpecification specification, MulticastListener listener) {
		return this.scope.multicast().join(this.process, specification, listener);
	}

	@Override
	public void resolve(InetSocketAddress name, Consumer<NameResolution> outcome) {
		this.scope.schedule(Duration.ofNanos(this.scope.network().latency()),
				() -> this.process.execute(this.incarnation, () -> outcome.accept(this.scope.names().resolve(name))));
	}

	/**
	 * A timer whose task may have come due while the process hung.
	 */
	private static final class Task implements Timer {

		private final Runnable task;

		private Timer event = () -> {
		};

		private boolean cancelled;

		private Task(Runnable task) {
			this.task = task;
		}

		private void run() {
			if (!this.cancelled) {
				this.task.run();
			}
		}

		@Override
		public void cancel() {
			this.cancelled = true;
			this.event.cancel();
		}

	}

}
