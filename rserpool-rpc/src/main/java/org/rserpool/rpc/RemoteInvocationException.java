package org.rserpool.rpc;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.rserpool.wire.PoolHandle;

/**
 * The element carried the call out, and it ended with an exception there. The exception
 * itself does not travel: its class is known by name, its stack as text.
 *
 * @since 0.1
 */
public class RemoteInvocationException extends RSerPoolException {

	private static final long serialVersionUID = 1L;

	private final String remoteClassName;

	private final @Nullable String remoteMessage;

	private final String remoteStack;

	public RemoteInvocationException(PoolHandle pool, String remoteClassName, @Nullable String remoteMessage,
			String remoteStack) {
		super("An element of pool " + pool + " answered with " + remoteClassName
				+ ((remoteMessage != null) ? ": " + remoteMessage : ""), pool, List.of(), null);
		this.remoteClassName = remoteClassName;
		this.remoteMessage = remoteMessage;
		this.remoteStack = remoteStack;
	}

	/**
	 * Return what was thrown at the element.
	 * @return the class name
	 */
	public String remoteClassName() {
		return this.remoteClassName;
	}

	/**
	 * Return the message of what was thrown at the element.
	 * @return the message, or {@code null} if it had none
	 */
	public @Nullable String remoteMessage() {
		return this.remoteMessage;
	}

	/**
	 * Return the stack trace at the element.
	 * @return the stack trace as text; may be empty
	 */
	public String remoteStack() {
		return this.remoteStack;
	}

}
