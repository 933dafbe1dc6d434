package org.rserpool.runtime;

/**
 * Why an association ended.
 *
 * @since 0.1
 */
public enum DownReason {

	/** One side ended it in order. */
	SHUTDOWN,

	/** It broke: the peer or this side ended it at once, or its process died. */
	ABORTED,

	/** The network gave the peer up. */
	TIMEOUT,

	/** It never came up: refused, unreachable, or too slow. */
	CANNOT_START,

	/** The peer sent what is no message, or does not speak the protocol. */
	PROTOCOL_VIOLATION

}
