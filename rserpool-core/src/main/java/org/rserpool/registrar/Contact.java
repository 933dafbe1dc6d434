package org.rserpool.registrar;

import java.net.InetSocketAddress;

import org.jspecify.annotations.Nullable;

/**
 * An address where a registrar may be reached.
 */
final class Contact {

	private final InetSocketAddress address;

	private final Kind kind;

	@Nullable PeerLink link;

	/** Whether there was an answer, or no way to get one. */
	boolean settled;

	int attempts;

	/** By which of the transport protocols it is tried. */
	int protocol;

	long nextAttempt;

	Contact(InetSocketAddress address, Kind kind, long nextAttempt) {
		this.address = address;
		this.kind = kind;
		this.nextAttempt = nextAttempt;
	}

	InetSocketAddress address() {
		return this.address;
	}

	boolean isConfigured() {
		return this.kind == Kind.CONFIGURED;
	}

	boolean isHint() {
		return this.kind == Kind.HINT;
	}

	/**
	 * Why a registrar may be there.
	 */
	enum Kind {

		/** The configuration says so. */
		CONFIGURED,

		/** A peer was there. */
		LOST,

		/** A datagram said so, which may be forged. */
		HINT

	}

}
