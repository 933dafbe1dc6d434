package org.rserpool.rpc;

import java.time.Duration;
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;

import org.rserpool.rpc.state.StateSettings;
import org.rserpool.wire.ElementMetadata;
import org.rserpool.wire.Identifiers;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PoolHandle;

/**
 * A pool element to register.
 *
 * @param pool the pool it joins
 * @param identifier its identifier, or {@code null} to draw one
 * @param policy the pool's policy, with this element's values
 * @param lifetime how long a registration lasts without being renewed; it is renewed in
 * time
 * @param renewalInterval when a registration is renewed, shorter than the lifetime, or
 * {@code null} for what suits it
 * @param metadata what the element says of itself
 * @param handler carries out its calls
 * @param executor where the handler runs
 * @param concurrencyLimit how many calls may be in progress at a time, with those that
 * wait for a thread; more are refused before they are begun, so that their callers go
 * elsewhere. Positive.
 * @param state how the state of sessions is kept, or {@code null} if calls are part of no
 * session
 * @since 0.1
 */
public record ElementSpecification(PoolHandle pool, @Nullable Integer identifier, MemberSelectionPolicy policy,
		Duration lifetime, @Nullable Duration renewalInterval, ElementMetadata metadata, RpcHandler handler,
		Executor executor, int concurrencyLimit, @Nullable StateSettings state) {

	/** The lifetime where nothing else is said. */
	public static final Duration DEFAULT_LIFETIME = Profile.FAST.lifetime();

	/** The concurrency limit where nothing else is said: none. */
	public static final int UNLIMITED = Integer.MAX_VALUE;

	public ElementSpecification {
		if (concurrencyLimit < 1) {
			throw new IllegalArgumentException("A concurrency limit of " + concurrencyLimit + " is not positive");
		}
		if (identifier != null && identifier == Identifiers.NONE) {
			throw new IllegalArgumentException("0 is not the identifier of a pool element");
		}
		if (lifetime.isNegative() || lifetime.isZero()) {
			throw new IllegalArgumentException("A lifetime of " + lifetime + " is not positive");
		}
	}

	/**
	 * Makes a specification without metadata, which is renewed as suits its lifetime.
	 * @param pool the pool it joins
	 * @param identifier its identifier, or {@code null} to draw one
	 * @param policy the pool's policy, with this element's values
	 * @param lifetime how long a registration lasts without being renewed
	 * @param handler carries out its calls
	 * @param executor where the handler runs
	 */
	public ElementSpecification(PoolHandle pool, @Nullable Integer identifier, MemberSelectionPolicy policy,
			Duration lifetime, RpcHandler handler, Executor executor) {
		this(pool, identifier, policy, lifetime, null, ElementMetadata.NONE, handler, executor, UNLIMITED);
	}

	/**
	 * Makes a specification without a concurrency limit.
	 * @param pool the pool it joins
	 * @param identifier its identifier, or {@code null} to draw one
	 * @param policy the pool's policy, with this element's values
	 * @param lifetime how long a registration lasts without being renewed
	 * @param renewalInterval when a registration is renewed, or {@code null} for what
	 * suits it
	 * @param metadata what the element says of itself
	 * @param handler carries out its calls
	 * @param executor where the handler runs
	 */
	public ElementSpecification(PoolHandle pool, @Nullable Integer identifier, MemberSelectionPolicy policy,
			Duration lifetime, @Nullable Duration renewalInterval, ElementMetadata metadata, RpcHandler handler,
			Executor executor) {
		this(pool, identifier, policy, lifetime, renewalInterval, metadata, handler, executor, UNLIMITED);
	}

	/**
	 * Makes a specification whose calls are part of no session.
	 * @param pool the pool it joins
	 * @param identifier its identifier, or {@code null} to draw one
	 * @param policy the pool's policy, with this element's values
	 * @param lifetime how long a registration lasts without being renewed
	 * @param renewalInterval when a registration is renewed, or {@code null} for what
	 * suits it
	 * @param metadata what the element says of itself
	 * @param handler carries out its calls
	 * @param executor where the handler runs
	 * @param concurrencyLimit how many calls may be in progress at a time
	 */
	public ElementSpecification(PoolHandle pool, @Nullable Integer identifier, MemberSelectionPolicy policy,
			Duration lifetime, @Nullable Duration renewalInterval, ElementMetadata metadata, RpcHandler handler,
			Executor executor, int concurrencyLimit) {
		this(pool, identifier, policy, lifetime, renewalInterval, metadata, handler, executor, concurrencyLimit, null);
	}

	/**
	 * Copies the specification, for an element that keeps the state of sessions.
	 * @param settings how it does so, or {@code null} if it does not
	 * @return the copy
	 */
	public ElementSpecification withState(@Nullable StateSettings settings) {
		return new ElementSpecification(this.pool, this.identifier, this.policy, this.lifetime, this.renewalInterval,
				this.metadata, this.handler, this.executor, this.concurrencyLimit, settings);
	}

}
