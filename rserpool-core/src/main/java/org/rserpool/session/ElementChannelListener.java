package org.rserpool.session;

import org.rserpool.runtime.DownReason;
import org.rserpool.runtime.UserMessage;

/**
 * Is told what happens on channels to pool elements, never from inside a call to
 * {@link ElementChannels} or to a channel.
 *
 * @since 0.1
 */
public interface ElementChannelListener {

	/**
	 * A channel is established.
	 * @param channel the channel
	 */
	default void up(ElementChannel channel) {
	}

	/**
	 * A message arrived from the element.
	 * @param channel the channel
	 * @param message the message
	 */
	void message(ElementChannel channel, UserMessage message);

	/**
	 * A channel takes messages again.
	 * @param channel the channel
	 */
	default void writable(ElementChannel channel) {
	}

	/**
	 * Return whether a channel is still needed though nothing was sent on it for long,
	 * such as while an answer is awaited. Asked, from inside the channel's watch, before
	 * a channel is ended for idleness.
	 * @param channel the channel
	 * @return whether to keep the channel for another idle time
	 */
	default boolean inUse(ElementChannel channel) {
		return false;
	}

	/**
	 * A message surely did not reach the element. Comes before {@link #down}.
	 * @param channel the channel
	 * @param message the message
	 */
	default void sendFailed(ElementChannel channel, UserMessage message) {
	}

	/**
	 * A channel ended, or could not be set up. Nothing more is heard of it.
	 * @param channel the channel
	 * @param reason why; {@link DownReason#TIMEOUT} if the element was silent,
	 * {@link DownReason#SHUTDOWN} also if nothing was sent for long
	 * @param detail the cause in words
	 */
	void down(ElementChannel channel, DownReason reason, String detail);

}
