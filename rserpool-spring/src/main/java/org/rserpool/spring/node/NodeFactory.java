package org.rserpool.spring.node;

import org.rserpool.rpc.RSerPoolNode;

/**
 * Starts nodes.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface NodeFactory {

	/**
	 * Starts a node. It looks for a registrar by itself, now and whenever it has none.
	 * @return the node
	 */
	RSerPoolNode start();

	/**
	 * Return whether a node can find a registrar at all.
	 * @return {@code false} if none is configured, and none is listened for
	 */
	default boolean canHunt() {
		return true;
	}

}
