package org.rserpool.spring.element;

import java.util.function.LongSupplier;
import java.util.function.Supplier;

import org.rserpool.rpc.RegisteredElement;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PolicyField;
import org.rserpool.wire.PolicyType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers an element again when its load changed much, but not too often.
 */
final class LoadReporter implements Runnable {

	/** The time between two reports, at least. */
	static final long PAUSE_NANOS = 100_000_000;

	private static final double MAX = 0xffffffffL;

	private static final Logger logger = LoggerFactory.getLogger(LoadReporter.class);

	private final RegisteredElement element;

	private final MemberSelectionPolicy policy;

	private final LoadProvider provider;

	private final Supplier<ElementActivity> activity;

	private final double threshold;

	private final LongSupplier clock;

	private volatile double reported;

	private long reportedNanos;

	private boolean failed;

	/**
	 * Makes a reporter.
	 * @param element the element, registered with a policy by load
	 * @param policy that policy
	 * @param provider measures the load
	 * @param activity what the element is doing
	 * @param threshold by how much the load must have changed
	 * @param clock tells the time in nanoseconds
	 */
	LoadReporter(RegisteredElement element, MemberSelectionPolicy policy, LoadProvider provider,
			Supplier<ElementActivity> activity, double threshold, LongSupplier clock) {
		this.element = element;
		this.policy = policy;
		this.provider = provider;
		this.activity = activity;
		this.threshold = threshold;
		this.clock = clock;
		this.reported = policy.value(PolicyField.LOAD) / MAX;
		this.reportedNanos = clock.getAsLong() - PAUSE_NANOS;
	}

	static boolean applies(MemberSelectionPolicy policy) {
		PolicyType type = PolicyType.of(policy.number());
		return type != null && type.fields().contains(PolicyField.LOAD);
	}

	double reported() {
		return this.reported;
	}

	@Override
	public void run() {
		try {
			report();
			this.failed = false;
		}
		catch (RuntimeException ex) {
			if (!this.failed) {
				logger.warn("The load of the element of pool '{}' cannot be reported", this.element.pool(), ex);
			}
			this.failed = true;
		}
	}

	private void report() {
		long now = this.clock.getAsLong();
		if (now - this.reportedNanos < PAUSE_NANOS) {
			return;
		}
		double measured = this.provider.load(this.activity.get());
		if (Double.isNaN(measured)) {
			return;
		}
		double load = Math.max(0, Math.min(1, measured));
		double change = Math.abs(load - this.reported);
		if (change > 0 && change >= this.threshold) {
			this.element.update(this.policy.with(PolicyField.LOAD, Math.round(load * MAX)));
			this.reported = load;
			this.reportedNanos = now;
		}
	}

}
