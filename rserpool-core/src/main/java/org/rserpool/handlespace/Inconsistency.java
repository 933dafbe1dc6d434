package org.rserpool.handlespace;

/**
 * Why an element does not fit into a pool that exists (RFC 5352, section 3.1).
 *
 * @since 0.1
 */
public enum Inconsistency {

	/** Its policy is of another type than the pool's. */
	POLICY,

	/** Its user transport is of another type than the pool's. */
	TRANSPORT_TYPE,

	/**
	 * Its user transport is for other things than the pool's: data, or data and control.
	 */
	TRANSPORT_USE

}
