package org.rserpool.transport;

import java.io.IOException;
import java.nio.channels.UnresolvedAddressException;

import io.netty.channel.ConnectTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Writes why something failed in the network.
 */
final class Causes {

	private Causes() {
	}

	static String text(@Nullable Throwable failure) {
		if (failure == null) {
			return "cancelled";
		}
		if (failure instanceof ConnectTimeoutException) {
			return "no answer in time";
		}
		if (failure instanceof UnresolvedAddressException) {
			return "the host name does not resolve";
		}
		// Netty repeats the address behind the message of the operating system.
		Throwable origin = (failure.getCause() instanceof IOException cause) ? cause : failure;
		return (origin instanceof IOException && origin.getMessage() != null) ? origin.getMessage()
				: String.valueOf(origin);
	}

}
