package org.rserpool.autoconfigure.cloud;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.rserpool.rpc.NodeExtension;
import org.rserpool.rpc.NodeRoles;

/**
 * Hears of each pool of which a registrar says something. On the loop of the node.
 */
final class RegistrarNews implements NodeExtension {

	RegistrarNews(NodeRoles roles, Runnable listener) {
		roles.user().addAnswerListener((pool) -> listener.run());
	}

	@Override
	public CompletableFuture<Void> leave(Duration limit) {
		return CompletableFuture.completedFuture(null);
	}

	@Override
	public void stop() {
		// The pool user ends with the node, and tells nobody any more.
	}

}
