package org.rserpool.wire;

/**
 * A value in a policy parameter: an unsigned number of 32 bits.
 *
 * @since 0.1
 */
public enum PolicyField {

	/** Relative capacity; 0 gives no service (RFC 5356, section 4.2.1). */
	WEIGHT,

	/** The larger, the better (RFC 5356, section 4.5.1). */
	PRIORITY,

	/** 0 is idle, 0xffffffff is full (RFC 5356, section 3). */
	LOAD,

	/** By how much one more user loads the element (RFC 5356, section 5.2.1). */
	LOAD_DEGRADATION,

	/** How much a millisecond of distance takes off the weight. */
	WEIGHT_DPF,

	/** How much a millisecond of distance adds to the load. */
	LOAD_DPF,

	/** Milliseconds from the registrar to the element, one way. */
	DISTANCE

}
