package org.rserpool.element;

/**
 * What a pool element asks its home registrar for.
 *
 * @since 0.1
 */
public enum RegistrationRequest {

	/** To become an element of the pool, at first or at a new home. */
	REGISTRATION,

	/** To remain one, perhaps with other values of the policy. */
	RENEWAL,

	/** To leave the pool. */
	DEREGISTRATION

}
