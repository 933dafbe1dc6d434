package org.rserpool.rpc.session;

import java.time.Duration;
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;

import org.rserpool.rpc.ElementSpecification;
import org.rserpool.wire.ElementMetadata;
import org.rserpool.wire.Identifiers;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PoolHandle;

/**
 * A pool element to register that serves sessions. It listens at a port of its own, as
 * the messages of a session do not say which element they are for.
 *
 * @param pool the pool it joins
 * @param identifier its identifier, or {@code null} to draw one
 * @param policy the pool's policy, with this element's values
 * @param lifetime how long a registration lasts without being renewed; it is renewed in
 * time
 * @param renewalInterval when a registration is renewed, shorter than the lifetime, or
 * {@code null} for what suits it
 * @param metadata what the element says of itself
 * @param handler serves the sessions
 * @param executor where the handler runs
 * @param sessionLimit how many sessions there may be at a time; more are ended as they
 * are opened, so that their users go elsewhere. Positive.
 * @since 0.1
 */
public record SessionElementSpecification(PoolHandle pool, @Nullable Integer identifier, MemberSelectionPolicy policy,
		Duration lifetime, @Nullable Duration renewalInterval, ElementMetadata metadata, PoolSessionHandler handler,
		Executor executor, int sessionLimit) {

	public SessionElementSpecification {
		if (sessionLimit < 1) {
			throw new IllegalArgumentException("A session limit of " + sessionLimit + " is not positive");
		}
		if (identifier != null && identifier == Identifiers.NONE) {
			throw new IllegalArgumentException("0 is not the identifier of a pool element");
		}
		if (lifetime.isNegative() || lifetime.isZero()) {
			throw new IllegalArgumentException("A lifetime of " + lifetime + " is not positive");
		}
	}

	/**
	 * Makes a specification without metadata and without a limit, which is renewed as
	 * suits its lifetime.
	 * @param pool the pool it joins
	 * @param identifier its identifier, or {@code null} to draw one
	 * @param policy the pool's policy, with this element's values
	 * @param lifetime how long a registration lasts without being renewed
	 * @param handler serves the sessions
	 * @param executor where the handler runs
	 */
	public SessionElementSpecification(PoolHandle pool, @Nullable Integer identifier, MemberSelectionPolicy policy,
			Duration lifetime, PoolSessionHandler handler, Executor executor) {
		this(pool, identifier, policy, lifetime, null, ElementMetadata.NONE, handler, executor,
				ElementSpecification.UNLIMITED);
	}

}
