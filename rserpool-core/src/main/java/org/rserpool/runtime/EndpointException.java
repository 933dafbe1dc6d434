package org.rserpool.runtime;

/**
 * An endpoint could not be opened.
 *
 * @since 0.1
 */
public class EndpointException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public EndpointException(String message, Throwable cause) {
		super(message, cause);
	}

	public EndpointException(String message) {
		super(message);
	}

}
