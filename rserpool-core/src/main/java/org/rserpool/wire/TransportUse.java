package org.rserpool.wire;

/**
 * What an SCTP transport carries (RFC 5354, section 3.4).
 *
 * @since 0.1
 */
public enum TransportUse {

	/** Application data only. */
	DATA_ONLY,

	/** Application data, and the ASAP control channel beside it. */
	DATA_PLUS_CONTROL

}
