package org.rserpool.transport;

/**
 * What a peer sent cannot be a message. The message says what it was.
 */
final class ProtocolViolationException extends Exception {

	private static final long serialVersionUID = 1L;

	ProtocolViolationException(String message) {
		super(message, null, false, false);
	}

}
