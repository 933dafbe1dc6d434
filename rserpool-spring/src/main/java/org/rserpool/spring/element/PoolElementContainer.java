package org.rserpool.spring.element;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.rserpool.rpc.RSerPoolNode;
import org.rserpool.rpc.RegisteredElement;
import org.rserpool.runtime.SocketAddresses;
import org.rserpool.wire.Identifiers;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PolicyField;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers one pool element, and drains it. It keeps its identifier, and the values of
 * its policy, when it leaves its pool and comes back. Not safe for several threads.
 */
class PoolElementContainer {

	private static final Logger logger = LoggerFactory.getLogger(PoolElementContainer.class);

	private final PoolElementEndpoint endpoint;

	private final RSerPoolNode node;

	private final LoadReports reports;

	private final @Nullable LoadProvider loadProvider;

	private PoolElementSettings settings;

	private @Nullable Integer identifier;

	private @Nullable RegisteredElement element;

	private @Nullable LoadReporter reporter;

	private @Nullable Future<?> reporting;

	private boolean drained;

	PoolElementContainer(PoolElementEndpoint endpoint, RSerPoolNode node, LoadReports reports) {
		this.endpoint = endpoint;
		this.node = node;
		this.reports = reports;
		this.settings = endpoint.settings();
		this.identifier = this.settings.identifier();
		this.drained = this.settings.registration() == Registration.MANUAL;
		this.loadProvider = (this.settings.load().reported() && LoadReporter.applies(this.settings.policy()))
				? reports.provider(this.settings.load()) : null;
	}

	/**
	 * Return whether the element stays out of its pool.
	 */
	boolean drained() {
		return this.drained;
	}

	void drained(boolean value) {
		this.drained = value;
	}

	/**
	 * Changes a value of the policy, now if the element is in its pool, and for whenever
	 * it joins it again.
	 */
	void change(PolicyField field, long value) {
		MemberSelectionPolicy changed = this.settings.policy().with(field, value);
		this.settings = this.settings.withPolicy(changed);
		if (this.element != null) {
			this.element.update(changed);
		}
	}

	PoolElementStatus status() {
		RegisteredElement current = this.element;
		LoadReporter reports = this.reporter;
		int calls = (current != null) ? this.endpoint.service().concurrentCalls(current)
				: this.endpoint.service().callsInProgress(this.endpoint.pool());
		return new PoolElementStatus(this.endpoint.pool(), this.endpoint.source(), this.drained, calls,
				(reports != null) ? reports.reported() : null, current, this.settings.policy());
	}

	PoolElementEndpoint endpoint() {
		return this.endpoint;
	}

	@Nullable RegisteredElement element() {
		return this.element;
	}

	void register() {
		if (this.element != null || this.drained) {
			return;
		}
		RegisteredElement registering = this.endpoint.service()
			.register(this.node, this.endpoint.pool(), this.identifier, this.settings);
		if (registering == null) {
			return;
		}
		if (!this.endpoint.settings().failoverOrder().isEmpty()) {
			registering.failoverOrder(this.endpoint.settings().failoverOrder());
		}
		this.element = registering;
		this.identifier = registering.identifier();
		report(registering);
		registering.registered().whenComplete((done, failure) -> log(registering, failure));
	}

	/**
	 * Leaves the pool. Calls in progress go on.
	 * @return done when the registrar knows, or cannot be told; does not fail
	 */
	CompletableFuture<Void> deregister() {
		RegisteredElement leaving = this.element;
		this.element = null;
		this.reporter = null;
		if (this.reporting != null) {
			this.reporting.cancel(false);
			this.reporting = null;
		}
		if (leaving == null) {
			return CompletableFuture.completedFuture(null);
		}
		this.endpoint.service().leave(this.endpoint.pool());
		return leaving.deregister().handle((done, failure) -> {
			if (failure != null) {
				logger.warn("{} could not be deregistered; its registrar will find it gone", describe(leaving),
						failure);
			}
			else {
				logger.info("{} left its pool", describe(leaving));
			}
			return null;
		});
	}

	/**
	 * Leaves the pool, and waits for the calls in progress as long as it may.
	 * @return done when nothing is in progress or the time is up; does not fail
	 */
	CompletableFuture<Void> drain() {
		Duration timeout = this.endpoint.settings().drainTimeout();
		return deregister().thenCompose((done) -> this.endpoint.service().idle(this.endpoint.pool()))
			.completeOnTimeout(null, timeout.toMillis(), TimeUnit.MILLISECONDS)
			.thenRun(() -> {
				if (this.endpoint.service().callsInProgress(this.endpoint.pool()) > 0) {
					logger.warn("Calls of the pool element '{}' of pool '{}' are still in progress after {}; they end"
							+ " with the process", this.endpoint.source(), this.endpoint.pool(), timeout);
				}
			});
	}

	private void report(RegisteredElement registered) {
		LoadProvider provider = this.loadProvider;
		if (provider == null) {
			return;
		}
		LoadReporter created = new LoadReporter(
				registered, this.settings.policy(), provider, () -> new ElementActivity(registered.pool(),
						this.endpoint.service().concurrentCalls(registered), this.settings.concurrencyLimit()),
				this.settings.load().threshold(), System::nanoTime);
		this.reporter = created;
		this.reporting = this.reports.start(created);
	}

	private void log(RegisteredElement registered, @Nullable Throwable failure) {
		if (failure == null) {
			logger.info("{} is registered at {}", describe(registered), describe(this.node.home()));
		}
		else if (registered.state() != RegisteredElement.State.DEREGISTERED) {
			String reason = (registered.rejection() != null) ? registered.rejection() : failure.getMessage();
			logger.error(
					"{} was refused by its registrar: {}. Correct what that names: all elements of a pool have the same"
							+ " policy, and each has an identifier of its own. Until then it serves no calls.",
					describe(registered), reason);
		}
	}

	private String describe(RegisteredElement registered) {
		return "Pool element " + Identifiers.toString(registered.identifier()) + " ('" + this.endpoint.source()
				+ "') of pool '" + this.endpoint.pool() + "'";
	}

	private static String describe(RSerPoolNode.@Nullable HomeRegistrar home) {
		if (home == null) {
			return "a registrar";
		}
		String address = SocketAddresses.text(home.address());
		return (home.identifier() != null)
				? "registrar " + Identifiers.toString(home.identifier()) + " (" + address + ")"
				: "the registrar at " + address;
	}

}
