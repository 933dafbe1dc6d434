package org.rserpool.registrar;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;
import org.rserpool.wire.Transport;

/**
 * Estimates how many octets a part of a message takes, to keep messages within their
 * limit. Never too low.
 */
final class EncodedSize {

	/** How many octets of a message may be filled; the rest is for headers. */
	static final int MESSAGE_LIMIT = 60_000;

	private static final int HEADER = 4;

	private EncodedSize() {
	}

	static int of(PoolHandle poolHandle) {
		return HEADER + padded(poolHandle.octets().length());
	}

	static int of(PoolElement element) {
		return HEADER + 12 + of(element.userTransport()) + HEADER + 4 + padded(element.policy().data().length())
				+ of(element.asapTransport()) + HEADER + padded(element.metadata().encoded().length());
	}

	/**
	 * Returns how many of some elements, from the first on, fit into one message: at
	 * least one.
	 */
	static int fitting(List<PoolElement> elements, int otherOctets) {
		int count = 0;
		int octets = otherOctets;
		while (count < elements.size() && octets + of(elements.get(count)) <= MESSAGE_LIMIT) {
			octets += of(elements.get(count));
			count++;
		}
		return Math.max(count, 1);
	}

	static int of(@Nullable Transport transport) {
		if (transport == null) {
			return 0;
		}
		if (transport instanceof Transport.Sctp sctp) {
			int octets = HEADER + 4;
			for (InetAddress address : sctp.addresses()) {
				octets += HEADER + ((address instanceof Inet4Address) ? 4 : 16);
			}
			return octets;
		}
		return (transport instanceof Transport.Opaque opaque) ? HEADER + padded(opaque.value().length())
				: HEADER + 8 + HEADER + 16;
	}

	private static int padded(int length) {
		return (length + 3) / 4 * 4;
	}

}
