package org.rserpool.rpc;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * The extensions of a node, one of each type. On the loop.
 */
final class NodeExtensions {

	private final Map<Class<?>, NodeExtension> present = new LinkedHashMap<>();

	<T extends NodeExtension> T get(Class<T> type, Function<NodeRoles, T> factory, NodeRoles roles) {
		return type.cast(this.present.computeIfAbsent(type, (missing) -> factory.apply(roles)));
	}

	List<OpenSession> sessions(int limit) {
		return this.present.values()
			.stream()
			.flatMap((extension) -> extension.sessions(limit).stream())
			.limit(limit)
			.toList();
	}

	CompletableFuture<Void> leave(Duration limit) {
		return CompletableFuture.allOf(this.present.values()
			.stream()
			.map((extension) -> extension.leave(limit))
			.toArray(CompletableFuture<?>[]::new));
	}

	void stop() {
		this.present.values().forEach(NodeExtension::stop);
	}

}
