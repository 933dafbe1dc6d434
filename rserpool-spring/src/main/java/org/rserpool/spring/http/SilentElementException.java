package org.rserpool.spring.http;

import java.io.IOException;

/**
 * An element owes an answer, and nobody is there who could give it.
 */
final class SilentElementException extends IOException {

	private static final long serialVersionUID = 1L;

	SilentElementException(String message) {
		super(message);
	}

}
