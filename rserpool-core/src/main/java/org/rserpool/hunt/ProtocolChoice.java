package org.rserpool.hunt;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.rserpool.runtime.TransportProtocol;

/**
 * By which transport protocol an address is tried next.
 */
final class ProtocolChoice {

	/** Announcements may be forged, so what is remembered of addresses has a limit. */
	private static final int MAX_ADDRESSES = 1024;

	private final List<TransportProtocol> protocols;

	/** Addresses that are not tried by the first protocol. */
	private final Map<InetSocketAddress, Integer> others = new HashMap<>();

	ProtocolChoice(List<TransportProtocol> protocols) {
		this.protocols = protocols;
	}

	TransportProtocol of(InetSocketAddress address) {
		return this.protocols.get(this.others.getOrDefault(address, 0));
	}

	/**
	 * An attempt failed: the next one is by the next protocol.
	 * @param address the address that was tried
	 * @return the next protocol, or {@code null} if all were tried, and the first one is
	 * next
	 */
	@Nullable TransportProtocol next(InetSocketAddress address) {
		int next = this.others.getOrDefault(address, 0) + 1;
		if (next < this.protocols.size()) {
			if (this.others.size() == MAX_ADDRESSES) {
				this.others.clear();
			}
			this.others.put(address, next);
			return this.protocols.get(next);
		}
		this.others.remove(address);
		return null;
	}

}
