package org.rserpool.rpc;

import java.net.InetSocketAddress;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.rserpool.wire.ElementMetadata;
import org.rserpool.wire.Identifiers;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PoolHandle;

/**
 * A pool element to register whose users are served by something else of this process,
 * such as its web server. Its User Transport is TCP, for data only (RFC 5354, section
 * 3.5).
 *
 * @param pool the pool it joins
 * @param identifier its identifier, or {@code null} to draw one
 * @param policy the pool's policy, with this element's values
 * @param lifetime how long a registration lasts without being renewed; it is renewed in
 * time
 * @param renewalInterval when a registration is renewed, shorter than the lifetime, or
 * {@code null} for what suits it
 * @param metadata what the element says of itself
 * @param address where users reach it, resolved, with its real port. A wildcard address
 * stands for the address by which the home registrar is reached.
 * @since 0.1
 */
public record DataElementSpecification(PoolHandle pool, @Nullable Integer identifier, MemberSelectionPolicy policy,
		Duration lifetime, @Nullable Duration renewalInterval, ElementMetadata metadata, InetSocketAddress address) {

	public DataElementSpecification {
		if (identifier != null && identifier == Identifiers.NONE) {
			throw new IllegalArgumentException("0 is not the identifier of a pool element");
		}
		if (lifetime.isNegative() || lifetime.isZero()) {
			throw new IllegalArgumentException("A lifetime of " + lifetime + " is not positive");
		}
		if (address.isUnresolved() || address.getPort() == 0) {
			throw new IllegalArgumentException("Pool users cannot reach an element at " + address);
		}
	}

	/**
	 * Makes a specification without metadata, which is renewed as suits its lifetime.
	 * @param pool the pool it joins
	 * @param identifier its identifier, or {@code null} to draw one
	 * @param policy the pool's policy, with this element's values
	 * @param lifetime how long a registration lasts without being renewed
	 * @param address where users reach it
	 */
	public DataElementSpecification(PoolHandle pool, @Nullable Integer identifier, MemberSelectionPolicy policy,
			Duration lifetime, InetSocketAddress address) {
		this(pool, identifier, policy, lifetime, null, ElementMetadata.NONE, address);
	}

}
