package org.rserpool.csp;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.rserpool.runtime.TransportProtocol;

/**
 * An association of a component, as its status shows it.
 *
 * @param peer who is at the other end
 * @param age how long there has been the association, or {@code null} if that is not
 * known
 * @param protocol what carries it
 * @param payloadProtocol the payload protocol identifier of what it is for
 * @since 0.1
 */
public record ComponentAssociation(ComponentIdentifier peer, @Nullable Duration age, TransportProtocol protocol,
		int payloadProtocol) {

	/**
	 * Return the number of the transport protocol, as it stands in the header of IP.
	 * @return the number
	 */
	int protocolNumber() {
		return (this.protocol == TransportProtocol.SCTP) ? 132 : 6;
	}

}
