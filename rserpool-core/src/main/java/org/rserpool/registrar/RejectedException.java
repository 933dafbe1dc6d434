package org.rserpool.registrar;

import org.rserpool.wire.ErrorCause;

/**
 * A request of an element is refused.
 */
final class RejectedException extends Exception {

	private static final long serialVersionUID = 1L;

	private final transient ErrorCause cause;

	RejectedException(ErrorCause cause) {
		super(cause.describe());
		this.cause = cause;
	}

	RejectedException(int code) {
		this(ErrorCause.of(code));
	}

	ErrorCause errorCause() {
		return this.cause;
	}

}
