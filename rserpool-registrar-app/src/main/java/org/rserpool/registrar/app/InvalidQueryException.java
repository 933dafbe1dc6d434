package org.rserpool.registrar.app;

/**
 * Somebody asked for a page that there is not. The message says what can be asked for.
 */
class InvalidQueryException extends RuntimeException {

	InvalidQueryException(String message) {
		super(message);
	}

}
