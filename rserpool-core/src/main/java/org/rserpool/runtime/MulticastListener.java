package org.rserpool.runtime;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * Is told what is sent to a multicast group, always on the role's loop.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface MulticastListener {

	/**
	 * A datagram arrived. It may be the role's own, and it may come several times.
	 * @param source where it says that it was sent from
	 * @param datagram the octets, cut off where there are more than about 2,000; the
	 * listener owns them
	 */
	void received(InetSocketAddress source, ByteBuffer datagram);

}
