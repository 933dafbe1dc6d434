package org.rserpool.rpc;

import org.rserpool.session.ElementChannel;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;

/**
 * Where channels to elements come from.
 */
@FunctionalInterface
interface ChannelSource {

	/**
	 * Return the channel to an element, opened if there is none.
	 * @param pool the pool
	 * @param element the element
	 * @return the channel
	 * @throws IllegalArgumentException if the element cannot be reached that way
	 */
	ElementChannel channel(PoolHandle pool, PoolElement element);

}
