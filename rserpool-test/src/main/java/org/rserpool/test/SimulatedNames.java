package org.rserpool.test;

import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.rserpool.runtime.NameResolution;

/**
 * The name service of a scope.
 */
final class SimulatedNames {

	private final Map<InetSocketAddress, List<InetSocketAddress>> names = new LinkedHashMap<>();

	private @Nullable String failure;

	private long queries;

	void define(InetSocketAddress name, List<InetSocketAddress> addresses) {
		this.names.put(name, List.copyOf(addresses));
	}

	void fail(@Nullable String reason) {
		this.failure = reason;
	}

	long queries() {
		return this.queries;
	}

	NameResolution resolve(InetSocketAddress name) {
		this.queries++;
		String reason = this.failure;
		if (reason != null) {
			return NameResolution.failed(reason);
		}
		List<InetSocketAddress> addresses = this.names.getOrDefault(name, List.of());
		return addresses.isEmpty() ? NameResolution.failed("the name is not known") : NameResolution.of(addresses);
	}

}
