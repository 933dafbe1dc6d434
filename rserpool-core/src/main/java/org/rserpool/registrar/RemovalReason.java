package org.rserpool.registrar;

/**
 * Why an element left a registrar's copy of the handlespace.
 *
 * @since 0.1
 */
public enum RemovalReason {

	/** It asked to leave. */
	DEREGISTERED,

	/** Its registration was not renewed within its lifetime. */
	EXPIRED,

	/** It did not answer a keep-alive in time. */
	KEEP_ALIVE_TIMEOUT,

	/** A keep-alive could not be delivered to it. */
	UNREACHABLE,

	/** Users reported too often that they could not reach it. */
	REPORTED_UNREACHABLE,

	/** Its home registrar said that it left. */
	PEER_UPDATE,

	/** Its home registrar does not know it any more. */
	AUDIT

}
