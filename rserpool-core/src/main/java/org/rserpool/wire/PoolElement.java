package org.rserpool.wire;

import org.jspecify.annotations.Nullable;

/**
 * A pool element as the handlespace knows it (RFC 5354, section 3.10).
 *
 * @param identifier unique in its pool, not {@link Identifiers#NONE}
 * @param homeRegistrar the identifier of the registrar that watches it, or
 * {@link Identifiers#NONE} where none is determined yet
 * @param lifetimeMillis how long the registration lasts without being renewed, in
 * milliseconds, or {@link #INFINITE}. The {@code rfc} dialect carries whole seconds: it
 * rounds up.
 * @param userTransport where users reach the service
 * @param policy the pool's policy, with this element's values
 * @param asapTransport where a registrar reaches the element, or {@code null} where it
 * was not said: then it is the association that the registration came by
 * @param metadata what the element says of itself beyond the RFCs
 * @since 0.1
 */
public record PoolElement(int identifier, int homeRegistrar, long lifetimeMillis, Transport userTransport,
		MemberSelectionPolicy policy, @Nullable Transport asapTransport, ElementMetadata metadata) {

	/** A lifetime without end. */
	public static final long INFINITE = -1;

	public PoolElement {
		if (lifetimeMillis < 0 && lifetimeMillis != INFINITE) {
			throw new IllegalArgumentException("A lifetime of " + lifetimeMillis + " ms is negative");
		}
	}

	/**
	 * Makes an element without metadata.
	 * @param identifier unique in its pool, not {@link Identifiers#NONE}
	 * @param homeRegistrar the identifier of its home registrar, or
	 * {@link Identifiers#NONE}
	 * @param lifetimeMillis how long the registration lasts, or {@link #INFINITE}
	 * @param userTransport where users reach the service
	 * @param policy the pool's policy, with this element's values
	 * @param asapTransport where a registrar reaches the element, or {@code null}
	 */
	public PoolElement(int identifier, int homeRegistrar, long lifetimeMillis, Transport userTransport,
			MemberSelectionPolicy policy, @Nullable Transport asapTransport) {
		this(identifier, homeRegistrar, lifetimeMillis, userTransport, policy, asapTransport, ElementMetadata.NONE);
	}

	/**
	 * Return this element with another home.
	 * @param registrar the identifier of the new home registrar
	 * @return the element, otherwise the same
	 */
	public PoolElement withHomeRegistrar(int registrar) {
		return new PoolElement(this.identifier, registrar, this.lifetimeMillis, this.userTransport, this.policy,
				this.asapTransport, this.metadata);
	}

	/**
	 * Return this element with another User Transport.
	 * @param transport where users reach the service
	 * @return the element, otherwise the same
	 */
	public PoolElement withUserTransport(Transport transport) {
		return new PoolElement(this.identifier, this.homeRegistrar, this.lifetimeMillis, transport, this.policy,
				this.asapTransport, this.metadata);
	}

	/**
	 * Return this element with another ASAP transport.
	 * @param transport where a registrar reaches the element
	 * @return the element, otherwise the same
	 */
	public PoolElement withAsapTransport(@Nullable Transport transport) {
		return new PoolElement(this.identifier, this.homeRegistrar, this.lifetimeMillis, this.userTransport,
				this.policy, transport, this.metadata);
	}

	/**
	 * Return this element with another policy.
	 * @param newPolicy the policy with its values
	 * @return the element, otherwise the same
	 */
	public PoolElement withPolicy(MemberSelectionPolicy newPolicy) {
		return new PoolElement(this.identifier, this.homeRegistrar, this.lifetimeMillis, this.userTransport, newPolicy,
				this.asapTransport, this.metadata);
	}

	/**
	 * Return this element with other metadata.
	 * @param newMetadata what the element says of itself
	 * @return the element, otherwise the same
	 */
	public PoolElement withMetadata(ElementMetadata newMetadata) {
		return new PoolElement(this.identifier, this.homeRegistrar, this.lifetimeMillis, this.userTransport,
				this.policy, this.asapTransport, newMetadata);
	}

}
