package org.rserpool.wire;

/**
 * A registrar, as its peers know it (RFC 5354, section 3.11).
 *
 * @param identifier the registrar's identifier
 * @param transport where its peers reach it: SCTP, or TCP where the operation scope has
 * no SCTP
 * @since 0.1
 */
public record ServerInformation(int identifier, Transport transport) {
}
