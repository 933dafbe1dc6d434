package org.rserpool.runtime;

/**
 * A transport protocol that carries associations.
 *
 * @since 0.1
 */
public enum TransportProtocol {

	/** The Stream Control Transmission Protocol, which the RFCs ask for. */
	SCTP,

	/** TCP, for every relation where there is no SCTP. */
	TCP

}
