package org.rserpool.wire;

import org.jspecify.annotations.Nullable;

/**
 * Ends the decoding of a message that is to be discarded. It has no stack trace: what
 * peers send must not cost one.
 */
final class MalformedException extends Exception {

	private final @Nullable ErrorCause cause;

	/**
	 * Makes the exception.
	 * @param reason what is wrong and where
	 * @param cause what to tell the sender, or {@code null} to discard silently
	 */
	MalformedException(String reason, @Nullable ErrorCause cause) {
		super(reason, null, false, false);
		this.cause = cause;
	}

	@Nullable ErrorCause cause() {
		return this.cause;
	}

	String reason() {
		return String.valueOf(getMessage());
	}

}
