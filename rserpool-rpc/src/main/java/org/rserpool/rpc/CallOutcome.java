package org.rserpool.rpc;

/**
 * What is known of an attempt to make a call. The transport decides it, never the name of
 * an exception.
 *
 * @since 0.1
 */
public enum CallOutcome {

	/** The element surely did not begin to carry the call out. */
	NOT_SENT,

	/** The element may or may not have carried the call out. */
	UNKNOWN,

	/** The element answered, with a result or with an exception. */
	ANSWERED,

	/** The time was up. */
	DEADLINE

}
