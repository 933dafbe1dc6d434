package org.rserpool.session;

import org.rserpool.runtime.Association.SendResult;
import org.rserpool.runtime.UserMessage;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;

/**
 * A channel from a pool user to a pool element.
 *
 * @since 0.1
 */
public interface ElementChannel {

	/**
	 * Return the pool.
	 * @return the pool
	 */
	PoolHandle pool();

	/**
	 * Return the element.
	 * @return the element, as it was when the channel was opened
	 */
	PoolElement element();

	/**
	 * Return whether the channel is established.
	 * @return {@code false} while it is being set up, and after it ended
	 */
	boolean up();

	/**
	 * Sends a message. Before the channel is up, messages wait, but for
	 * {@linkplain UserMessage#early() early} ones where the transport can send them.
	 * @param message the message
	 * @return whether it was taken
	 */
	SendResult send(UserMessage message);

	/**
	 * Ends the channel when all that was sent is delivered.
	 */
	void close();

}
