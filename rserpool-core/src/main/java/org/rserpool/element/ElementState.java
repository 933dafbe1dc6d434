package org.rserpool.element;

/**
 * How the registration of a pool element stands.
 *
 * @since 0.1
 */
public enum ElementState {

	/** No registrar has accepted it yet, or the one that had is lost. */
	REGISTERING,

	/** A registrar watches the element. */
	REGISTERED,

	/**
	 * The registrar refused the registration. It is not tried again unchanged, unless it
	 * was accepted before: then what stands in its way passes, and the element asks
	 * again.
	 */
	REJECTED,

	/** The element left its pool, or is not started. */
	DEREGISTERED

}
