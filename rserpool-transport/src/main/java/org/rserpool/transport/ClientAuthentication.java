package org.rserpool.transport;

/**
 * Whether the side of a TLS connection that was connected to wants to know who connects.
 *
 * @since 0.1
 */
public enum ClientAuthentication {

	/** No certificate is asked for. */
	NONE,

	/** A certificate is asked for, and must be trusted if there is one. */
	WANT,

	/** Without a certificate that is trusted there is no association. */
	NEED

}
