package org.rserpool.registrar;

import java.net.InetSocketAddress;

import org.jspecify.annotations.Nullable;

/**
 * An address where a registrar may be reached.
 */
final class Contact {

	private final InetSocketAddress address;

	private final boolean configured;

	@Nullable PeerLink link;

	/** Whether there was an answer, or no way to get one. */
	boolean settled;

	int attempts;

	long nextAttempt;

	Contact(InetSocketAddress address, boolean configured, long nextAttempt) {
		this.address = address;
		this.configured = configured;
		this.nextAttempt = nextAttempt;
	}

	InetSocketAddress address() {
		return this.address;
	}

	boolean isConfigured() {
		return this.configured;
	}

}
