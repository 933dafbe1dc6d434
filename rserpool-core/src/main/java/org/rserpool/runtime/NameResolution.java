package org.rserpool.runtime;

import java.net.InetSocketAddress;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What a name service said.
 *
 * @param addresses all addresses, with their ports; none if it failed
 * @param failure why there are none, in words, or {@code null} if there are some
 * @since 0.1
 */
public record NameResolution(List<InetSocketAddress> addresses, @Nullable String failure) {

	public NameResolution {
		addresses = List.copyOf(addresses);
		if (addresses.isEmpty() == (failure == null)) {
			throw new IllegalArgumentException("A resolution has either addresses or a failure");
		}
	}

	/**
	 * Makes the outcome of a resolution that went well.
	 * @param addresses all addresses, at least one
	 * @return the outcome
	 */
	public static NameResolution of(List<InetSocketAddress> addresses) {
		return new NameResolution(addresses, null);
	}

	/**
	 * Makes the outcome of a resolution that failed.
	 * @param reason why, in words
	 * @return the outcome
	 */
	public static NameResolution failed(String reason) {
		return new NameResolution(List.of(), reason);
	}

}
