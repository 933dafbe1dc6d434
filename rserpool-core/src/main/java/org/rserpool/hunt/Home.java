package org.rserpool.hunt;

import java.net.InetSocketAddress;

import org.jspecify.annotations.Nullable;

import org.rserpool.runtime.Association;
import org.rserpool.runtime.SocketAddresses;
import org.rserpool.wire.Identifiers;

/**
 * The home registrar (RFC 5352, section 1.1).
 *
 * @param association the association with it
 * @param identifier its identifier, or {@code null} if it did not say yet
 * @param address where it is reached. Of a registrar that came to this process by itself,
 * the address that it came from.
 * @since 0.1
 */
public record Home(Association association, @Nullable Integer identifier, InetSocketAddress address) {

	@Override
	public String toString() {
		String name = SocketAddresses.text(this.address);
		return (this.identifier != null) ? "registrar " + Identifiers.toString(this.identifier) + " at " + name
				: "registrar at " + name;
	}

}
