package org.rserpool.wire;

/**
 * How messages are written. What is received is read tolerantly in either dialect; only
 * the unit of lifetimes must be known.
 *
 * @since 0.1
 */
public enum Dialect {

	/** As the RFCs say: lifetimes in seconds, message lengths without final padding. */
	RFC,

	/**
	 * As the reference implementation does: lifetimes in milliseconds, message lengths
	 * with final padding.
	 */
	RSPLIB

}
