package org.rserpool.rpc;

/**
 * The element does not have the method that was called.
 *
 * @since 0.1
 */
public class UnknownMethodException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public UnknownMethodException(String message) {
		super(message);
	}

}
