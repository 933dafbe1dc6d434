package org.rserpool.transport;

import java.util.Collection;

import io.netty.channel.EventLoop;

import org.rserpool.runtime.Association;
import org.rserpool.runtime.Endpoint;

/**
 * An endpoint, as this package sees it.
 */
interface OpenEndpoint extends Endpoint {

	/**
	 * Return the associations, up or not.
	 * @return a view of them
	 */
	Collection<? extends Association> associations();

	/**
	 * Return the loop on which everything happens.
	 */
	EventLoop loop();

	TransportSettings settings();

	/**
	 * Return how messages are written.
	 */
	Framing framing();

	/**
	 * Return who is told what happens.
	 */
	GuardedListener listener();

}
