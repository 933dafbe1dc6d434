package org.rserpool.spring.element;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.rserpool.rpc.ElementSpecification;
import org.rserpool.rpc.state.StateSettings;
import org.rserpool.wire.ElementMetadata;
import org.rserpool.wire.MemberSelectionPolicy;

/**
 * How a pool element is registered and drained.
 *
 * @param identifier its identifier, or {@code null} to draw one
 * @param policy the pool's policy, with this element's values
 * @param lifetime how long a registration lasts without being renewed; positive
 * @param drainTimeout how long calls in progress may go on after the element left its
 * pool; 0 does not wait
 * @param renewalInterval when a registration is renewed, shorter than the lifetime, or
 * {@code null} for what suits it
 * @param metadata what the element says of itself
 * @param failoverOrder the identifiers of the elements that stand in for this one, in
 * their order; none to leave it to the policy
 * @param concurrencyLimit how many calls may be in progress at a time; positive,
 * {@link ElementSpecification#UNLIMITED} for no limit
 * @param registration when it joins its pool
 * @param load how its load is reported
 * @param state how it keeps the state of sessions, or {@code null} if it has none
 * @param executor where its calls and sessions run, or {@code null} for the executor of
 * the application. Requests that a web server or a gRPC server takes run in its threads.
 * @since 0.1
 */
public record PoolElementSettings(@Nullable Integer identifier, MemberSelectionPolicy policy, Duration lifetime,
		Duration drainTimeout, @Nullable Duration renewalInterval, ElementMetadata metadata,
		List<Integer> failoverOrder, int concurrencyLimit, Registration registration, LoadSettings load,
		@Nullable StateSettings state, @Nullable Executor executor) {

	/**
	 * The drain timeout where nothing else is said: what Spring grants a shutdown phase,
	 * less 2 s.
	 */
	public static final Duration DEFAULT_DRAIN_TIMEOUT = Duration.ofSeconds(28);

	/** What holds where nothing else is said. */
	public static final PoolElementSettings DEFAULT = new PoolElementSettings(null, MemberSelectionPolicy.ROUND_ROBIN,
			ElementSpecification.DEFAULT_LIFETIME, DEFAULT_DRAIN_TIMEOUT);

	public PoolElementSettings {
		if (concurrencyLimit < 1) {
			throw new IllegalArgumentException("A concurrency limit is positive, not " + concurrencyLimit);
		}
		failoverOrder = List.copyOf(failoverOrder);
	}

	/**
	 * Makes settings without metadata, for a registration that is renewed as suits its
	 * lifetime.
	 * @param identifier its identifier, or {@code null} to draw one
	 * @param policy the pool's policy, with this element's values
	 * @param lifetime how long a registration lasts without being renewed; positive
	 * @param drainTimeout how long calls in progress may go on after the element left its
	 * pool; 0 does not wait
	 */
	public PoolElementSettings(@Nullable Integer identifier, MemberSelectionPolicy policy, Duration lifetime,
			Duration drainTimeout) {
		this(identifier, policy, lifetime, drainTimeout, null, ElementMetadata.NONE, List.of());
	}

	/**
	 * Makes settings without a concurrency limit, for an element that joins its pool when
	 * the application is ready.
	 * @param identifier its identifier, or {@code null} to draw one
	 * @param policy the pool's policy, with this element's values
	 * @param lifetime how long a registration lasts without being renewed; positive
	 * @param drainTimeout how long calls in progress may go on after the element left
	 * @param renewalInterval when a registration is renewed, or {@code null}
	 * @param metadata what the element says of itself
	 * @param failoverOrder the elements that stand in for this one
	 */
	public PoolElementSettings(@Nullable Integer identifier, MemberSelectionPolicy policy, Duration lifetime,
			Duration drainTimeout, @Nullable Duration renewalInterval, ElementMetadata metadata,
			List<Integer> failoverOrder) {
		this(identifier, policy, lifetime, drainTimeout, renewalInterval, metadata, failoverOrder,
				ElementSpecification.UNLIMITED, Registration.ON_READY, LoadSettings.DEFAULT);
	}

	/**
	 * Makes settings for an element that keeps no state of sessions.
	 * @param identifier its identifier, or {@code null} to draw one
	 * @param policy the pool's policy, with this element's values
	 * @param lifetime how long a registration lasts without being renewed; positive
	 * @param drainTimeout how long calls in progress may go on after the element left
	 * @param renewalInterval when a registration is renewed, or {@code null}
	 * @param metadata what the element says of itself
	 * @param failoverOrder the elements that stand in for this one
	 * @param concurrencyLimit how many calls may be in progress at a time
	 * @param registration when it joins its pool
	 * @param load how its load is reported
	 */
	public PoolElementSettings(@Nullable Integer identifier, MemberSelectionPolicy policy, Duration lifetime,
			Duration drainTimeout, @Nullable Duration renewalInterval, ElementMetadata metadata,
			List<Integer> failoverOrder, int concurrencyLimit, Registration registration, LoadSettings load) {
		this(identifier, policy, lifetime, drainTimeout, renewalInterval, metadata, failoverOrder, concurrencyLimit,
				registration, load, null, null);
	}

	/**
	 * Copies the settings with another policy.
	 * @param policy the policy
	 * @return the copy
	 */
	public PoolElementSettings withPolicy(MemberSelectionPolicy policy) {
		return new PoolElementSettings(this.identifier, policy, this.lifetime, this.drainTimeout, this.renewalInterval,
				this.metadata, this.failoverOrder, this.concurrencyLimit, this.registration, this.load, this.state,
				this.executor);
	}

	/**
	 * Copies the settings with other metadata.
	 * @param metadata what the element says of itself
	 * @return the copy
	 */
	public PoolElementSettings withMetadata(ElementMetadata metadata) {
		return new PoolElementSettings(this.identifier, this.policy, this.lifetime, this.drainTimeout,
				this.renewalInterval, metadata, this.failoverOrder, this.concurrencyLimit, this.registration, this.load,
				this.state, this.executor);
	}

	/**
	 * Copies the settings, for an element that keeps the state of sessions.
	 * @param state how it keeps it, or {@code null} if it has none
	 * @return the copy
	 */
	public PoolElementSettings withState(@Nullable StateSettings state) {
		return new PoolElementSettings(this.identifier, this.policy, this.lifetime, this.drainTimeout,
				this.renewalInterval, this.metadata, this.failoverOrder, this.concurrencyLimit, this.registration,
				this.load, state, this.executor);
	}

	/**
	 * Copies the settings with another executor.
	 * @param executor where calls and sessions run, or {@code null} for the executor of
	 * the application
	 * @return the copy
	 */
	public PoolElementSettings withExecutor(@Nullable Executor executor) {
		return new PoolElementSettings(this.identifier, this.policy, this.lifetime, this.drainTimeout,
				this.renewalInterval, this.metadata, this.failoverOrder, this.concurrencyLimit, this.registration,
				this.load, this.state, executor);
	}

	/**
	 * Return where calls and sessions run.
	 * @param fallback has the executor of the application; asked only if none is set
	 * @return the executor
	 */
	public Executor executorOr(Supplier<? extends Executor> fallback) {
		return (this.executor != null) ? this.executor : fallback.get();
	}

}
