package org.rserpool.rpc;

/**
 * The state that a call left cannot be kept, so its changes were undone. Pool users get
 * it as a {@link RemoteInvocationException}.
 *
 * @since 0.1
 */
public class SessionStateException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Makes an exception.
	 * @param message what is wrong with the state
	 */
	public SessionStateException(String message) {
		super(message);
	}

}
