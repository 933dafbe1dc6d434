package org.rserpool.registrar.app;

/**
 * A value in the configuration cannot be used.
 */
class InvalidPropertyException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String action;

	InvalidPropertyException(String property, String value, String reason, String action) {
		super("Property " + property + " has the value \"" + value + "\": " + reason);
		this.action = action;
	}

	/**
	 * Return what to do about it.
	 * @return the advice, a sentence
	 */
	String action() {
		return this.action;
	}

}
