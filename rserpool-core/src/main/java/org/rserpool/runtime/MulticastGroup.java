package org.rserpool.runtime;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * A multicast group that was joined. Datagrams may be lost, repeated and overtaken, and
 * whoever is in the network can forge them.
 *
 * @since 0.1
 */
public interface MulticastGroup {

	/**
	 * Sends a datagram, once by each interface. That it was sent says nothing about
	 * whether it arrives.
	 * @param datagram makes the datagram for an interface that has the given addresses,
	 * or returns {@code null} to send nothing there
	 */
	void send(Function<List<InetAddress>, @Nullable ByteBuffer> datagram);

	/**
	 * Leaves the group. The listener hears nothing any more.
	 */
	void close();

}
