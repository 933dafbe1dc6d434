package org.rserpool.autoconfigure;

/**
 * A property for the state of sessions has a value that cannot be used. The message does
 * not repeat it, as it may be a secret.
 */
class InvalidSessionStateException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String property;

	InvalidSessionStateException(String property, IllegalArgumentException cause) {
		super("The value of '" + property + "' cannot be used: " + cause.getMessage(), cause);
		this.property = property;
	}

	String property() {
		return this.property;
	}

}
